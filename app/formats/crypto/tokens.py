"""Tokens as text: what stands behind /S/ in a printed code."""

from collections.abc import Mapping

from app.domain.codes.counter_code import Pad, PadPlan, code_at, head_of
from app.domain.codes.token import TOKEN_INVALID, Token
from app.domain.problem import Problem
from app.formats.crypto.signed_text import PayloadSigner


class TokenSigner:
    def __init__(self, secrets: Mapping[int, bytes]) -> None:
        self._signer = PayloadSigner(secrets, "token")

    def sign(self, token: Token) -> str:
        """26, 32 or 36 capitals and digits."""
        return self._signer.sign(token.payload())

    def fill_pad(self, key_id: int, placement_id: int, plan: PadPlan) -> Pad:
        """The codes of a counter screen for the minutes of a plan."""
        steps = range(plan.first, plan.first + plan.steps)
        tags = (self._signer.tag(code_at(key_id, placement_id, step).payload()) for step in steps)
        return Pad(head_of(key_id, placement_id), plan.first, b"".join(tags))

    def verify(self, text: str) -> Token:
        """The token of a text in either case; raises Problem `token.invalid` for anything else."""
        payload = self._signer.open(text)
        if payload is None:
            raise Problem(TOKEN_INVALID)
        try:
            return Token.from_payload(payload)
        except ValueError:
            raise Problem(TOKEN_INVALID) from None

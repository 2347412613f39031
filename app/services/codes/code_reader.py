"""What is needed to read codes, made once for a process: signers, and the secret behind the marks that are kept."""

from functools import lru_cache

from app.config import Secrets
from app.domain.codes.counter_code import mark_of_code
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.slips.serial import mark_of
from app.formats.crypto.stamps import StampSigner
from app.formats.crypto.tokens import TokenSigner


class CodeReader:
    """Safe to share between threads. What it remembers never becomes wrong.

    Whether a token is genuine depends on its letters alone; whether a placement still takes answers is asked of the
    database each time.
    """

    def __init__(self, secrets: Secrets) -> None:
        # A device's batch carries one token a hundred times, and verifying costs more than all the rest.
        self._token = lru_cache(maxsize=4096)(TokenSigner(secrets.signing).verify)
        self._stamp = lru_cache(maxsize=4096)(StampSigner(secrets.signing).verify)
        self._marks_secret = secrets.receipts

    def token(self, text: str) -> Token:
        """The verified token; Problem `token.invalid`."""
        return self._token(text)

    def stamp(self, text: str) -> Stamp | None:
        return self._stamp(text)

    def serial_mark(self, token: Token) -> bytes | None:
        """What is kept of a slip's or an invitation's serial; None for other tokens."""
        return mark_of(self._marks_secret, token)

    def code_mark(self, token: Token) -> bytes | None:
        """Under what the answers of a counter screen's code are limited; None for other tokens."""
        return mark_of_code(self._marks_secret, token)

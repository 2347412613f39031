"""What is needed to judge responses, made once for a process: signers, compiled surveys, secrets."""

from functools import lru_cache
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.counter_code import mark_of_code
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.responses.answers import CompiledSurvey, compile_survey
from app.domain.responses.response import receipt_number
from app.domain.slips.serial import mark_of
from app.domain.surveys.recordings import keep_recorded
from app.domain.surveys.survey import SurveyDefinition
from app.formats.crypto.sealing import SealingKeys
from app.formats.crypto.stamps import StampSigner
from app.formats.crypto.tokens import TokenSigner
from app.models import SurveyVersion
from app.services.surveys.recordings import recorded


class IngestContext:
    """Safe to share between threads. What it remembers never becomes wrong.

    Whether a token is genuine depends on its letters alone and a published version never changes; whether
    a placement still takes answers is asked of the database each time.
    """

    def __init__(
        self, tokens: TokenSigner, stamps: StampSigner, receipts_secret: bytes, sealing: SealingKeys | None = None
    ) -> None:
        # A device's batch carries one token a hundred times, and verifying costs more than all the rest.
        self._token = lru_cache(maxsize=4096)(tokens.verify)
        self._stamp = lru_cache(maxsize=4096)(stamps.verify)
        self._receipts_secret = receipts_secret
        self.sealing = sealing or SealingKeys({})
        self._compiled: dict[int, CompiledSurvey] = {}

    def token(self, text: str) -> Token:
        """The verified token; Problem `token.invalid`."""
        return self._token(text)

    def stamp(self, text: str) -> Stamp | None:
        return self._stamp(text)

    def number_for(self, response_id: UUID) -> str:
        return receipt_number(self._receipts_secret, response_id)

    def serial_mark(self, token: Token) -> bytes | None:
        """What is kept of a slip's or an invitation's serial; None for other tokens."""
        return mark_of(self._receipts_secret, token)

    def code_mark(self, token: Token) -> bytes | None:
        """Under what the answers of a counter screen's code are limited; None for other tokens."""
        return mark_of_code(self._receipts_secret, token)

    def survey(self, session: Session, version_id: int) -> CompiledSurvey:
        """The compiled survey of a version that is known to exist and to be published.

        Of recorded questions it names what was recorded.
        """
        compiled = self._compiled.get(version_id)
        if compiled is None:
            kept = session.scalars(select(SurveyVersion.definition).where(SurveyVersion.id == version_id)).one()
            definition = keep_recorded(SurveyDefinition.from_json(kept), recorded(session, version_id))
            compiled = self._compiled[version_id] = compile_survey(definition)
        return compiled

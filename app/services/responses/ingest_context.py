"""What is needed to judge responses, made once for a process: what reads codes, compiled surveys, secrets."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import Secrets
from app.domain.responses.answers import CompiledSurvey, compile_survey
from app.domain.responses.receipt_number import number_of_response, number_of_secret
from app.domain.responses.response import Incoming
from app.domain.surveys.publication import requiring_only_what_is_asked
from app.domain.surveys.recordings import keep_recorded
from app.domain.surveys.survey import SurveyDefinition
from app.formats.crypto.sealing import SealingKeys
from app.models import SurveyVersion
from app.services.codes.code_reader import CodeReader
from app.services.responses.policies.dated import read_policies
from app.services.surveys.recordings import recorded


class IngestContext:
    """Safe to share between threads. What it remembers never becomes wrong.

    A published version never changes, nor does the policy of a week that has begun: another holds from later ones on.
    """

    def __init__(self, secrets: Secrets) -> None:
        self.codes = CodeReader(secrets)
        self.sealing = SealingKeys(secrets.sealing)
        self._receipts_secret = secrets.receipts
        self._compiled: dict[int, CompiledSurvey] = {}
        self._policy_numbers: dict[date, int] = {}

    def number_of(self, incoming: Incoming) -> int:
        """The confirmation number: the device's own, or the server's for a form without script and for format 1."""
        if incoming.receipt is not None:
            return number_of_secret(incoming.receipt)
        return number_of_response(self._receipts_secret, incoming.id)

    def survey(self, session: Session, version_id: int) -> CompiledSurvey:
        """The compiled survey of a version that is known to exist and to be published.

        Of recorded questions it names what was recorded.
        """
        compiled = self._compiled.get(version_id)
        if compiled is None:
            kept = session.scalars(select(SurveyVersion.definition).where(SurveyVersion.id == version_id)).one()
            definition = keep_recorded(SurveyDefinition.from_json(kept), recorded(session, version_id))
            compiled = self._compiled[version_id] = compile_survey(requiring_only_what_is_asked(definition))
        return compiled

    def policy_number(self, session: Session, week: date) -> int:
        """That of the policy by which answers of this week are judged, which has begun."""
        if week not in self._policy_numbers:
            self._policy_numbers[week] = read_policies(session).of(week).number
        return self._policy_numbers[week]

"""Whether a code can be answered now, and which wordings it ever asked."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.codes.counter_code import is_fresh
from app.domain.codes.placement import PlacementState
from app.domain.codes.token import TOKEN_INVALID, Token
from app.domain.problem import Problem, ProblemType
from app.domain.responses.response import SURVEY_VERSION_FOREIGN
from app.domain.surveys.rounds.round import ROUND_CLOSED, ROUND_NOT_YET, RoundState
from app.domain.surveys.survey import SurveyDefinition
from app.models import SurveyVersion
from app.services.codes.placement_queries import OpenedPlacement
from app.services.codes.serials import is_cancelled

CODE_EXPIRED = ProblemType("code.expired", 410, "The time of this code is over.")
CODE_RETIRED = ProblemType("code.retired", 410, "This code has been taken down.")
CODE_CANCELLED = ProblemType("code.cancelled", 410, "This slip or invitation has been cancelled.")
# Not gone for good, and a page that was opened in time goes on: static/js/sw.js knows it by its status.
CODE_STALE = ProblemType("code.stale", 409, "This code was on the screen some minutes ago. It has changed since.")
CODE_COMPROMISED = ProblemType("code.compromised", 410, "This code is not safe any more.")
SURVEY_CLOSED = ProblemType("survey.closed", 410, "These questions are closed.")

_TAKEN = (RoundState.OPEN, RoundState.COUNTING)
_BEFORE = (RoundState.PLANNED, RoundState.ANNOUNCED)
_ENDED = {
    PlacementState.EXPIRED: CODE_EXPIRED,
    PlacementState.RETIRED: CODE_RETIRED,
    PlacementState.COMPROMISED: CODE_COMPROMISED,
}


def require_device(code: OpenedPlacement, *, is_device: bool) -> None:
    """Problem `token.invalid` for a device's token on a citizen's page, and the reverse."""
    if code.channel.is_on_device != is_device:
        raise Problem(TOKEN_INVALID)


def require_good(session: Session, mark: bytes | None) -> None:
    """Problem `code.cancelled` for the mark of a cancelled slip. Nothing is said of a used one."""
    if mark is not None and is_cancelled(session, mark):
        raise Problem(CODE_CANCELLED)


def require_fresh(token: Token, now: datetime) -> None:
    """Problem `code.stale` for a counter screen's code that is not of these minutes."""
    if token.time_step is not None and not is_fresh(token.time_step, now):
        raise Problem(CODE_STALE)


def version_to_ask(code: OpenedPlacement) -> int:
    """The version a citizen gets who opens the code now; a Problem that says why nobody gets one.

    Only opening is refused: answers that were begun while the code was good are taken, and judged by that.
    """
    if code.state in _ENDED:
        raise Problem(_ENDED[code.state])
    if code.round is not None and code.round.state is not RoundState.OPEN:
        raise Problem(ROUND_NOT_YET if code.round.state in _BEFORE else ROUND_CLOSED, round=code.round.number)
    if code.survey_version_id is None:
        raise Problem(SURVEY_CLOSED)
    return code.survey_version_id


def round_instead(code: OpenedPlacement) -> int | None:
    """The number of the announced round whose page everybody gets who opens the code now: it is not open yet, or over.

    As long as what was begun in time can still be sent, whoever began it goes on at the code, and others are told.
    """
    if code.round is None or code.round.state in _TAKEN or code.state in _ENDED:
        return None
    return code.round.number


def require_questions(definition: SurveyDefinition) -> None:
    """Problem `survey.closed` if nothing of the survey is asked at present."""
    if not any(question.is_asked and question.type.takes_answer for question in definition.questions()):
        raise Problem(SURVEY_CLOSED)


def require_asked(session: Session, code: OpenedPlacement, version_id: int) -> None:
    """Problem `response.survey_version` unless this code asks this version or did so once."""
    version = session.get(SurveyVersion, version_id)
    if version is None or version.survey_id != code.survey_id or version.published_at is None:
        raise Problem(SURVEY_VERSION_FOREIGN, version=version_id)

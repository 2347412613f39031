"""The marks of answers and verdicts as they are stored: one function makes them when they are written and when they
are verified.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problem import Problem, ProblemType
from app.domain.record.marks import row_mark, texts_mark, verdict_mark
from app.domain.responses.answers import text_questions
from app.domain.surveys.survey import SurveyDefinition
from app.formats.canonical_json import write_json
from app.models import Place, Response, Survey, SurveyVersion, Verdict

#: under this a session carries the key of the marks, which never enters the database; empty in an installation whose
#: secrets are older than the public record
MARK_KEY = "samvad.mark_key"

NO_KEY = ProblemType(
    "seals.no_key", 409, "The secrets hold no key of the public record, and without it no answer bears a mark."
)


class VersionNames(NamedTuple):
    """What a mark says of a survey version, and which of its questions are answered by a text."""

    survey: str
    number: int
    texts: frozenset[str]


class Names(NamedTuple):
    """What marks say instead of the numbers of rows."""

    places: Mapping[int, str]
    versions: Mapping[int, VersionNames]


class MarkedAnswer(NamedTuple):
    """What is marked of an answer, in the columns in which it is stored."""

    id: UUID
    placement_id: int
    channel: str
    evidence: str
    language: str
    week: date
    answers: str
    broken: str | None
    digest: bytes


class MarkedVerdict(NamedTuple):
    """What is marked of a verdict, in the columns in which it is stored."""

    response_id: UUID
    sequence: int
    verdict: str
    reasons: str
    policy_version: int
    week: date
    account_id: int | None


#: the columns in which these are stored
ANSWER_COLUMNS = tuple(getattr(Response, name) for name in MarkedAnswer._fields)
VERDICT_COLUMNS = tuple(getattr(Verdict, name) for name in MarkedVerdict._fields)


def require_key(session: Session) -> bytes:
    """The key of the marks. Problem `seals.no_key`."""
    key: bytes = session.info[MARK_KEY]
    if not key:
        raise Problem(NO_KEY)
    return key


def read_names(session: Session) -> Names:
    """The names of everything that answers refer to."""
    rows = session.execute(
        select(SurveyVersion.id, Survey.slug, SurveyVersion.number, SurveyVersion.definition).join(
            Survey, Survey.id == SurveyVersion.survey_id
        )
    )
    versions = {
        id_: VersionNames(slug, number, text_questions(SurveyDefinition.from_json(definition)))
        for id_, slug, number, definition in rows
    }
    return Names(dict(session.execute(select(Place.id, Place.code)).all()), versions)


def mark_answer(key: bytes, answer: MarkedAnswer, place: str, version: VersionNames) -> bytes:
    """The mark of an answer."""
    answers, texts = _parted(answer.answers, version.texts)
    broken = answer.broken
    return row_mark(
        key,
        id=answer.id.hex,
        place=place,
        placement=answer.placement_id,
        survey=version.survey,
        version=version.number,
        channel=answer.channel,
        evidence=answer.evidence,
        language=answer.language,
        week=answer.week.isoformat(),
        answers=hashlib.sha256(answers).hexdigest(),
        broken="" if broken is None else hashlib.sha256(broken.encode()).hexdigest(),
        digest=answer.digest.hex(),
        texts=texts_mark(key, texts).hex() if texts else "",
    )


def mark_verdict(key: bytes, event: MarkedVerdict) -> bytes:
    """The mark of a verdict. What was found about the answer is verified apart (`samvad verdicts verify`)."""
    return verdict_mark(
        key,
        id=event.response_id.hex,
        sequence=event.sequence,
        verdict=event.verdict,
        reasons=event.reasons,
        policy=event.policy_version,
        week=event.week.isoformat(),
        account=event.account_id or 0,
    )


def _parted(answers: str, texts: frozenset[str]) -> tuple[bytes, bytes]:
    """The answers without texts, and the texts; empty if there are none, as almost always."""
    for name in texts:
        if f'"{name}"' in answers:
            break
    else:
        return answers.encode(), b""
    try:
        every = msgspec.json.decode(answers)
    except (ValueError, RecursionError):
        # Somebody has written here what no answer is: it has a mark of its own, and not that of the answer.
        return answers.encode(), b""
    if not isinstance(every, dict) or texts.isdisjoint(every):
        return answers.encode(), b""
    others = {name: value for name, value in every.items() if name not in texts}
    return write_json(others), write_json({name: value for name, value in every.items() if name in texts})

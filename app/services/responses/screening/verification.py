"""Whether every verdict that screening gave follows from what is kept, and everything that follows was given."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from json import dumps
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from app.domain.responses.reason import Reason
from app.domain.responses.screening.likeness import Fact, Rule
from app.domain.responses.screening.policy import is_copied, lot
from app.domain.responses.verdict import Decision
from app.models import Finding, Place, ReleaseMember, Response, Verdict
from app.services.responses.screening.settled import LOT_KEY
from app.services.responses.store import POLICY_VERSION
from app.services.responses.verdicts import holds

_COPIED = dumps([Reason.COPIED.value])
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class VerdictVerification:
    """`copied`: how many answers were set aside for their likeness. `earlier`: how many verdicts of earlier policies
    are taken as they were found.
    """

    copied: int
    earlier: int
    faults: list[str] = field(default_factory=list)


def verify_verdicts(session: Session) -> VerdictVerification:
    """Make each anew from the facts, the lot and the policy. What people decided is theirs.

    Facts and events are read side by side in the order of their answers, so that memory does not grow.
    """
    key: bytes = session.info[LOT_KEY]
    names = dict(session.execute(select(Place.id, Place.code)).all())
    faults = []
    for id_, facts in _facts(session):
        answer = session.execute(_answer(id_)).one()
        says = is_copied(facts, lot(key, id_))
        where = f"an answer of the week of {answer.week} about {names[answer.place_id]}"
        if answer.was_copied and not says:
            faults.append(f"{where} was set aside as a copy, and what was found does not say so")
        if says and answer.counts and answer.is_published and not answer.was_copied:
            faults.append(f"{where} was published as counted, and what was found says that it is a copy")
    copied = select(func.count()).select_from(Verdict).where(*_BY_SCREENING)
    known = exists(select(1).where(Finding.response_id == Verdict.response_id))
    for place_id, week in session.execute(
        select(Response.place_id, Response.week)
        .join(Verdict, Verdict.response_id == Response.id)
        .where(*_BY_SCREENING, ~known)
    ):
        faults.append(f"an answer of the week of {week} about {names[place_id]} was set aside as a copy of nothing")
    earlier = select(func.count()).select_from(Verdict).where(Verdict.policy_version < POLICY_VERSION)
    return VerdictVerification(session.scalar(copied) or 0, session.scalar(earlier) or 0, faults)


_BY_SCREENING = (Verdict.sequence > 1, Verdict.reasons == _COPIED, Verdict.account_id.is_(None))


def _facts(session: Session) -> Iterator[tuple[UUID, list[Fact]]]:
    columns = (Finding.response_id, Finding.rule, Finding.alike, Finding.expected_tenths, Finding.tail)
    rows = session.execute(select(*columns).order_by(Finding.response_id).execution_options(yield_per=_AT_ONCE))
    for id_, found in groupby(rows, key=lambda row: row.response_id):
        yield id_, [Fact(Rule(row.rule), row.alike, row.expected_tenths, row.tail) for row in found]


def _answer(id_: UUID) -> Select[int, date, bool, bool, bool]:
    screened = exists(select(1).where(Verdict.response_id == id_, *_BY_SCREENING))
    published = exists(select(1).where(ReleaseMember.response_id == id_))
    return (
        select(
            Response.place_id,
            Response.week,
            screened.label("was_copied"),
            published.label("is_published"),
            ((Verdict.verdict == Decision.COUNTED.value) & Verdict.account_id.is_(None)).label("counts"),
        )
        .join(Verdict, Verdict.response_id == Response.id)
        .where(Response.id == id_, holds())
    )

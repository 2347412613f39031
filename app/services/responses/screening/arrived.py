"""What is found about answers while the minute of their arrival is known."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.codes.channel import Evidence
from app.domain.responses.screening.likeness import SHORT_WINDOW, Arrived, Fact, short_facts
from app.models import Arrival, Response, Verdict
from app.services.responses.screening.findings import keep_facts
from app.services.responses.screening.screener import Group, Screener, compared, row_of
from app.services.responses.verdicts import holds

#: answers that are screened together: reading what arrived around them costs the same for one
MOST_AT_ONCE = 5_000
_ROWS_AT_ONCE = 2_000


class Screened(NamedTuple):
    """An arrival, and what was found about its answer, if anything."""

    arrived_at: datetime
    response_id: UUID
    fact: Fact | None


def screen_arrived(session: Session, screener: Screener, now: datetime) -> list[Screened]:
    """What is found about the oldest answers whose whole window is over and that nobody has screened. Needs no lock."""
    due = (
        select(Arrival.arrived_at, Response.id, Response.place_id, Response.survey_version_id, Response.evidence)
        .join(Response, Response.id == Arrival.response_id)
        .where(Arrival.is_screened.is_(False), Arrival.arrived_at <= now - SHORT_WINDOW)
        .order_by(Arrival.arrived_at)
        .limit(MOST_AT_ONCE)
    )
    arrived: dict[UUID, datetime] = {}
    groups: dict[Group, list[UUID]] = defaultdict(list)
    for at, id_, place_id, version_id, evidence in session.execute(due):
        arrived[id_] = at
        groups[Group(place_id, version_id, Evidence(evidence))].append(id_)
    if not arrived:
        return []
    around = _around(session, screener, groups, min(arrived.values()), max(arrived.values()))
    found = {}
    for group, ids in groups.items():
        if group in around:
            ways = screener.ways(session, group.survey_version_id)
            found.update(short_facts(around[group], ids, ways))
    return [Screened(at, id_, found.get(id_)) for id_, at in arrived.items()]


def keep_screened(session: Session, screened: Sequence[Screened], week: date) -> None:
    """Keep what was found, and that it was looked for. `week`: the present one."""
    keep_facts(session, {one.response_id: [one.fact] for one in screened if one.fact}, week)
    rows = [{"arrived_at": one.arrived_at, "response_id": one.response_id, "is_screened": True} for one in screened]
    session.execute(update(Arrival), rows)


def _around(
    session: Session, screener: Screener, groups: Iterable[Group], first: datetime, last: datetime
) -> dict[Group, list[Arrived]]:
    """Everything that arrived in these groups within the window of any of them."""
    wanted = {group for group in groups if screener.form(session, group.survey_version_id)}
    found: dict[Group, list[Arrived]] = defaultdict(list)
    rows = session.execute(
        select(
            Arrival.arrived_at,
            Response.id,
            Response.answers,
            Response.place_id,
            Response.survey_version_id,
            Response.evidence,
        )
        .join(Response, Response.id == Arrival.response_id)
        .join(Verdict, Verdict.response_id == Response.id)
        .where(Arrival.arrived_at.between(first - SHORT_WINDOW, last + SHORT_WINDOW), holds(), compared())
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    for at, id_, answers, place_id, version_id, evidence in rows:
        group = Group(place_id, version_id, Evidence(evidence))
        form = screener.form(session, version_id)
        if group in wanted and form is not None:
            found[group].append(Arrived(id_, at, row_of(form, answers)))
    return found

"""Tallies and releases of a state: 55 districts, 1,100 stations of very different size, half a year of answers.

Folds what ingest has marked, publishes half a year at once and then one more week, looks in vain an hour
later, checks everything, and makes the largest report there is. Wall time, since the budget is a night's.
"""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models import Response, Survey, TallyMark, Verdict
from app.services.figures.release_queries import verify_releases
from app.services.figures.releases import publish_releases
from app.services.figures.reports import station_report
from app.services.figures.tallies import fold_marks
from app.transaction import reading, transaction
from tests.benchmarks.harness.measure import Figure
from tests.benchmarks.harness.rooms import Room, room
from tests.factories import VISIT, add_place

DISTRICTS, STATIONS, WEEKS = 55, 1_100, 26
#: answers of the whole state in a week
A_WEEK = 10_000
FIRST = date(2026, 1, 5)
SEVEN = timedelta(days=7)


def figures() -> Iterator[Figure]:
    chance = Random(1)  # noqa: S311
    with room(VISIT) as place:
        with transaction() as session:
            state, stations = _tree(session)
        weights = [chance.lognormvariate(0, 1) for _ in stations]
        for week in range(WEEKS + 1):
            if week == WEEKS:
                yield Figure("tallies, half a year folded", _seconds(_fold), "s")
                yield Figure("releases, half a year at once", _seconds(lambda: _publish(WEEKS - 1)), "s")
            with transaction() as session:
                _answer(session, place, chance.choices(stations, weights, k=A_WEEK), FIRST + week * SEVEN, chance)
        yield Figure("tallies, a week folded", _seconds(_fold), "s", 60)
        yield Figure("releases, a week", _seconds(lambda: _publish(WEEKS)), "s", 60)
        yield Figure("releases, nothing new", _seconds(lambda: _publish(WEEKS)), "s", 10)
        yield Figure("releases, all verified", _seconds(_verify), "s", 60)
        yield Figure("report of the whole state", _seconds(lambda: _report(state)), "s", 1)
        yield Figure("report of one station", _seconds(lambda: _report(stations[0])), "s", 1)


def _tree(session: Session) -> tuple[int, list[int]]:
    state = add_place(session, kind="state")
    districts = [add_place(session, parent=state, kind="district") for _ in range(DISTRICTS)]
    return state.id, [add_place(session, parent=districts[at % DISTRICTS]).id for at in range(STATIONS)]


def _answer(session: Session, place: Room, stations: list[int], week: date, chance: Random) -> None:
    """A week's answers, as ingest stores them. The one placement there is stands for all."""
    cell = {"survey_version_id": place.survey_version, "week": week, "channel": "poster"}
    common = {**cell, "placement_id": place.placement_id, "evidence": "open", "language": "hi", "digest": bytes(32)}
    rows = [
        {**common, "id": UUID(int=chance.getrandbits(128)), "place_id": station, "answers": _answers(chance)}
        for station in stations
    ]
    session.execute(insert(Response), rows)
    verdict = {"sequence": 1, "verdict": "counted", "reasons": "[]", "policy_version": 1, "week": week}
    session.execute(insert(Verdict), [{"response_id": row["id"], **verdict} for row in rows])
    session.execute(insert(TallyMark), [{**cell, "place_id": station} for station in stations])


def _answers(chance: Random) -> str:
    answers = {"overall": chance.randint(1, 5), "respect": chance.randint(1, 5), "purpose": "passport", "money": "no"}
    return json.dumps(answers)


def _fold() -> None:
    marks = 1
    while marks:
        with transaction() as session:
            marks = fold_marks(session).marks


def _publish(week: int) -> None:
    settled = FIRST + (week + 2) * SEVEN
    with transaction() as session:
        publish_releases(session, datetime(settled.year, settled.month, settled.day, 12, tzinfo=UTC))


def _verify() -> None:
    with reading() as session:
        faults = verify_releases(session).faults
    if faults:
        raise RuntimeError(faults[0])


def _report(place_id: int) -> None:
    with reading() as session:
        slug = session.scalars(select(Survey.slug)).one()
        station_report(session, place_id, slug, "all", FIRST + (WEEKS + 2) * SEVEN)


def _seconds(run: Callable[[], None]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began

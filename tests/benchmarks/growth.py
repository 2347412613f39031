"""What grows with everything that was ever stored: each figure at two sizes, and how much it grew.

`SAMVAD_BENCH_ANSWERS=10000000 script/bench growth` takes that as the larger size. Processor time, since nothing else
can be compared on a machine that does other things besides; what holds the lock is told in both.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping

from flask import Flask
from sqlalchemy import delete, func, insert, literal, select

from app.domain.accounts.role import Role
from app.domain.weeks import Weeks
from app.jobs.editions import make_editions
from app.jobs.filling import fill_in
from app.jobs.folding import fold_all
from app.jobs.publishing import publish_all
from app.jobs.rebuilding import begin_rebuild, go_on_rebuilding
from app.models import Edition, EditionDay, JointListing, ReleaseJoint, Response, Survey, Tally, WaitingCell
from app.services.figures.overviews import headquarters_overview, set_aside_answers
from app.services.figures.release_queries import verify_releases
from app.transaction import reading, transaction
from app.upkeep import learn_sizes
from tests.benchmarks.harness.growing import FIRST, SEVEN, WEEKS, GrowingState
from tests.benchmarks.harness.measure import Figure, peak_memory
from tests.benchmarks.harness.offices import copied_to_postgres, seconds_of_page
from tests.benchmarks.harness.past import publish_past
from tests.benchmarks.harness.rooms import Room, room
from tests.benchmarks.harness.transactions import transactions_seen
from tests.benchmarks.ingest import SURVEY
from tests.fixtures.accounts import add_account

SMALL = 100_000
LARGE = int(os.environ.get("SAMVAD_BENCH_ANSWERS", "1000000"))
#: of the answers of a year, in one week and through one link
VIRAL_SHARE = 0.02
YEAR = Weeks(FIRST, FIRST + WEEKS * SEVEN)

#: one that a reader may choose
MONTH = "2025-06"

Taken = tuple[str, float, str, float | None]


def figures() -> Iterator[Figure]:
    small: list[float] = []
    for name, value, unit, budget in measure(SMALL):
        small.append(value)
        yield Figure(f"{name}, {SMALL:,}", value, unit, budget)
    before = iter(small)
    for name, value, unit, budget in measure(LARGE):
        yield Figure(f"{name}, {LARGE:,}", value, unit, budget)
        if (then := next(before, 0)) > 0:
            yield Figure("  times what it was", value / then, "x")


def measure(answers: int) -> Iterator[Taken]:
    with room(SURVEY) as place:
        state = GrowingState(place, answers)
        state.live_through(WEEKS - 1, int(answers * VIRAL_SHARE))
        yield from _with_lock("rebuild", _rebuild)
        _compare_rebuilt()
        yield from _go_on(place, state)


def _go_on(place: Room, state: GrowingState) -> Iterator[Taken]:
    publish_past(state, WEEKS - 1)
    yield from _with_lock("publish a year of the small stations", lambda: _publish(state, WEEKS - 2))
    learn_sizes()
    _make_editions(state, WEEKS - 2)
    with transactions_seen() as held:
        yield "publish, nothing new", _cpu(lambda: _publish(state, WEEKS - 2), 5), "s CPU", 0.2
    yield "  times that it took the lock", len(held.wall), "", 0
    yield from _fold_viral(state)
    state.live(WEEKS - 1, marks=True)
    fold_all()
    yield from _with_lock("publish a new week", lambda: _publish(state, WEEKS - 1))
    yield from _with_lock("editions of all places", lambda: _make_editions(state, WEEKS - 1))
    _have_made_them_before(state)
    yield from _look(state)
    yield from _read_results(place, state)
    _forget_joints()
    yield from _with_lock("fill in releases, for a minute", lambda: fill_in(for_seconds=60))
    if fill_in(for_seconds=0):
        yield "fill in, nothing missing", _cpu(fill_in, 5), "s CPU", 0.2


def _with_lock(name: str, run: Callable[[], object]) -> Iterator[Taken]:
    with transactions_seen() as held:
        yield name, _cpu(run), "s CPU", None
    yield "  the longest transaction of it", max(held.wall), "s", 1
    yield "  the same in processor time", max(held.cpu), "s CPU", 1
    yield "  the median transaction of it", statistics.median(held.wall), "s", 0.3


def _fold_viral(state: GrowingState) -> Iterator[Taken]:
    """A thousand answers of this minute, three hundred of them through the link that everybody has."""
    spent, longest = [], []
    for _ in range(5):
        with transaction() as session:
            state.store(session, [state.viral] * 300, FIRST + (WEEKS - 2) * SEVEN, viral=True, marks=True)
            state.store(session, state.choose(700), FIRST + (WEEKS - 1) * SEVEN, marks=True)
        with transactions_seen() as held:
            spent.append(_cpu(fold_all))
        longest.append(max(held.wall))
    yield "fold 1,000, 300 of them viral", statistics.median(spent), "s CPU", 0.3
    yield "  the longest transaction", statistics.median(longest), "s", 1


def _look(state: GrowingState) -> Iterator[Taken]:
    with reading() as session:
        slug = session.scalars(select(Survey.slug)).one()
    every = {
        "live counts of the state, a year": lambda: _overview(state.state, slug),
        "set aside in the state, a year": lambda: _set_aside(state.state, slug, 1),
        "  its hundredth page": lambda: _set_aside(state.state, slug, 100),
        "set aside at one station, a year": lambda: _set_aside(state.stations[7], slug, 1),
    }
    for name, run in every.items():
        yield name, _cpu(run, 3), "s CPU", 1
    with peak_memory() as grown:
        yield "releases verify", _cpu(_verify), "s CPU", None
    yield "  memory", grown(), "MB", 60


def _read_results(place: Room, state: GrowingState) -> Iterator[Taken]:
    """A year's releases and editions as those read them who head a place, on SQLite and on PostgreSQL."""
    now = state.settled(WEEKS - 1)
    place.app.config["CLOCK"] = lambda: now
    heads = {
        Role.STATION_HEAD: add_account(Role.STATION_HEAD, state.largest),
        Role.DISTRICT_HEAD: add_account(Role.DISTRICT_HEAD, state.districts[0]),
        Role.STATE_ADMIN: add_account(Role.STATE_ADMIN, state.state),
    }
    yield from _pages(place.app, state, heads, "SQLite", 50)
    with copied_to_postgres(place.settings) as app:
        app.config["CLOCK"] = lambda: now
        yield from _pages(app, state, heads, "PostgreSQL", 150)


def _pages(app: Flask, state: GrowingState, heads: Mapping[Role, int], database: str, budget: float) -> Iterator[Taken]:
    unit = "ms CPU" if database == "SQLite" else "ms"
    station, district = f"/office/reports/{state.largest}", f"/office/reports/{state.districts[0]}"
    for name, role, path, most in (
        ("page of a station head", Role.STATION_HEAD, station, budget),
        ("  of a month", Role.STATION_HEAD, f"{station}?period={MONTH}", None),
        ("  of all quarters", Role.STATION_HEAD, f"{station}?period=all", None),
        ("  months of reports to ask for", Role.STATION_HEAD, "/office/jobs", None),
        ("page of a district head", Role.DISTRICT_HEAD, district, None),
        ("  of a month", Role.DISTRICT_HEAD, f"{district}?period={MONTH}", None),
        ("  months of reports to ask for", Role.DISTRICT_HEAD, "/office/jobs", None),
        ("page of the state", Role.STATE_ADMIN, f"/office/reports/{state.state}", None),
        ("  of a month", Role.STATE_ADMIN, f"/office/reports/{state.state}?period={MONTH}", None),
        ("  months of reports to ask for", Role.STATE_ADMIN, "/office/jobs", None),
        ("live counts of the state, its page", Role.STATE_ADMIN, "/office/tallies", None),
    ):
        if database == "SQLite" or not path.endswith("tallies"):
            yield f"{name}, {database}", seconds_of_page(app, heads[role], path) * 1e3, unit, most


def _rebuild() -> None:
    begin_rebuild()
    if not go_on_rebuilding():
        raise RuntimeError("the rebuild was not ended")
    fold_all()


def _compare_rebuilt() -> None:
    """Every answer is in a tally, and waits."""
    with reading() as session:
        stored = session.scalar(select(func.count()).select_from(Response))
        waits = session.scalar(select(func.sum(WaitingCell.counted + WaitingCell.set_aside)))
        roots = select(func.sum(Tally.responses)).where(
            Tally.place_id == select(func.min(Tally.place_id)).scalar_subquery()
        )
        tallied = session.scalar(roots)
    if not stored == waits == tallied:
        raise RuntimeError(f"of {stored} answers {waits} wait and {tallied} are counted")


def _publish(state: GrowingState, week: int) -> None:
    if publish_all(state.settled(week)) is None:
        raise RuntimeError("nothing was published")


def _make_editions(state: GrowingState, week: int) -> None:
    if not any(made.editions for made in make_editions(state.settled(week))):
        raise RuntimeError("no editions were made")


def _have_made_them_before(state: GrowingState) -> None:
    """Those of the Mondays of a year, as long as the one that was made of it: pages find theirs among as many."""
    opening = Edition.due_on == state.settled(WEEKS - 2).date()
    same = (Edition.place_id, Edition.number, Edition.made_at, Edition.document, Edition.digest)
    names = ["due_on", *(column.key for column in same)]
    with transaction() as session:
        for week in range(WEEKS - 2):
            day = state.settled(week)
            session.add(EditionDay(due_on=day.date(), last_release_id=0, finished_at=day))
            session.flush()
            before = select(literal(day.date()), *same).where(opening)
            session.execute(insert(Edition).from_select(names, before))


def _verify() -> None:
    with reading() as session:
        faults = verify_releases(session).faults
    if faults:
        raise RuntimeError(faults[0])


def _forget_joints() -> None:
    """As a version left it that counted none."""
    with transaction() as session:
        for table in (ReleaseJoint, JointListing):
            session.execute(delete(table))


def _overview(place: int, slug: str) -> None:
    with reading() as session:
        headquarters_overview(session, place, slug, YEAR)


def _set_aside(place: int, slug: str, page: int) -> None:
    with reading() as session:
        set_aside_answers(session, place, slug, YEAR, page=page)


def _cpu(run: Callable[[], object], times: int = 1) -> float:
    spent = []
    for _ in range(times):
        began = time.process_time()
        run()
        spent.append(time.process_time() - began)
    return statistics.median(spent)

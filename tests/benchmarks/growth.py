"""What grows with everything that was ever stored: each figure at two sizes, and how much it grew.

`SAMVAD_BENCH_ANSWERS=10000000 script/bench growth` takes that as the larger size. Processor time, since nothing else
can be compared on a machine that does other things besides; what holds the lock is told in both.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator

from sqlalchemy import delete, func, select

from app.domain.weeks import Weeks
from app.jobs.filling import fill_in
from app.jobs.folding import fold_all
from app.jobs.publishing import publish_all
from app.jobs.rebuilding import begin_rebuild, go_on_rebuilding
from app.models import JointListing, ReleaseJoint, Response, Survey, Tally, WaitingCell
from app.services.figures.overviews import headquarters_overview, set_aside_answers
from app.services.figures.release_queries import verify_releases
from app.transaction import reading, transaction
from app.upkeep import learn_sizes
from tests.benchmarks.harness.growing import FIRST, SEVEN, WEEKS, GrowingState
from tests.benchmarks.harness.measure import Figure, peak_memory
from tests.benchmarks.harness.rooms import room
from tests.benchmarks.harness.transactions import transactions_seen
from tests.benchmarks.ingest import SURVEY

SMALL = 100_000
LARGE = int(os.environ.get("SAMVAD_BENCH_ANSWERS", "1000000"))
#: of the answers of a year, in one week and through one link
VIRAL_SHARE = 0.02
YEAR = Weeks(FIRST, FIRST + WEEKS * SEVEN)

Taken = tuple[str, float, str, float | None]


def figures() -> Iterator[Figure]:
    small: dict[str, float] = {}
    for name, value, unit, budget in measure(SMALL):
        small[name] = value
        yield Figure(f"{name}, {SMALL:,}", value, unit, budget)
    for name, value, unit, budget in measure(LARGE):
        yield Figure(f"{name}, {LARGE:,}", value, unit, budget)
        if small[name] > 0:
            yield Figure("  times what it was", value / small[name], "x")


def measure(answers: int) -> Iterator[Taken]:
    with room(SURVEY) as place:
        state = GrowingState(place, answers)
        for week in range(WEEKS - 1):
            state.live(week)
        state.go_viral(WEEKS - 2, int(answers * VIRAL_SHARE))
        yield from _with_lock("rebuild", _rebuild)
        _compare_rebuilt()
        yield from _with_lock("publish a year", lambda: _publish(state, WEEKS - 2))
        learn_sizes()
        with transactions_seen() as held:
            yield "publish, nothing new", _cpu(lambda: _publish(state, WEEKS - 2), 5), "s CPU", 0.2
        yield "  times that it took the lock", len(held.wall), "", 0
        yield from _fold_viral(state)
        state.live(WEEKS - 1)
        _rebuild()
        yield from _with_lock("publish a new week", lambda: _publish(state, WEEKS - 1))
        yield from _look(state)
        _forget_joints()
        yield from _with_lock("fill in every release", _fill_in)
        yield "fill in, nothing missing", _cpu(_fill_in, 5), "s CPU", 0.2


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


def _fill_in() -> None:
    if not fill_in():
        raise RuntimeError("not all was filled in")


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

"""The nightly shuffle: takes from the rows of answers the order in which they arrived and what came with them.

Many short transactions, with answers let in between. What is decided without the lock is which rows; the rows
themselves are read by the statement that rewrites them. A run that is cut off is done again by the next.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from random import Random, SystemRandom
from uuid import UUID

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.domain.weeks import FIRST_DAY
from app.services.responses.screening.findings import lately_found
from app.services.responses.shuffling.arrived import (
    Arrived,
    can_shuffle,
    read_arrived,
    read_week,
    remember_run,
    stored_weeks,
)
from app.services.responses.shuffling.aside_mates import aside_mates
from app.services.responses.shuffling.companions import CROWD, any_others, crowds
from app.services.responses.shuffling.finding_mates import finding_mates
from app.services.responses.shuffling.page_mates import IN_AN_INDEX_PAGE, page_mates
from app.services.responses.shuffling.postgres_remains import begin_new_log, sweep
from app.services.responses.shuffling.rewriting import rewrite_responses, rewrite_rows
from app.services.responses.shuffling.spans import cells, receipts, redemptions, whole
from app.services.responses.shuffling.written_beside import AS_A_WHOLE, NUMBERS, OF_A_WEEK, SLIPS, SWEPT, id_column
from app.transaction import reading, transaction
from app.upkeep import each_by_itself, empty_log, is_sqlite, let_others_in

#: responses of one transaction, at the least and about: a tenth of a second of work
PORTION = 500
#: how many of those that arrived are looked around at once
_AT_ONCE = 2_000
_TRIES = 3


def shuffle() -> None:
    """Shuffle what arrived since the last run."""
    shuffle_arrived(datetime.now(UTC), SystemRandom())


def shuffle_before_dump() -> None:
    """The same, where the database knows of it already: it is also saved before it is migrated."""
    with reading() as session:
        prepared = can_shuffle(session)
    if prepared:
        shuffle()


def shuffle_arrived(now: datetime, chance: Random) -> int:
    """The same, with the time and the dice as arguments; how many answers had arrived."""
    with reading() as session:
        arrived = read_arrived(session, now)
    _shuffle(arrived, chance)
    _shuffle_findings(chance)
    if arrived.first_came_in is not None:
        _shuffle_receipts(arrived.first_came_in, chance)
    with transaction() as session:
        remember_run(session, now)
    _sweep()
    return len(arrived.ids)


def shuffle_all(chance: Random) -> Iterator[int]:
    """Shuffle every answer that is stored, week by week; after each, how many there were. For what came before."""
    with reading() as session:
        weeks = stored_weeks(session)
    for week in weeks:
        with reading() as session:
            arrived = read_week(session, week)
        _shuffle(arrived, chance)
        yield len(arrived.ids)
    _shuffle_receipts(FIRST_DAY, chance)
    _sweep()


def _shuffle(arrived: Arrived, chance: Random) -> None:
    for week in arrived.responses:
        _shuffle_week(arrived, week, chance)
    if is_sqlite():
        _shuffle_pages(arrived.ids, chance)
        _shuffle_index_of_set_aside(arrived, chance)
    _shuffle_beside(arrived, chance)


def _shuffle_week(arrived: Arrived, week: date, chance: Random) -> None:
    with reading() as session:
        mates = IN_AN_INDEX_PAGE if is_sqlite() else 0
        portions = list(_portions(crowds(session, week, arrived.responses[week], mates)))
        if len(portions[-1]) < CROWD:
            portions[-1] += _fillers(session, portions[-1], chance)
    _run(partial(rewrite_responses, ids=portion, chance=chance) for portion in portions)


def _portions(units: Iterable[list[UUID]]) -> Iterator[list[UUID]]:
    """The same in lists of about a portion; a unit is cut only if it is longer by itself."""
    portion: list[UUID] = []
    for unit in units:
        while len(unit) >= PORTION + CROWD:
            yield unit[:PORTION]
            unit = unit[PORTION:]
        if portion and len(portion) + len(unit) > PORTION:
            yield portion
            portion = []
        portion = portion + unit
    if portion:
        yield portion


def _fillers(session: Session, few: list[UUID], chance: Random) -> list[UUID]:
    """What makes a crowd of the answers of a week that has fewer."""
    others = any_others(session, CROWD + len(few), UUID(int=chance.getrandbits(128)))
    return [id_ for id_ in others if id_ not in few][: CROWD - len(few)]


def _shuffle_pages(arrived: list[UUID], chance: Random) -> None:
    for start in range(0, len(arrived), _AT_ONCE):
        some = arrived[start : start + _AT_ONCE]
        with reading() as session:
            runs = list(page_mates(session, "response", some, PORTION))
            verdicts = list(page_mates(session, "verdict", some, 4 * PORTION))
        _run(partial(rewrite_responses, ids=run, chance=chance) for run in _portions(runs))
        column = id_column("verdict")
        _run(
            partial(rewrite_rows, name="verdict", which=column.between(run[0], run[-1]), chance=chance)
            for run in verdicts
        )


def _shuffle_index_of_set_aside(arrived: Arrived, chance: Random) -> None:
    for week, places in arrived.responses.items():
        with reading() as session:
            runs = list(aside_mates(session, week, frozenset[UUID]().union(*places.values())))
        _run(partial(rewrite_rows, name="verdict", which=run, chance=chance) for run in runs)


def _shuffle_findings(chance: Random) -> None:
    """What was found about answers is kept a day and a half after they arrived: in the night after that it is mixed."""
    with reading() as session:
        runs = list(finding_mates(session, lately_found(session), PORTION))
    _run(partial(rewrite_rows, name="finding", which=run, chance=chance) for run in runs)


def _shuffle_receipts(first_week: date, chance: Random) -> None:
    """Confirmation numbers, which name no answer, but were written in its transaction."""
    with reading() as session:
        spans = list(receipts(session, first_week))
    _run(partial(rewrite_rows, name=NUMBERS, which=which, chance=chance) for which in spans)


def _shuffle_beside(arrived: Arrived, chance: Random) -> None:
    """What was written with the answers in other tables."""
    with reading() as session:
        spans = [(name, which) for name in AS_A_WHOLE for which in whole(session, name)]
        spans += [
            (name, which) for name in OF_A_WEEK for week in arrived.responses for which in cells(session, name, week)
        ]
        spans += [(SLIPS, which) for which in redemptions(session, arrived.placements)]
    _run(partial(rewrite_rows, name=name, which=which, chance=chance) for name, which in spans)


def _sweep() -> None:
    """Write over what was deleted."""
    if is_sqlite():
        empty_log()
        return
    with each_by_itself() as connection:
        sweep(connection, SWEPT)
        begin_new_log(connection)


def _run(steps: Iterable[Callable[[Session], int]]) -> None:
    """Each in a transaction of its own. One that the database refuses, since others were in the way, is tried again."""
    for step in steps:
        for left in reversed(range(_TRIES)):
            try:
                with transaction() as session:
                    step(session)
                break
            except OperationalError:
                if not left:
                    raise
        let_others_in()

"""The nightly shuffle, and the thief before and after it, on both databases.

A hundred thousand answers of forty weeks lie there already, mixed, as if earlier nights had shuffled them, two
thousand of them in the present week. A thousand more come one by one, 150 a day, each in a transaction of its own,
and every night is shuffled. Of pairs of the present week of which at least one is new the thief says which came
later: on SQLite from where rows lie in pages of the file, on PostgreSQL from `ctid`. (That one came after one of an
older week, its week tells.) What the shuffle costs is measured again with a fifth of the answers: it should not cost
more with more.

Of SQLite's work the processor time is told; PostgreSQL does its work elsewhere, so there it is the time that passed.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import flask_migrate
from sqlalchemy import Connection, event, insert, select

from app.config import Mode, Settings
from app.extensions import db
from app.factory import create_app
from app.jobs import shuffle as job
from app.models import Response, Verdict
from app.services.responses.shuffling.postgres_remains import write_all_anew
from app.services.responses.shuffling.written_beside import SWEPT, id_column, table
from app.transaction import transaction
from app.upkeep import each_by_itself, empty_log, is_sqlite, write_file_anew
from tests.benchmarks.harness.measure import Figure
from tests.fixtures.postgres import control, fresh_database, start_server
from tests.fixtures.secrets import SECRETS
from tests.thief.days import DAY, Town, keep_house, seeded, share_right
from tests.thief.postgres_rows import by_place, small_crowds
from tests.thief.sqlite_pages import Cell, later, read_trees

MONDAY = datetime(2026, 6, 8, 3, tzinfo=UTC)
STORED, FEWER = 100_000, 20_000
_THIS_WEEK = 2_000
PLACES, NIGHTS, A_DAY = 100, 7, 150


def figures() -> Iterator[Figure]:
    for kind in ("sqlite", "postgresql"):
        costs = {}
        for stored in (FEWER, STORED):
            with _house(kind):
                week = _Week(stored)
                if stored == STORED:
                    week.days(shuffled=False)
                    yield from week.guesses(kind, "before")
            with _house(kind):
                week = _Week(stored)
                week.days(shuffled=True)
                costs[stored] = week.spent / week.new * 1_000
                yield Figure(f"{kind}, {stored:,} stored: 1,000 new shuffled", costs[stored], "s")
                if stored == STORED:
                    yield Figure(f"{kind}, longest transaction", week.longest, "s", 1)
                    yield from week.guesses(kind, "after")
                    yield Figure(f"{kind}, all written anew at once", _written_anew(), "s")
        yield Figure(
            f"{kind}, {STORED // FEWER} times as much stored costs", costs[STORED] / costs[FEWER], "times", 1.5
        )


class _Week:
    """A week of which many answers are there, and more come."""

    def __init__(self, stored: int) -> None:
        self.chance = seeded(1)
        self.town = Town(PLACES, 20, self.chance)
        self.old = _store(self.town, stored, self.chance)
        self.spent = self.longest = 0.0

    @property
    def new(self) -> int:
        return len(self.town.sent)

    def days(self, *, shuffled: bool) -> None:
        for day in range(NIGHTS):
            self.town.answers(A_DAY, MONDAY + day * DAY, timedelta(minutes=3))
            keep_house(MONDAY + day * DAY + timedelta(hours=12))
            if shuffled:
                with self._watched():
                    job.shuffle_arrived(MONDAY + day * DAY + timedelta(hours=18), self.chance)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Take the time of the job, and of the longest of its transactions."""
        clock = time.process_time if db.engine.dialect.name == "sqlite" else time.perf_counter
        began_at = [0.0]

        def begin(_: Connection) -> None:
            began_at[0] = time.perf_counter()

        def commit(_: Connection) -> None:
            self.longest = max(self.longest, time.perf_counter() - began_at[0])

        event.listen(db.engine, "begin", begin)
        event.listen(db.engine, "commit", commit)
        began = clock()
        try:
            yield
        finally:
            self.spent += clock() - began
            event.remove(db.engine, "begin", begin)
            event.remove(db.engine, "commit", commit)

    def guesses(self, kind: str, when: str) -> Iterator[Figure]:
        came = dict.fromkeys(self.old[:_THIS_WEEK], 0) | {id_: at for at, id_ in enumerate(self.town.sent, 1)}
        budget = 55 if when == "after" else None
        for name, pairs in (_file_pairs() if kind == "sqlite" else _column_pairs(self.chance)).items():
            right, known = share_right(pairs, came.get)  # type: ignore[arg-type]
            yield Figure(f"{kind}, {name}, right {when}", 100 * right / max(1, known), "of 100", budget)
        if kind == "postgresql":
            with db.engine.connect() as connection:
                least = small_crowds(connection, [table("response"), table("verdict")], STORED)
            yield Figure(f"{kind}, fewest rows of a transaction {when}", min(least.values(), default=STORED), "rows")


def _written_anew() -> float:
    """What `samvad db compact` does; nobody else can write meanwhile."""
    began = time.perf_counter()
    if is_sqlite():
        write_file_anew()
    else:
        with each_by_itself() as connection:
            write_all_anew(connection, SWEPT)
    return time.perf_counter() - began


def _store(town: Town, number: int, chance: Random) -> list[UUID]:
    ids = [UUID(int=chance.getrandbits(128), version=4) for _ in range(number)]
    this = MONDAY.date()
    weeks = [this if at < _THIS_WEEK else this - chance.randint(1, 39) * 7 * DAY for at in range(number)]
    verdict = {"sequence": 1, "verdict": "counted", "reasons": "[]", "policy_version": 1}
    with transaction() as session:
        session.execute(insert(Response), [town.row(id_, week) for id_, week in zip(ids, weeks, strict=True)])
        verdicts = [{"response_id": id_, "week": week, **verdict} for id_, week in zip(ids, weeks, strict=True)]
        session.execute(insert(Verdict), verdicts)
    return ids


def _file_pairs() -> dict[str, Iterator[tuple[object, object]]]:
    empty_log()
    trees = read_trees(Path(db.engine.url.database or ""))
    names = {
        "response": "response",
        "verdict": "verdict",
        "ix_response_place_id_survey_version_id_week_channel": "index",
    }
    return {told: _pairs_in(trees[name]) for name, told in names.items()}


def _pairs_in(pages: list[list[Cell]]) -> Iterator[tuple[object, object]]:
    for page in pages:
        for older, newer in later(page):
            if len(older) == len(newer) == 16:
                yield UUID(bytes=older), UUID(bytes=newer)


def _column_pairs(chance: Random) -> dict[str, Iterator[tuple[object, object]]]:
    """A sample of the pairs, since there are five million."""
    found: dict[str, Iterator[tuple[object, object]]] = {}
    for name in ("response", "verdict"):
        with db.engine.connect() as connection:
            this_week = set(connection.scalars(select(Response.id).where(Response.week == MONDAY.date())))
            lying = [id_ for id_ in by_place(connection, table(name), id_column(name).name) if id_ in this_week]
        places = [sorted(chance.sample(range(len(lying)), 2)) for _ in range(300_000)]
        found[name] = ((lying[one], lying[two]) for one, two in places)
    return found


@contextmanager
def _house(kind: str) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="samvad-bench-") as name:
        folder = Path(name)
        instance = folder / "instance"
        instance.mkdir(mode=0o700)
        if kind == "postgresql":
            folder.chmod(0o755)
            start_server(folder)
            url = fresh_database(folder, "samvad")
        else:
            url = f"sqlite:///{instance / 'samvad.db'}"
        try:
            app = create_app(Settings(Mode.TEST, instance, url, "http://127.0.0.1:8000", SECRETS))
            with app.app_context():
                flask_migrate.upgrade()
                yield
                for engine in db.engines.values():
                    engine.dispose()
        finally:
            if kind == "postgresql":
                control(folder, "stop", "--mode=immediate")

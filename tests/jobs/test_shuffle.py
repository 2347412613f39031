"""The thief with a copy of the database, before and after the nightly shuffle.

Ids, answers and dice come from a seed, so that what he guesses is the same in each run. But no seed was sought out, and
another version of a database may lay out pages otherwise: so it is shuffled several times, and guesses are averaged.
In one night those of a week of 360 answers scatter by 5 in 100 on SQLite, and by 2 on PostgreSQL.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Connection, delete, func, select, text

from app.domain.responses.receipt_number import number_of_response
from app.domain.responses.screening.likeness import Fact, Rule
from app.extensions import db
from app.jobs import shuffle as job
from app.models import Arrival, Base, Response, ShuffleRun, Verdict
from app.services.responses.screening.findings import keep_facts
from app.services.responses.shuffling.companions import CROWD
from app.services.responses.shuffling.postgres_remains import sweep
from app.services.responses.shuffling.written_beside import OF_A_RESPONSE, SHORT_LIVED, SWEPT, keys, table
from app.transaction import reading, transaction
from app.upkeep import each_by_itself, empty_log, is_sqlite
from tests.fixtures.secrets import SECRETS
from tests.thief.days import DAY, Town, keep_house, seeded, share_right
from tests.thief.postgres_rows import by_place, by_transaction, small_crowds, traces_of
from tests.thief.sqlite_pages import Cell, later, read_trees

MONDAY = datetime(2026, 6, 8, 3, tzinfo=UTC)
#: more of the same nights, to average over
AGAIN = 10
LASTING = [table(name) for name in SWEPT if name not in SHORT_LIVED]


def week(nightly: bool, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Six days of answers, with the other jobs beside it, and the shuffle each night or never."""
    monkeypatch.setattr("app.upkeep._PAUSE_S", 0)
    town = Town(places=6, slips=40, chance=seeded(26))
    for day in range(6):
        town.answers(60, MONDAY + day * DAY, timedelta(minutes=6))
        keep_house(MONDAY + day * DAY + timedelta(hours=12))
        if nightly:
            job.shuffle_arrived(MONDAY + day * DAY + timedelta(hours=18), town.chance)
    return town


def shuffled_again(town: Town) -> Town:
    """The same, after one more night in which all of the last 72 hours is taken as new."""
    with transaction() as session:
        session.execute(delete(ShuffleRun))
    job.shuffle_arrived(MONDAY + 5 * DAY + timedelta(hours=18), town.chance)
    return town


def guessed_from_the_file(town: Town) -> dict[str, float]:
    """By tree of the SQLite file, of which share of his pairs the thief says rightly which came later."""
    empty_log()
    came = {id_.bytes: at for at, id_ in enumerate(town.sent)}
    came |= {number_of(id_).to_bytes(6): at for at, id_ in enumerate(town.sent)}
    shares, file = {}, Path(db.engine.url.database or "")
    for name, pages in [*read_trees(file).items(), *read_numbers(file)]:
        right, pairs = share_right((pair for page in pages for pair in later(page)), came.get)
        if pairs > 200 and name not in SHORT_LIVED:
            shares[name] = right / pairs
    return shares


def number_of(id_: UUID) -> int:
    """Of each answer the thief is told the confirmation number, as if its sender had shown it."""
    return number_of_response(SECRETS.receipts, id_)


def read_numbers(file: Path) -> Iterator[tuple[str, list[list[Cell]]]]:
    yield from ((name, pages) for name, pages in read_trees(file, 6).items() if name == "receipt")


def guessed_from_columns(town: Town) -> dict[str, float]:
    """The same of PostgreSQL: from where rows lie, and from who wrote them."""
    came: dict[object, int] = {id_: at for at, id_ in enumerate(town.sent)}
    came |= {number_of(id_): at for at, id_ in enumerate(town.sent)}
    shares = {}
    for name, key in (("response", "id"), ("verdict", "response_id"), ("receipt", "number")):
        with db.engine.connect() as connection:
            lying = by_place(connection, table(name), key)
            written = sorted(by_transaction(connection, table(name), key), key=lambda row: row[0])
        right, pairs = share_right(combinations(lying, 2), came.get)
        shares[f"{name} ctid"] = right / pairs
        apart = ((one[1], two[1]) for one, two in combinations(written, 2) if one[0] != two[0])
        right, pairs = share_right(apart, came.get)
        # What one transaction wrote he has to guess.
        undecided = len(town.sent) * (len(town.sent) - 1) / 2 - pairs
        shares[f"{name} xmin"] = (right + undecided / 2) / (pairs + undecided)
    return shares


def joined_to_one(connection: Connection, name: str) -> int:
    """How many slips or numbers the mark of a transaction joins to a single answer."""
    (column,) = (key.name for key in keys(table(name)) if key.name != "week")
    joined = connection.scalars(text(f"SELECT d.{column} FROM {name} d JOIN response r ON r.xmin = d.xmin"))  # noqa: S608
    return sum(number == 1 for number in Counter(joined).values())


@pytest.mark.parametrize("nightly", [False, True], ids=["as it came", "shuffled"])
def test_pages_of_the_file_tell_no_order_any_more(app: Flask, nightly: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    town = week(nightly, monkeypatch)
    shares = guessed_from_the_file(town)
    assert {"response", "verdict", "ix_response_place_id_survey_version_id_week_channel", "receipt"} <= shares.keys()
    if not nightly:
        assert min(shares.values()) > 0.65
        return
    # Of four trees on eleven nights it scatters by 1 in 100, of each by 1.5.
    nights = [shares] + [guessed_from_the_file(shuffled_again(town)) for _ in range(AGAIN)]
    each = {name: sum(night[name] for night in nights) / len(nights) for name in shares}
    assert each == dict.fromkeys(shares, pytest.approx(0.5, abs=0.1))
    assert sum(each.values()) / len(each) == pytest.approx(0.5, abs=0.05)

    keep_house(MONDAY + 10 * DAY)
    assert_no_copy_is_left(town)


def test_the_index_of_set_aside_answers_tells_no_order_any_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tree of its own, in which other rows are neighbours than in the table."""
    monkeypatch.setattr("app.upkeep._PAUSE_S", 0)
    town = Town(places=2, slips=0, chance=seeded(4), set_aside=0.9)
    index = "ix_verdict_set_aside"
    for day in range(4):
        town.answers(100, MONDAY + day * DAY, timedelta(minutes=3))
    assert guessed_from_the_file(town)[index] > 0.65
    job.shuffle_arrived(MONDAY + 3 * DAY + timedelta(hours=18), town.chance)
    nights = [guessed_from_the_file(town)[index]]
    nights += [guessed_from_the_file(shuffled_again(town))[index] for _ in range(AGAIN)]
    assert sum(nights) / len(nights) == pytest.approx(0.5, abs=0.1)


def assert_no_copy_is_left(town: Town) -> None:
    """Nowhere in the file, and not in the log beside it."""
    empty_log()
    file = Path(db.engine.url.database or "")
    rows = Counter(cell.key for pages in read_trees(file).values() for page in pages for cell in page)
    content = file.read_bytes()
    assert {id_: content.count(id_.bytes) for id_ in town.sent} == {id_: rows[id_.bytes] for id_ in town.sent}
    assert not any(file.with_name(file.name + "-wal").read_bytes())


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_before_it_columns_of_the_system_tell_everything(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    town = week(False, monkeypatch)
    shares = guessed_from_columns(town)
    with db.engine.connect() as connection:
        # Where a row lies tells it only until the server reuses room, which it may have done; who wrote it, always.
        assert [share for column, share in shares.items() if column.endswith("xmin")] == [1.0] * 3, shares
        redeemed = connection.scalar(select(func.count()).select_from(table("redemption")))
        assert joined_to_one(connection, "redemption") == redeemed > 50
        assert joined_to_one(connection, "receipt") == len(town.sent)
        assert {"response.xmin", "verdict.xmin", "serial.xmax", "device.xmax", "placement.xmax"} <= traces_of(
            connection, Base.metadata.sorted_tables, set(town.transactions)
        ).keys()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_after_it_columns_of_the_system_tell_of_crowds_only(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    town = week(True, monkeypatch)
    nights = [guessed_from_columns(town)] + [guessed_from_columns(shuffled_again(town)) for _ in range(3)]
    with db.engine.connect() as connection:
        assert nights == [dict.fromkeys(nights[0], pytest.approx(0.5, abs=0.1))] * len(nights)
        guesses = [share for night in nights for share in night.values()]
        assert sum(guesses) / len(guesses) == pytest.approx(0.5, abs=0.05)
        assert [joined_to_one(connection, name) for name in ("redemption", "receipt")] == [0, 0]
        assert small_crowds(connection, LASTING, 50) == {}
        # Of those who came within 72 hours, `arrival` holds the minute; nothing else names their transaction.
        named = traces_of(connection, Base.metadata.sorted_tables, set(town.transactions))
        assert named.keys() <= {"arrival.xmin"}
    keep_house(MONDAY + 10 * DAY)
    job.shuffle_arrived(MONDAY + 10 * DAY, town.chance)
    with db.engine.connect() as connection:
        assert traces_of(connection, Base.metadata.sorted_tables, set(town.transactions)) == {}
    with each_by_itself() as connection:
        for _ in range(SWEEPS):
            sweep(connection, SWEPT)
            left = left_in_pages(connection, town.sent)
            if not left:
                break
        assert left == {}


#: what the server's own jobs may still see is not swept away, and a table that one of them reads is left for later
SWEEPS = 20


def left_in_pages(connection: Connection, sent: Collection[UUID]) -> dict[str, int]:
    """Of how many answers a table's file holds another number of copies than it should."""
    found = {}
    for name in (*SHORT_LIVED, "response", "verdict"):
        content = connection.scalar(select(func.pg_read_binary_file(func.pg_relation_filepath(name))))
        found[name] = sum(content.count(id_.bytes) != int(name in OF_A_RESPONSE) for id_ in sent)
    return {name: number for name, number in found.items() if number}


#: where these answers leave nothing
EMPTY = ("tally_mark", "release_member", "refusal_count", "reason_cell", "unsealed")


def rows() -> dict[str, set[tuple[object, ...]]]:
    with reading() as session:
        return {name: set(map(tuple, session.execute(select(table(name))))) for name in SWEPT}


@pytest.mark.both_databases
def test_no_row_is_lost_or_changed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.upkeep._PAUSE_S", 0)
    town = Town(places=3, slips=10, chance=seeded(3))
    town.answers(90, MONDAY, timedelta(minutes=6))
    keep_house(MONDAY + timedelta(hours=12))
    with transaction() as session:
        keep_facts(session, {id_: [Fact(Rule.SHORT, 5, 10, 3)] for id_ in town.sent[::3]}, MONDAY.date())
    before = rows()
    assert all(before[name] for name in SWEPT if name not in EMPTY)
    assert job.shuffle_arrived(MONDAY + timedelta(hours=18), SystemDice()) == 90
    assert rows() == before
    # The last answers came long before the margin of the last run.
    assert job.shuffle_arrived(MONDAY + timedelta(hours=42), SystemDice()) == 0
    assert rows() == before


class SystemDice(Random):
    """Dice without a seed, as the job throws them."""

    def __init__(self) -> None:
        super().__init__(os.urandom(16))


@pytest.mark.both_databases
def test_a_single_late_answer_hides_in_a_crowd_of_other_weeks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.upkeep._PAUSE_S", 0)
    town = Town(places=2, slips=0, chance=seeded(4))
    town.answers(80, MONDAY, timedelta(minutes=5))
    job.shuffle_arrived(MONDAY + timedelta(hours=18), town.chance)
    town.answers(1, MONDAY + 7 * DAY, timedelta(minutes=5))
    sizes: list[int] = []
    rewrite = job.rewrite_responses
    monkeypatch.setattr(
        job, "rewrite_responses", lambda *args, **more: sizes.append(rewrite(*args, **more)) or sizes[-1]
    )
    assert job.shuffle_arrived(MONDAY + 7 * DAY + timedelta(hours=18), town.chance) == 1
    assert min(sizes) >= CROWD if not is_sqlite() else max(sizes) >= CROWD
    if not is_sqlite():
        with db.engine.connect() as connection:
            assert small_crowds(connection, [table("response"), table("verdict")], 17) == {}


@pytest.mark.both_databases
def test_a_run_of_a_clock_that_was_ahead_is_not_believed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.upkeep._PAUSE_S", 0)
    town = Town(places=1, slips=0, chance=seeded(5))
    with transaction() as session:
        session.add(ShuffleRun(id=1, arrived_until=MONDAY + 400 * DAY))
    town.answers(3, MONDAY, timedelta(minutes=5))
    assert job.shuffle_arrived(MONDAY + DAY, town.chance) == 3
    with reading() as session:
        assert session.scalar(select(ShuffleRun.arrived_until)) < MONDAY + DAY
        assert session.scalar(select(func.count()).select_from(Arrival)) == 3
        assert session.scalar(select(func.count()).select_from(Verdict)) == 3
        assert isinstance(session.scalars(select(Response.id)).first(), UUID)

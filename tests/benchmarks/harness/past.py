"""A past of weekly releases, written at once as publishing every week would have left it.

One by one, ten million answers would be published for an hour. So blocks of stations that came to ten in every week
are made of their tallies, and whatever else waits is left to the product: the smaller stations, the week in which a
link went round, and every sum. `samvad releases verify` finds nothing in what comes of it.
"""

import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, text
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.figures.counters import add, pack, unpack
from app.domain.figures.disclosure import MINIMUM
from app.domain.figures.release import digest_of, set_aside_json
from app.models import AwaitedPart, Base, Release, Tally
from app.services.figures.release_writer import SALT_BYTES, ChainNames
from app.transaction import reading, transaction
from tests.benchmarks.harness.growing import FIRST, SEVEN, GrowingState

_AT_ONCE = 2_000
#: answers are put into blocks by the first byte of their key
_RANGES = 256
_FIRST_REASONS = (
    "SELECT r.place_id, r.evidence, r.week, json_extract(v.reasons, '$[0]'), count(*) FROM verdict v"
    " JOIN response r ON r.id = v.response_id WHERE v.verdict = 'set_aside' GROUP BY 1, 2, 3, 4"
)
_MEMBERS = (
    "INSERT INTO release_member (response_id, release_id) SELECT r.id, b.release_id FROM response r"
    " CROSS JOIN verdict v ON v.response_id = r.id CROSS JOIN temp.block_of b ON b.place_id = r.place_id"
    " AND b.evidence = r.evidence AND b.week = r.week AND b.verdict = v.verdict"
    " WHERE r.id >= ? AND r.id < ? ORDER BY r.id"
)


class _Line(NamedTuple):
    """What has a chain of its own."""

    place: int
    evidence: str


@dataclass(slots=True)
class _Week:
    """What the answers of a line come to: counted, set aside, and for what these were."""

    counted: list[int] | None = None
    aside: list[int] | None = None
    reasons: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Block:
    """A release, and the weeks of the answers that it takes in: one of those that count, some of the others."""

    release: Release
    week: date
    aside: tuple[date, ...]


def publish_past(state: GrowingState, weeks: int) -> int:
    """The own blocks of these weeks, of all stations that came to ten in each; how many there are."""
    mondays = [FIRST + week * SEVEN for week in range(weeks)]
    with reading() as session:
        names = ChainNames(session)
        known = _read(session, state)
    blocks: list[_Block] = []
    for line, of_weeks in sorted(known.items()):
        went_round = line.place == state.viral
        if not went_round and all(_counts(of_weeks.get(monday)) >= MINIMUM for monday in mondays):
            blocks += _chain(state, names, line, [(monday, of_weeks[monday]) for monday in mondays])
    for id_, block in enumerate(blocks, 1):
        block.release.id = id_
    if blocks:
        with transaction() as session:
            _keep(session, state, blocks)
        _take_in(state.version, blocks)
    return len(blocks)


def _counts(week: _Week | None) -> int:
    return week.counted[0] if week is not None and week.counted else 0


def _read(session: Session, state: GrowingState) -> dict[_Line, dict[date, _Week]]:
    found: dict[_Line, dict[date, _Week]] = defaultdict(lambda: defaultdict(_Week))
    columns = (Tally.place_id, Tally.channel, Tally.week, Tally.verdict, Tally.counters)
    stations = Tally.place_id.between(min(state.stations), max(state.stations))
    for place, channel, week, verdict, counters in session.execute(select(*columns).where(stations)):
        one, vector = found[_Line(place, Channel(channel).evidence.value)][week], unpack(counters)
        if verdict == "counted":
            one.counted = list(vector) if one.counted is None else add((one.counted, vector))
        else:
            one.aside = list(vector) if one.aside is None else add((one.aside, vector))
    for place, evidence, week, reason, number in session.execute(text(_FIRST_REASONS)):
        found[_Line(place, evidence)][date.fromisoformat(week)].reasons[reason] = number
    return found


def _chain(
    state: GrowingState, names: ChainNames, line: _Line, weeks: Sequence[tuple[date, _Week]]
) -> Iterator[_Block]:
    """One block a week. What was set aside waits until there are ten of them."""
    before, waiting = "", list[tuple[date, _Week]]()
    for number, (monday, week) in enumerate(weeks, 1):
        vector = week.counted or []
        waiting += [(monday, week)] if week.aside else []
        aside = waiting if sum(one.reasons.total() for _, one in waiting) >= MINIMUM else []
        reasons = sum((one.reasons for _, one in aside), Counter[str]())
        release = Release(
            place_id=line.place,
            survey_version_id=state.version,
            evidence=line.evidence,
            kind="own",
            number=number,
            first_week=monday,
            last_week=monday,
            published_on=monday + 2 * SEVEN,
            responses=vector[0],
            counters=pack(vector),
            set_aside=set_aside_json(reasons, _sum_of((one.aside for _, one in aside), len(vector))),
            salt=secrets.token_bytes(SALT_BYTES),
            previous_digest=before,
        )
        release.digest = before = digest_of(names.content(release, ()))
        yield _Block(release, monday, tuple(week for week, _ in aside))
        waiting = [] if aside else waiting


def _sum_of(vectors: Iterable[list[int] | None], length: int) -> list[int]:
    return add([[0] * length, *(vector for vector in vectors if vector)])


def _keep(session: Session, state: GrowingState, blocks: Sequence[_Block]) -> None:
    """The releases, who is to add them up, and which of their answers wait no longer."""
    columns = [column.name for column in Release.__table__.columns]
    rows = ({name: getattr(block.release, name) for name in columns} for block in blocks)
    awaited = (
        {"place_id": above, "release_id": block.release.id}
        for block in blocks
        for above in (state.district_of(block.release.place_id), state.state)
    )
    for model, several in ((Release, list(rows)), (AwaitedPart, list(awaited))):
        for start in range(0, len(several), _AT_ONCE):
            session.execute(insert(model), several[start : start + _AT_ONCE])


def _take_in(version: int, blocks: Sequence[_Block]) -> None:
    members = Base.metadata.tables["release_member"].indexes
    rows = [
        (block.release.place_id, block.release.evidence, week.isoformat(), verdict, block.release.id)
        for block in blocks
        for verdict, weeks in (("counted", (block.week,)), ("set_aside", block.aside))
        for week in weeks
    ]
    with transaction() as session:
        connection = session.connection()
        for index in members:
            index.drop(connection)
        _take_off(connection, version, rows)
        # All of it in memory, and not a page at a time from a file: it is asked for every answer.
        connection.exec_driver_sql("PRAGMA temp.cache_size = -100000")
        connection.exec_driver_sql(
            "CREATE TEMP TABLE block_of (place_id INTEGER, evidence VARCHAR, week DATE, verdict VARCHAR,"
            " release_id INTEGER, PRIMARY KEY (place_id, evidence, week, verdict)) WITHOUT ROWID"
        )
        connection.exec_driver_sql("INSERT INTO temp.block_of VALUES (?, ?, ?, ?, ?)", rows)
        for at in range(_RANGES):
            connection.exec_driver_sql(_MEMBERS, (bytes([at]), bytes([at]) + b"\xff" * 16))
        connection.exec_driver_sql("DROP TABLE temp.block_of")
        for index in members:
            index.create(connection)


def _take_off(connection: Connection, version: int, rows: Collection[tuple[int, str, str, str, int]]) -> None:
    """Cells of which nothing waits any more have no row."""
    for column in ("counted", "set_aside"):
        taken = [
            (place, version, week, channel.value)
            for place, evidence, week, of, _ in rows
            if of == column
            for channel in Channel
            if channel.evidence == evidence
        ]
        if taken:
            connection.exec_driver_sql(
                f"UPDATE waiting_cell SET {column} = 0"  # noqa: S608
                " WHERE place_id = ? AND survey_version_id = ? AND week = ? AND channel = ?",
                taken,
            )
    connection.exec_driver_sql("DELETE FROM waiting_cell WHERE counted = 0 AND set_aside = 0")

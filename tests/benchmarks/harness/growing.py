"""A state with as many answers as are asked for, written straight into the tables.

One state, 55 districts, 1,100 stations whose sizes differ by hundreds; posters, typed numbers, counters and tablets;
four answers in a hundred set aside; one station's link that a fifth of its answers of a year came through in one week.
Tallies and releases are made of them by the product itself.

A year is written in the order of its keys, as the nightly shuffle and `samvad db compact` leave a file: with random
keys in the order of weeks, ten million rows would read and write a page each.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.formats.canonical_json import write_json
from app.models import Base, Placement, Response, SurveyVersion, TallyMark, Verdict
from app.transaction import transaction
from tests.benchmarks.harness.rooms import Room
from tests.factories import add_place, add_placement

DISTRICTS, STATIONS, WEEKS = 55, 1_100, 52
FIRST = date(2025, 1, 6)
SEVEN = timedelta(days=7)
CHANNELS = {Channel.POSTER: 60, Channel.TYPED: 10, Channel.COUNTER: 20, Channel.KIOSK: 10}
#: of all answers, those that are set aside
ASIDE = 0.04
REASONS = ('["late"]', '["expired"]', '["stamp_missing"]', '["repeated"]', '["late","expired"]')
_ROWS = 20_000
#: different sets of answers that a year is made of
_SETS = 50_000
_RESPONSE = (
    "INSERT INTO response (id, place_id, placement_id, survey_version_id, channel, evidence, language, week, answers,"
    " digest) VALUES (?, ?, ?, ?, ?, ?, 'hi', ?, ?, zeroblob(32))"
)
_VERDICT = (
    "INSERT INTO verdict (response_id, sequence, verdict, reasons, policy_version, week) VALUES (?, 1, ?, ?, 1, ?)"
)


class _Draw(NamedTuple):
    """About which place somebody answers, in which week and through what."""

    place: int
    week: date
    channel: Channel


class GrowingState:
    """`answers` in a year; the last settled week is the last."""

    def __init__(self, room: Room, answers: int) -> None:
        self.answers = answers
        self._chance = Random(1)  # noqa: S311
        self.version = room.survey_version
        with transaction() as session:
            version = session.get_one(SurveyVersion, room.survey_version)
            state = add_place(session, kind="state")
            districts = [add_place(session, parent=state, kind="district") for _ in range(DISTRICTS)]
            stations = [add_place(session, parent=districts[at % DISTRICTS]) for at in range(STATIONS)]
            placement = session.scalars(select(Placement.id).limit(1)).one()
            self._placements = dict.fromkeys(CHANNELS, placement)
            for channel in CHANNELS:
                self._placements[channel] = add_placement(session, state, version, channel=channel).id
            self.state, self.stations = state.id, [station.id for station in stations]
            self.districts = [district.id for district in districts]
        self._weights = [self._chance.lognormvariate(0, 1.4) for _ in stations]
        self.viral = self.stations[0]
        self.largest = self.stations[self._weights.index(max(self._weights))]

    def settled(self, week: int) -> datetime:
        """A moment at which this week may be published."""
        day = FIRST + (week + 2) * SEVEN
        return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    def district_of(self, station: int) -> int:
        return self.districts[self.stations.index(station) % DISTRICTS]

    def live_through(self, weeks: int, viral: int) -> None:
        """The answers of so many weeks, with nothing counted yet; in the last of them, so many through one link."""
        total = self.answers // WEEKS * weeks + viral
        sets = [self._answers() for _ in range(_SETS)]
        indexes = [
            index for model in (Response, Verdict) for index in Base.metadata.tables[model.__tablename__].indexes
        ]
        with transaction() as session:
            for index in indexes:
                index.drop(session.connection())
        # Counting up in even steps and falling anywhere within each, keys are random and come in their order.
        step = 2**128 // total
        for start in range(0, total, _ROWS):
            draws = self._draw(min(_ROWS, total - start), weeks, viral / total)
            keys = [((start + at) * step + self._chance.randrange(step)).to_bytes(16) for at in range(len(draws))]
            with transaction() as session:
                self._write(session.connection(), keys, draws, self._chance.choices(sets, k=len(draws)))
        with transaction() as session:
            for index in indexes:
                index.create(session.connection())

    def _draw(self, number: int, weeks: int, viral: float) -> list[_Draw]:
        chance = self._chance
        places, at = self.choose(number), chance.choices(range(weeks), k=number)
        channels = chance.choices(list(CHANNELS), list(CHANNELS.values()), k=number)
        days = [FIRST + week * SEVEN for week in range(weeks)]
        through_link = _Draw(self.viral, days[-1], Channel.POSTER)
        return [
            through_link if chance.random() < viral else _Draw(place, days[week], channel)
            for place, week, channel in zip(places, at, channels, strict=True)
        ]

    def _write(
        self, connection: Connection, keys: Sequence[bytes], draws: Sequence[_Draw], answers: Sequence[str]
    ) -> None:
        responses = [
            (
                key,
                place,
                self._placements[channel],
                self.version,
                channel.value,
                channel.evidence.value,
                str(week),
                text,
            )
            for key, (place, week, channel), text in zip(keys, draws, answers, strict=True)
        ]
        verdicts = [(key, *self._judge(), str(draw.week)) for key, draw in zip(keys, draws, strict=True)]
        connection.exec_driver_sql(_RESPONSE, responses)
        connection.exec_driver_sql(_VERDICT, verdicts)

    def _judge(self) -> tuple[str, str]:
        """A verdict and its reasons."""
        if self._chance.random() < ASIDE:
            return "set_aside", self._chance.choice(REASONS)
        return "counted", "[]"

    def live(self, week: int, *, marks: bool = False) -> None:
        """The answers of a week, with nothing counted yet."""
        places = self.choose(self.answers // WEEKS)
        for start in range(0, len(places), _ROWS):
            with transaction() as session:
                self.store(session, places[start : start + _ROWS], FIRST + week * SEVEN, marks=marks)

    def choose(self, number: int) -> list[int]:
        """Stations, as often as their size has it."""
        return self._chance.choices(self.stations, self._weights, k=number)

    def store(
        self, session: Session, places: Sequence[int], week: date, *, viral: bool = False, marks: bool = False
    ) -> None:
        """Answers and verdicts, and with `marks` what ingest leaves: one for every ten answers of a cell."""
        rows = sorted(self._rows(places, week, viral=viral), key=lambda row: row["id"].bytes)
        session.execute(insert(Response), rows)
        session.execute(insert(Verdict), [self._verdict(row) for row in rows])
        if marks:
            session.execute(insert(TallyMark), list(_marks(rows)))

    def _rows(self, places: Sequence[int], week: date, *, viral: bool) -> Iterator[dict[str, Any]]:
        chance, names, shares = self._chance, list(CHANNELS), list(CHANNELS.values())
        for place in places:
            channel = Channel.POSTER if viral else chance.choices(names, shares)[0]
            yield {
                "id": UUID(int=chance.getrandbits(128)),
                "place_id": place,
                "placement_id": self._placements[channel],
                "survey_version_id": self.version,
                "channel": channel.value,
                "evidence": channel.evidence.value,
                "language": "hi",
                "week": week,
                "answers": self._answers(),
                "digest": bytes(32),
            }

    def _answers(self) -> str:
        chance = self._chance
        scales = {name: chance.randint(1, 5) for name in ("wait", "respect", "heard", "overall", "again")}
        chosen = {"purpose": chance.choice(("complaint", "passport", "other")), "money": chance.choice(("yes", "no"))}
        given = {**scales, **chosen, "minutes": chance.randrange(200), "change": ["time", "place"]}
        return write_json(given).decode()

    def _verdict(self, row: dict[str, object]) -> dict[str, object]:
        verdict, reasons = self._judge()
        columns = {"verdict": verdict, "reasons": reasons, "policy_version": 1, "week": row["week"]}
        return {"response_id": row["id"], "sequence": 1, **columns}


def _marks(rows: Sequence[dict[str, object]]) -> Iterator[dict[str, object]]:
    cells: dict[tuple[object, ...], list[bytes]] = {}
    for row in rows:
        key = tuple(row[name] for name in ("place_id", "survey_version_id", "week", "channel"))
        id_ = row["id"]
        if isinstance(id_, UUID):
            cells.setdefault(key, []).append(id_.bytes)
    for (place, version, week, channel), ids in cells.items():
        for start in range(0, len(ids), 10):
            yield {
                "place_id": place,
                "survey_version_id": version,
                "week": week,
                "channel": channel,
                "responses": b"".join(ids[start : start + 10]),
            }

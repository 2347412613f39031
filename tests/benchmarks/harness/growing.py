"""A state with as many answers as are asked for, written straight into the tables.

One state, 55 districts, 1,100 stations whose sizes differ by hundreds; posters, typed numbers, counters and tablets;
four answers in a hundred set aside; one station's link that a fifth of its answers of a year came through in one week.
Tallies and releases are made of them by the product itself.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.models import Placement, Response, SurveyVersion, TallyMark, Verdict
from app.transaction import transaction
from tests.benchmarks.harness.rooms import Room
from tests.factories import add_place, add_placement

DISTRICTS, STATIONS, WEEKS = 55, 1_100, 52
FIRST = date(2025, 1, 6)
SEVEN = timedelta(days=7)
CHANNELS = {Channel.POSTER: 60, Channel.TYPED: 10, Channel.COUNTER: 20, Channel.KIOSK: 10}
REASONS = ('["late"]', '["expired"]', '["stamp_missing"]', '["repeated"]', '["late","expired"]')
_ROWS = 20_000


class GrowingState:
    """`answers` in a year; the last settled week is the last."""

    def __init__(self, room: Room, answers: int) -> None:
        self.answers = answers
        self._chance = Random(1)  # noqa: S311
        self._version = room.survey_version
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
        self._weights = [self._chance.lognormvariate(0, 1.4) for _ in stations]
        self.viral = self.stations[0]

    def settled(self, week: int) -> datetime:
        """A moment at which this week may be published."""
        day = FIRST + (week + 2) * SEVEN
        return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    def live(self, week: int, number: int | None = None) -> None:
        """The answers of a week, with nothing counted yet."""
        each = self.answers // WEEKS if number is None else number
        places = self.choose(each)
        for start in range(0, len(places), _ROWS):
            with transaction() as session:
                self.store(session, places[start : start + _ROWS], FIRST + week * SEVEN)

    def choose(self, number: int) -> list[int]:
        """Stations, as often as their size has it."""
        return self._chance.choices(self.stations, self._weights, k=number)

    def go_viral(self, week: int, number: int) -> None:
        for start in range(0, number, _ROWS):
            with transaction() as session:
                self.store(session, [self.viral] * min(_ROWS, number - start), FIRST + week * SEVEN, viral=True)

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
                "survey_version_id": self._version,
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
        return json.dumps({**scales, **chosen, "minutes": chance.randrange(200), "change": ["time", "place"]})

    def _verdict(self, row: dict[str, object]) -> dict[str, object]:
        aside = self._chance.random() < 0.04
        return {
            "response_id": row["id"],
            "sequence": 1,
            "verdict": "set_aside" if aside else "counted",
            "reasons": self._chance.choice(REASONS) if aside else "[]",
            "policy_version": 1,
            "week": row["week"],
        }


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

"""An invented department: its stations, the answers of a quarter, and the ways that are learnt from half a year.

The same seed gives the same department, whatever is tried on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from math import exp, log
from random import Random
from uuid import UUID

from app.domain.responses.screening.items import ItemRow, item_row
from app.domain.responses.screening.ways import WEEKS, Ways, WeekWays
from app.domain.simulation.people import (
    Filled,
    Station,
    Style,
    draw_purpose,
    draw_style,
    draw_temper,
    fill_in,
    goes_on,
    invent_station,
)
from app.domain.simulation.questionnaire import FORM, MAIN
from app.domain.weeks import IST, WEEK, week_of

STATIONS = 1_100
QUARTER = 13
YEAR = 52
#: answers of posters at a station in a month: half of the stations have fewer than five, the mean is eight
_MEDIAN, _MEAN = 5.0, 8.0
_MONTHS = 3
#: who scans where there is no network: how many of 100, and for how long on average
_WAITS, _WAIT = 0.2, timedelta(days=1)
_SITTING = timedelta(minutes=40)
#: a Monday; no real week
BEGIN = datetime(2027, 1, 4, tzinfo=IST)
KEY = b"the key of an invented department"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, and what nobody but its inventor knows. `style` is None of an answer that an attacker made."""

    id: UUID
    arrived_at: datetime
    week: date
    row: ItemRow
    style: Style | None
    content: bool | None


class Department:
    """Invented from a seed. Fewer stations make a trial quicker, and teach less."""

    def __init__(self, seed: int, stations: int = STATIONS) -> None:
        self.seed = seed
        chance = Random(f"department {seed}")  # noqa: S311
        spread = (2 * log(_MEAN / _MEDIAN)) ** 0.5
        self.stations = [
            invent_station(chance, number, _MONTHS * _MEDIAN * exp(chance.gauss(0, spread)))
            for number in range(stations)
        ]

    def chance(self, what: str) -> Random:
        """Chance of its own for each trial, so that one does not change another."""
        return Random(f"{self.seed} {what}")  # noqa: S311

    @cached_property
    def ways(self) -> Ways:
        """Learnt from the half year before, of all stations."""
        chance = self.chance("half a year")
        answers = [(given.id, given.row) for station in self.stations for given in honest(chance, station, weeks=WEEKS)]
        return Ways.of([WeekWays.of(answers, KEY)])


def honest(chance: Random, station: Station, *, weeks: int = QUARTER, volume: float | None = None) -> list[Given]:
    """What people answer at a station in so many weeks."""
    expected = (station.volume if volume is None else volume) * weeks / QUARTER
    number = _poisson(chance, expected)
    answers: list[Given] = []
    while len(answers) < number:
        at = BEGIN + chance.random() * weeks * WEEK
        answers += _sitting(chance, station, at)
    return answers[:number]


def given(chance: Random, filled: Filled, at: datetime, style: Style | None, waits: float = 0.0) -> Given:
    """An answer of this moment, which arrives now or when the phone finds a network."""
    row = item_row(FORM, filled)
    late = chance.expovariate(1) * _WAIT if chance.random() < waits else timedelta(minutes=1)
    face = filled.get(MAIN)
    content = face >= 4 if isinstance(face, int) else None
    return Given(UUID(int=chance.getrandbits(128)), at + late, week_of(at), row, style, content)


def visitor(chance: Random, station: Station, at: datetime, style: Style, temper: float, purpose: str) -> Given:
    """What somebody who was there answers at this moment."""
    filled = fill_in(chance, station, style, temper, purpose, whole=goes_on(chance, style))
    return given(chance, filled, at, style, _WAITS)


def _sitting(chance: Random, station: Station, at: datetime) -> Iterator[Given]:
    """One person; of a shared phone, two to four who came together for one purpose."""
    style, temper, purpose = draw_style(chance), draw_temper(chance, station), draw_purpose(chance, station)
    together = chance.randint(2, 4) if style is Style.SHARED and chance.random() < 0.5 else 1
    for _ in range(together):
        yield visitor(
            chance,
            station,
            at + chance.random() * _SITTING,
            style,
            min(1.0, max(0.0, chance.gauss(temper, 0.08))),
            purpose,
        )


def _poisson(chance: Random, expected: float) -> int:
    """A number of arrivals, by waiting for them."""
    number, waited = 0, chance.expovariate(1)
    while waited < expected:
        number += 1
        waited += chance.expovariate(1)
    return number

"""Invented people, and what they answer about a station.

Everybody has a temper from 0 (all went badly) to 1, which colours every answer; a style; and the rooms of the station
in common with everybody else who was there, else likeness would look better than it is. Nothing is measured on real
people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from random import Random

from app.domain.simulation import questionnaire as ask
from app.domain.surveys.survey import AnswerValue

#: answers as they are kept
Filled = dict[str, AnswerValue]


class Style(StrEnum):
    """How somebody fills in a form."""

    CAREFUL = "careful"
    HURRIED = "hurried"
    SHARED = "shared phone"
    ENGLISH = "English"


#: of 100 who sit down to answer, how many of each style; and how likely each goes on after the first page
STYLES: Mapping[Style, tuple[int, float]] = {
    Style.CAREFUL: (50, 0.6),
    Style.HURRIED: (27, 0.25),
    Style.SHARED: (13, 0.5),
    Style.ENGLISH: (10, 0.65),
}
#: how likely a question is left, or declined
_LEAVES, _DECLINES = 0.03, 0.02
#: how many in 100 of the hurried tap one face throughout
_ONE_FACE = 0.6
#: how likely somebody says of a room what most say of it, or one step beside it
_AS_IT_IS, _NEARLY = 0.6, 0.3
_USUAL_WAIT = 0.5

#: by question: how often each choice when all went badly, and when all went well
_TILTS: Mapping[str, tuple[tuple[str, ...], tuple[float, ...], tuple[float, ...]]] = {
    "extra_money": (ask.MONEY, (60, 17, 10, 13), (97, 2, 1, 0)),
    "watched": (ask.WATCHED, (84, 7, 6, 3), (93, 3, 3, 1)),
    "taken": (ask.TAKEN, (46, 20, 18, 16), (95, 2, 3, 0)),
    "free_copy": (ask.COPY, (35, 18, 47), (85, 3, 12)),
    "pressure": (ask.YES_NO, (66, 34), (97, 3)),
    "equal": (ask.EQUAL, (42, 34, 24), (92, 7, 1)),
    "waiting": (ask.WAITING, (8, 25, 30, 25, 12), (45, 40, 12, 3, 0)),
}
_WISHES: Mapping[str, tuple[float, float]] = {
    "waiting": (0.45, 0.22),
    "manners": (0.4, 0.08),
    "take_complaints": (0.48, 0.1),
    "explain": (0.3, 0.22),
    "updates": (0.38, 0.28),
    "facilities": (0.24, 0.28),
}
_PURPOSES = (17, 24, 15, 22, 11, 6, 5)


@dataclass(frozen=True, slots=True)
class Station:
    """A police station: how many answers a quarter, how people fare, why they come, how its rooms are."""

    number: int
    volume: float
    temper: float
    purposes: tuple[float, ...]
    rooms: tuple[int, ...]
    wait: str


def invent_station(chance: Random, number: int, volume: float) -> Station:
    weights = [weight * 2 ** chance.gauss(0, 0.6) for weight in _PURPOSES]
    return Station(
        number,
        volume,
        min(0.9, max(0.35, chance.gauss(0.69, 0.07))),
        tuple(accumulate(weights)),
        tuple(min(5, max(1, round(chance.gauss(3, 1)))) for _ in ask.ROOMS),
        chance.choice(ask.WAITING[:3]),
    )


def draw_style(chance: Random) -> Style:
    return chance.choices(list(STYLES), [weight for weight, _ in STYLES.values()])[0]


def draw_temper(chance: Random, station: Station) -> float:
    return min(1.0, max(0.0, chance.gauss(station.temper, 0.22)))


def draw_face(chance: Random, temper: float) -> int:
    """How somebody rates something: one to five, five is the best."""
    return 1 + sum(chance.random() < temper for _ in range(4))


def draw_purpose(chance: Random, station: Station) -> str:
    return chance.choices(ask.PURPOSES, cum_weights=station.purposes)[0]


def fill_in(chance: Random, station: Station, style: Style, temper: float, purpose: str, *, whole: bool) -> Filled:
    """What somebody answers: the first page, or all pages."""
    face = draw_face(chance, temper) if style is Style.HURRIED and chance.random() < _ONE_FACE else None
    filled: Filled = {"purpose": purpose}
    for name in ("respect", "heard", "satisfied"):
        filled[name] = face or draw_face(chance, temper)
    for name in ("extra_money", "watched"):
        filled[name] = _choice(chance, name, temper)
    if whole:
        filled |= _further(chance, station, temper, face)
    return _gaps(chance, filled)


def leaves(chance: Random) -> bool:
    """Whether somebody leaves a question, or declines it."""
    return chance.random() < _LEAVES + _DECLINES


def goes_on(chance: Random, style: Style) -> bool:
    """Whether somebody answers more than the first page."""
    return chance.random() < STYLES[style][1]


def _further(chance: Random, station: Station, temper: float, face: int | None) -> Filled:
    filled: Filled = {name: _choice(chance, name, temper) for name in ("taken", "free_copy", "pressure", "equal")}
    filled["waiting"] = station.wait if chance.random() < _USUAL_WAIT else _choice(chance, "waiting", temper)
    filled["explained"], filled["safe"] = (face or draw_face(chance, temper) for _ in range(2))
    rooms = zip(ask.ROOMS, station.rooms, strict=True)
    filled["facilities"] = {name: face or _room(chance, room, temper) for name, room in rooms}
    wishes = [name for name, (worst, best) in _WISHES.items() if chance.random() < worst + (best - worst) * temper]
    filled["change"] = wishes or ["nothing"]
    return filled


def _room(chance: Random, room: int, temper: float) -> int:
    drawn = chance.random()
    if drawn < _AS_IT_IS:
        return room
    if drawn < _AS_IT_IS + _NEARLY:
        return min(5, max(1, room + chance.choice((-1, 1))))
    return draw_face(chance, temper)


def _choice(chance: Random, name: str, temper: float) -> str:
    names, worst, best = _TILTS[name]
    left = chance.random() * 100
    for choice, bad, good in zip(names, worst, best, strict=True):
        left -= bad + (good - bad) * temper
        if left < 0:
            return choice
    return names[-1]


def _gaps(chance: Random, filled: Filled) -> Filled:
    kept: Filled = {}
    for name, answer in filled.items():
        drawn = chance.random()
        if drawn >= _LEAVES:
            kept[name] = None if drawn < _LEAVES + _DECLINES else answer
    return kept

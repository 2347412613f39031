"""Attacks that add answers: by machines that copy, by a machine that answers like people, and by people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.domain.codes.channel import Evidence
from app.domain.simulation.changing import changed
from app.domain.simulation.department import BEGIN, Given, given
from app.domain.simulation.people import Filled, Station, Style, draw_purpose, fill_in
from app.domain.simulation.questionnaire import MAIN
from app.domain.weeks import WEEK

#: how likely a noisy copier changes an item; never the main question, which all of it is for
_CHANGES = 0.05
#: how many of the copiers send the first page only
_FIRST_PAGE_ONLY = 0.5
_HOUR = timedelta(hours=1)

#: makes so many false answers about a station within so many weeks
Fakes = Callable[[Random, Station, int, int], list[Given]]


@dataclass(frozen=True, slots=True)
class Attack:
    """`evidence` is the class of its answers; `part`, how many honest ones of it a station has, of those that come by
    posters; `copies`, whether likeness is meant to find it; `is_burst`, whether it is over in days.
    """

    fakes: Fakes
    copies: bool = False
    is_burst: bool = False
    part: float = 1.0
    evidence: Evidence = Evidence.OPEN


def copies(chance: Random, station: Station, number: int, weeks: int) -> list[Given]:
    """A program posts one form, within half a day."""
    form, first = _form(chance, station), _moment(chance, weeks)
    return [given(chance, form, first + 12 * _HOUR * chance.random(), None) for _ in range(number)]


def noisy_copies(chance: Random, station: Station, number: int, weeks: int) -> list[Given]:
    """The same with small changes, from many addresses, within two days."""
    form, first = _form(chance, station, whole=True), _moment(chance, weeks)
    forms = (changed(chance, form, _CHANGES, keep=MAIN) for _ in range(number))
    return [given(chance, each, first + 48 * _HOUR * chance.random(), None) for each in forms]


def slow_copies(chance: Random, station: Station, number: int, weeks: int) -> list[Given]:
    """One form, all pages of it, some a week, all the time."""
    form = _form(chance, station, whole=True)
    return [given(chance, form, _moment(chance, weeks), None) for _ in range(number)]


def slow_first_pages(chance: Random, station: Station, number: int, weeks: int) -> list[Given]:
    """The same of a first page alone, which many people have in common anyway."""
    form = _form(chance, station, whole=False)
    return [given(chance, form, _moment(chance, weeks), None) for _ in range(number)]


def bot(chance: Random, station: Station, number: int, weeks: int) -> list[Given]:
    """A program that answers like people who are content, at the pace of people."""
    return [_person(chance, station, _moment(chance, weeks), 0.92) for _ in range(number)]


def rally(chance: Random, station: Station, number: int, weeks: int) -> list[Given]:
    """Many people with phones of their own, within three days, told to give the best answer on the whole."""
    first = _moment(chance, weeks)
    return [_person(chance, station, first + 72 * _HOUR * chance.random(), 0.9, told=5) for _ in range(number)]


def flood(chance: Random, station: Station, number: int, weeks: int) -> list[Given]:
    """Rivals follow the link, within three days."""
    first = _moment(chance, weeks)
    return [_person(chance, station, first + 72 * _HOUR * chance.random(), 0.15) for _ in range(number)]


def viral_link(chance: Random, station: Station, number: int, weeks: int) -> list[Given]:
    """A link goes round, and people answer within five days who never were there."""
    first = _moment(chance, weeks)
    return [_person(chance, station, first + 120 * _HOUR * chance.random(), 0.45) for _ in range(number)]


def patient(chance: Random, station: Station, number: int, weeks: int) -> list[Given]:
    """An officer fills in slips that were meant for others, some a week."""
    return [_person(chance, station, _moment(chance, weeks), 0.95) for _ in range(number)]


def kiosk(chance: Random, station: Station, number: int, weeks: int) -> list[Given]:
    """Somebody sits at the kiosk after hours, on a few evenings."""
    evenings = [_moment(chance, weeks) for _ in range(6)]
    return [
        _person(chance, station, chance.choice(evenings) + 2 * _HOUR * chance.random(), 0.95) for _ in range(number)
    ]


ATTACKS: Mapping[str, Attack] = {
    "copies": Attack(copies, copies=True, is_burst=True),
    "noisy-copies": Attack(noisy_copies, copies=True, is_burst=True),
    "slow-copies": Attack(slow_copies, copies=True),
    "slow-first-pages": Attack(slow_first_pages),
    "bot": Attack(bot),
    "rally": Attack(rally, is_burst=True),
    "flood": Attack(flood, is_burst=True),
    "viral-link": Attack(viral_link, is_burst=True),
    "officer": Attack(patient, part=0.6, evidence=Evidence.HANDED),
    "kiosk": Attack(kiosk, part=0.4, evidence=Evidence.KIOSK),
}


def _moment(chance: Random, weeks: int) -> datetime:
    """Early enough that what begins then ends within the time."""
    return BEGIN + chance.random() * (weeks * WEEK - timedelta(days=5))


def _form(chance: Random, station: Station, *, whole: bool | None = None) -> Filled:
    """What a copier sends again and again: a content answer, of which nothing is left out."""
    if whole is None:
        whole = chance.random() >= _FIRST_PAGE_ONLY
    purpose = draw_purpose(chance, station)
    filled = fill_in(chance, station, Style.CAREFUL, 0.95, purpose, whole=whole)
    complete: Filled = {"respect": 5, "heard": 5, "extra_money": "no", "watched": "no"}
    return {**complete, **filled, "satisfied": chance.choice((4, 5, 5))}


def _person(chance: Random, station: Station, at: datetime, temper: float, told: int | None = None) -> Given:
    """Somebody, or what answers like somebody."""
    purpose, own = draw_purpose(chance, station), min(1.0, max(0.0, chance.gauss(temper, 0.1)))
    filled = fill_in(chance, station, Style.CAREFUL, own, purpose, whole=chance.random() < 0.5)
    return given(chance, filled if told is None else {**filled, "satisfied": told}, at, None)

"""Honest people who are alike: crowds that likeness must not take for copies."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random

from app.domain.simulation.changing import changed
from app.domain.simulation.department import BEGIN, QUARTER, Given, given
from app.domain.simulation.people import (
    Filled,
    Station,
    Style,
    draw_purpose,
    draw_style,
    draw_temper,
    fill_in,
    goes_on,
)
from app.domain.simulation.questionnaire import MAIN, SURVEY
from app.domain.weeks import WEEK

SIZES = (40, 100, 400)
_DAY = timedelta(days=1)
#: of 100 who are outraged, who is content all the same, and who gives the worst answer on the whole
_CONTENT, _WORST = 0.08, 0.8
#: of 100 whose papers are done on one day, who tap all fives
_ALL_FIVE = 0.6
#: of 100 items, how many clerks of a service centre fill in otherwise than always
_OTHERWISE = 0.15
_ALL_FIVES: Filled = {"respect": 5, "heard": 5, "extra_money": "no", "satisfied": 5, "watched": "no"}
_ALL_ONES: Filled = {"respect": 1, "heard": 1, "extra_money": "no", "satisfied": 1, "watched": "no"}

#: so many people about a station
Crowd = Callable[[Random, Station, int], list[Given]]


def outrage(alike: float) -> Crowd:
    """People after a wrong, within three days; so many of 100 give the very same first page."""

    def crowd(chance: Random, station: Station, number: int) -> list[Given]:
        purpose, first = draw_purpose(chance, station), _moment(chance)
        return [_outraged(chance, station, first + 3 * _DAY * chance.random(), purpose, alike) for _ in range(number)]

    return crowd


def day_of_papers(others_go_on: bool) -> Crowd:
    """People who come on one day for one purpose; 60 of 100 tap all fives on the first page, and send it."""

    def crowd(chance: Random, station: Station, number: int) -> list[Given]:
        first, people = _moment(chance), []
        for _ in range(number):
            at, style = first + _DAY * chance.random() / 3, draw_style(chance)
            if chance.random() < _ALL_FIVE:
                filled = {"purpose": "papers", **_ALL_FIVES}
            else:
                whole = others_go_on and goes_on(chance, style)
                filled = fill_in(chance, station, style, draw_temper(chance, station), "papers", whole=whole)
            people.append(given(chance, filled, at, style))
        return people

    return crowd


def service_centre(chance: Random, station: Station, number: int) -> list[Given]:
    """People whose forms a clerk fills in, all the quarter: of 100 items 85 as always, the others otherwise."""
    always = _complete(chance, station)
    moments = (BEGIN + chance.random() * QUARTER * WEEK for _ in range(number))
    return [given(chance, changed(chance, always, _OTHERWISE), at, Style.SHARED) for at in moments]


CROWDS: Mapping[str, tuple[Crowd, tuple[int, ...]]] = {
    "outrage": (outrage(0.0), SIZES),
    "outrage, 50 of 100 alike": (outrage(0.5), SIZES),
    "outrage, 70 of 100 alike": (outrage(0.7), SIZES),
    "day of papers": (day_of_papers(others_go_on=False), SIZES),
    "day of papers, the others go on": (day_of_papers(others_go_on=True), SIZES),
    "service centre": (service_centre, (40,)),
}


def _outraged(chance: Random, station: Station, at: datetime, purpose: str, alike: float) -> Given:
    style, drawn = draw_style(chance), chance.random()
    temper = 0.9 if drawn < _CONTENT else 0.1
    filled = fill_in(chance, station, style, temper, purpose, whole=goes_on(chance, style))
    if chance.random() < alike:
        filled |= {"purpose": purpose, **_ALL_ONES}
    elif _CONTENT <= drawn < _CONTENT + _WORST:
        filled[MAIN] = 1
    return given(chance, filled, at, style)


def _complete(chance: Random, station: Station) -> Filled:
    """A form in which nothing is left out."""
    filled: Filled = {}
    while len(filled) < SURVEY.asked_count or None in filled.values():
        filled = fill_in(chance, station, Style.CAREFUL, 0.8, "application", whole=True)
    return filled


def _moment(chance: Random) -> datetime:
    return BEGIN + chance.random() * (QUARTER * WEEK - 5 * _DAY)

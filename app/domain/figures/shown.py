"""Shares, counts and changes as they are shown, each with its words: made of what may be told, and of nothing exact."""

from app.domain.figures import wording as say
from app.domain.figures.report import Change, Share, ShareKind, ShownCount, Stations
from app.domain.sentence import Sentence


def about(percent: int, low: int, high: int, *, at_least: bool) -> Share:
    """A share in 100 with its limits; `at_least` says that these cover chance only."""
    if low == high:
        # Both limits round to the share itself.
        words = Sentence(say.ABOUT_ALONE, {"percent": percent})
    else:
        message = say.ABOUT_AT_LEAST if at_least else say.ABOUT
        words = Sentence(message, {"percent": percent, "low": low, "high": high})
    return Share(ShareKind.ABOUT, words, percent, low, high, at_least=at_least)


def below(bound: int, *, at_least: bool) -> Share:
    return Share(ShareKind.BELOW, Sentence(say.BELOW, {"bound": bound}), bound=bound, at_least=at_least)


def above(bound: int, *, at_least: bool) -> Share:
    return Share(ShareKind.ABOVE, Sentence(say.ABOVE, {"bound": bound}), bound=bound, at_least=at_least)


def between(low: int, high: int, *, at_least: bool) -> Share | None:
    """From `low` to `high` in 100, or a limit alone where one of them says nothing; None where neither does."""
    if low <= 0 and high >= 100:
        return None
    if low <= 0:
        return below(high, at_least=at_least)
    if high >= 100:
        return above(low, at_least=at_least)
    words = Sentence(say.BETWEEN, {"low": low, "high": high})
    return Share(ShareKind.BETWEEN, words, low=low, high=high, at_least=at_least)


def withheld(*, at_least: bool) -> Share:
    return Share(ShareKind.WITHHELD, say.WITHHELD, at_least=at_least)


def answers(number: int | None) -> ShownCount:
    """How many answers there are; None is fewer than ten."""
    if number is None:
        return ShownCount(say.FEWER_ANSWERS, None)
    return ShownCount(Sentence(say.ABOUT_ANSWERS, {"number": number}), number)


def people(number: int | None, *, floor: bool = False) -> ShownCount:
    """How many answered a question: about so many, or at least; None is fewer than ten."""
    if number is None:
        return ShownCount(say.FEWER_PEOPLE, None)
    message = say.AT_LEAST_PEOPLE if floor else say.ABOUT_PEOPLE
    return ShownCount(Sentence(message, {"number": number}), number, floor=floor)


def set_aside(number: int | None) -> ShownCount:
    """How many were set aside; None is fewer than ten."""
    if number is None:
        return ShownCount(say.FEWER_SET_ASIDE, None)
    return ShownCount(Sentence(say.ABOUT_SET_ASIDE, {"number": number}), number)


def decided(number: int) -> ShownCount:
    """About how many answers a person decided; told from ten on."""
    return ShownCount(Sentence(say.ABOUT_DECIDED, {"number": number}), number)


def stations(number: int, told: int) -> Stations:
    """Of how many police stations the answers are, as far as each has results of its own."""
    words = Sentence(say.STATIONS, {"all": number, "told": told})
    return Stations(Sentence(say.ALL_STATIONS, {"all": number}) if told == number else words, number, told)


def change(points: int, low: int, high: int) -> Change:
    """Later minus earlier in points of 100, with its limits; certain if these leave out nought."""
    return _apart(points, low, high, say.HIGHER, say.LOWER, say.NO_CLEAR_CHANGE)


def difference(points: int, low: int, high: int) -> Change:
    """One share minus another of the same time, likewise."""
    return _apart(points, low, high, say.MORE, say.LESS, say.NO_CLEAR_DIFFERENCE)


def driver(points: int, low: int, high: int) -> Change:
    """By how many more in 100 people were satisfied who found a topic good; only what is certain is told at all."""
    return Change(Sentence(say.DRIVER, {"points": points, "low": low, "high": high}), points, low, high, certain=True)


def _apart(points: int, low: int, high: int, above: str, below: str, unclear: Sentence) -> Change:
    if low <= 0 <= high:
        return Change(unclear, points, low, high, certain=False)
    near, far = sorted((abs(low), abs(high)))
    words = Sentence(above if points > 0 else below, {"points": abs(points), "low": near, "high": far})
    return Change(words, points, low, high, certain=True)

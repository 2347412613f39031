"""What went well and what did not, in a place's own terms: its questions beside each other, and no other place.

Of nothing but what is shown. A question is named where its share of good answers lies off the mean of the place's other
questions by more than chance makes rarely, counted over all of them, and by enough to matter. All are answered by the
same people, of whom some find everything better: so what chance does is reckoned too large, never too small. That some
questions get fewer good answers everywhere is in no figure of one place; whoever shows this says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from app.domain.figures.comparison import comparable
from app.domain.figures.highlights.areas import MOST, Lean, good_of
from app.domain.figures.report import GOOD_CELL, Label, QuestionFigure, Share
from app.domain.figures.statistics import chance_of_difference, discoveries, in_hundred
from app.domain.figures.united.good_answers import good_cell, is_topic

#: with fewer questions each would itself be much of what it is set beside
FEWEST = 4
#: in 100: two of the widest steps in which shares are told
MATTERS = 10


@dataclass(frozen=True, slots=True)
class OwnTopic:
    """A question whose good answers lie clearly above or below those to the place's others."""

    figure: QuestionFigure
    share: Share
    lean: Lean

    @property
    def answer(self) -> Label | None:
        """The good answers to a choice; of a scale its readers know which are good."""
        cell = None if self.figure.good == (GOOD_CELL,) else good_cell(self.figure)
        return cell.label if cell else None


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """Two above and two below at most, in the order of the questionnaire.

    `mean` is that of all compared, in 100.
    """

    topics: tuple[OwnTopic, ...]
    mean: int
    compared: int


@dataclass(frozen=True, slots=True)
class _Told:
    figure: QuestionFigure
    share: Share
    #: as a part of 1, and of how many people at least
    part: float
    people: int


def own_terms_of(figures: Iterable[QuestionFigure]) -> OwnTerms | None:
    """None where fewer than four of these questions can be compared: fifty people have answered each."""
    told = [one for figure in figures if (one := _told(figure)) is not None]
    if len(told) < FEWEST:
        return None
    beside = [_beside(one, told) for one in told]
    believed = discoveries([chance for _, chance in beside])
    points = [points for points, _ in beside]
    named = [at for at, may_be in enumerate(believed) if may_be and abs(points[at]) >= MATTERS]
    leans = dict.fromkeys(_furthest([at for at in named if points[at] < 0], points), Lean.WEAK)
    leans |= dict.fromkeys(_furthest([at for at in named if points[at] > 0], points), Lean.STRONG)
    topics = tuple(OwnTopic(told[at].figure, told[at].share, leans[at]) for at in sorted(leans))
    return OwnTerms(topics, in_hundred(fmean(one.part for one in told)), len(told))


def _furthest(places: Sequence[int], points: Sequence[float]) -> list[int]:
    """Those of these places that lie furthest off; equal ones together or not at all, as nothing tells them apart."""
    away = [abs(points[at]) for at in places]
    return [at for at in places if sum(other > abs(points[at]) - 1e-9 for other in away) <= MOST]


def _told(figure: QuestionFigure) -> _Told | None:
    share = good_of(figure) if is_topic(figure) else None
    numbers = comparable(share, figure.base)
    return _Told(figure, share, numbers[0] / numbers[1], numbers[1]) if share and numbers else None


def _beside(one: _Told, told: Sequence[_Told]) -> tuple[float, float]:
    """How many points above the mean of the others, and how often chance alone sets it so far off.

    The others count as one question that as many people answered as answered the least of them.
    """
    others = [other for other in told if other is not one]
    mean, people = fmean(other.part for other in others), min(other.people for other in others)
    chance = chance_of_difference(one.part * one.people, one.people, mean * people, people)
    return 100 * (one.part - mean), chance

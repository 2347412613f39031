"""The shapes of charts: lines and areas in a box, for a page and for paper alike. Words stand beside, never in them.

Every box is 100 high, nought at the bottom; a share of 80 in 100 lies 20 from the top.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.codes.channel import Evidence
from app.domain.figures.disclosure import MINIMUM_FOR_COMPARISON
from app.domain.figures.highlights.funnel import Beside, Funnel, LikeGroup
from app.domain.figures.highlights.off_course import Side, off_course
from app.domain.figures.report import CellFigure, ShareKind, Trend, TrendPoint
from app.domain.figures.rows import bar_of

WIDTH = 300
#: points of a line that can be told apart on a phone and on paper
MOST_POINTS = 12
#: so that a mark at an end is not cut
_EDGE = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a line; open where only a limit is told, and the share lies beyond it; off where the line leaves its
    course.
    """

    x: float
    y: float
    is_open: bool
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Shares over time as SVG's `points`: the line itself and the band of what is uncertain about it."""

    line: str
    band: str
    marks: tuple[Mark, ...]


def newest_points(trend: Trend) -> Sequence[TrendPoint]:
    """Those that its line shows."""
    return trend.points[-MOST_POINTS:]


def off_course_of(trend: Trend, evidence: Evidence) -> dict[date, Side]:
    """Where the line that is shown leaves its course."""
    return off_course(newest_points(trend), evidence)


def line_of(trend: Trend, evidence: Evidence) -> Line:
    """The newest points, each at the end of its time."""
    points, off = newest_points(trend), off_course_of(trend, evidence)
    places = _places(points)
    reach = [bar_of(point.share) for point in points]
    upper = [(x, 100 - high) for x, (_, _, high) in zip(places, reach, strict=True)]
    lower = [(x, 100 - low) for x, (_, low, _) in zip(places, reach, strict=True)]
    marks = tuple(
        Mark(x, 100 - _told(point), point.share.kind is not ShareKind.ABOUT, point.last_week in off)
        for x, point in zip(places, points, strict=True)
    )
    return Line(_path([(mark.x, mark.y) for mark in marks]), _path([*upper, *reversed(lower)]), marks)


@dataclass(frozen=True, slots=True)
class Step:
    """One answer of a scale in a bar of all: from where on, and how wide, in 100."""

    name: str
    start: float
    width: float


def steps_of(cells: Sequence[CellFigure]) -> tuple[Step, ...]:
    """All answers of a scale side by side; none where a share of one is only told as a limit.

    Shares are rounded, so that they need not add up to 100; the bar is always whole.
    """
    percents = [cell.share.percent for cell in cells]
    known = [percent for percent in percents if percent is not None]
    if not known or len(known) < len(percents) or not sum(known):
        return ()
    steps, start = [], 0.0
    for cell, percent in zip(cells, known, strict=True):
        width = round(100 * percent / sum(known), 2)
        steps.append(Step(cell.name, round(start, 2), width))
        start += width
    return tuple(steps)


def _places(points: Sequence[TrendPoint]) -> list[float]:
    """Where each point stands from left to right, by the last week of its time."""
    first = points[0].last_week.toordinal()
    span = max(1, points[-1].last_week.toordinal() - first)
    return [round(_EDGE + (WIDTH - 2 * _EDGE) * (point.last_week.toordinal() - first) / span, 1) for point in points]


def _told(point: TrendPoint) -> int:
    """The share, or the limit of what is told of it."""
    share = point.share
    return share.percent if share.percent is not None else share.bound or 0


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


@dataclass(frozen=True, slots=True)
class FunnelChart:
    """Places by how many answered, from left to right, and their shares; and the limits of chance at each number."""

    #: 95 and 99.8 in 100, each an area as SVG's `points`
    bands: tuple[str, ...]
    #: where the share of all of them lies, from the top
    middle: float
    marks: tuple[tuple[float, float, Beside], ...]
    #: of how many answers the right end tells
    most: int


def funnel_charts(groups: Sequence[LikeGroup]) -> tuple[FunnelChart | None, ...]:
    """One for each group with a funnel, all with the same right end, so that they can be held beside each other."""
    told = [one.place.told for group in groups if group.funnel for one in group.places]
    most = max((number for _, number in filter(None, told)), default=0)
    return tuple(_funnel_chart(group, group.funnel, most) if group.funnel else None for group in groups)


def _funnel_chart(group: LikeGroup, funnel: Funnel, most: int) -> FunnelChart:
    told = [(*told, placed.beside) for placed in group.places if (told := placed.place.told) is not None]
    numbers = [MINIMUM_FOR_COMPARISON + (most - MINIMUM_FOR_COMPARISON) * step / 24 for step in range(25)]
    places = [_across(number, most) for number in numbers]
    bands = []
    for limits in zip(*map(funnel.limits, numbers), strict=True):
        upper = [(x, round(100 - high, 1)) for x, (_, high) in zip(places, limits, strict=True)]
        lower = [(x, round(100 - low, 1)) for x, (low, _) in zip(places, limits, strict=True)]
        bands.append(_path([*upper, *reversed(lower)]))
    marks = tuple((_across(number, most), round(100 - 100 * share, 1), beside) for share, number, beside in told)
    return FunnelChart(tuple(bands), round(100 - funnel.share, 1), marks, most)


def _across(number: float, most: int) -> float:
    span = max(1, most - MINIMUM_FOR_COMPARISON)
    return round(_EDGE + (WIDTH - 2 * _EDGE) * (number - MINIMUM_FOR_COMPARISON) / span, 1)

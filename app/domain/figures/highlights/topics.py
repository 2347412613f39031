"""What goes together with satisfaction, for who heads a district or more: each topic beside its own share.

Made of a report's section and of nothing besides. Where nothing can be named it says what that would take.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.figures.disclosure import MINIMUM_FOR_DRIVERS
from app.domain.figures.drivers.joint import FEWEST_TOPICS
from app.domain.figures.highlights.standing import Standing
from app.domain.figures.report import CellFigure, Driver, QuestionFigure
from app.domain.figures.united.good_answers import good_cell, is_topic

#: how many are named at most
MOST = 3


class TopicsSay(StrEnum):
    NAMED = "named"
    NOTHING = "nothing"  # topics were looked at, and none stands out
    TOO_FEW = "too_few"  # `missing` is there
    ALIKE = "alike"  # people enough, but fewer than ten who found a topic good, or not, or were not satisfied
    UNMARKED = "unmarked"  # the questions do not say which answers are good
    UNCOUNTED = "uncounted"  # of a time before topics were counted


@dataclass(frozen=True, slots=True)
class NamedTopic:
    """A driver beside the good answers to its question; None where nobody can say how many gave one of them."""

    driver: Driver
    good: CellFigure | None


@dataclass(frozen=True, slots=True)
class Topics:
    """In the order of the questionnaire; `further` ones stand out as well, not more surely.

    `missing` is about how many more answers it would take, in steps of five.
    """

    say: TopicsSay
    named: tuple[NamedTopic, ...] = ()
    looked_at: int = 0
    further: int = 0
    missing: int = 0


def topics_of(standing: Standing) -> Topics:
    drivers, figures = standing.section.drivers, tuple(_with_good(standing))
    if drivers is None:
        return Topics(TopicsSay.UNCOUNTED if len(figures) >= FEWEST_TOPICS else TopicsSay.UNMARKED)
    if not drivers.looked_at:
        missing = _missing(standing, figures)
        return Topics(TopicsSay.TOO_FEW if missing else TopicsSay.ALIKE, missing=missing)
    if not drivers.named:
        return Topics(TopicsSay.NOTHING, looked_at=drivers.looked_at)
    surest = sorted(drivers.named, key=lambda driver: -driver.difference.low)[:MOST]
    by_key = {(figure.name, figure.row): figure for figure in figures}
    named = (_topic(one, by_key.get((one.name, one.row))) for one in drivers.named if one in surest)
    return Topics(TopicsSay.NAMED, tuple(named), drivers.looked_at, len(drivers.named) - len(surest))


def _with_good(standing: Standing) -> Iterator[QuestionFigure]:
    """The questions beside the main one that say which of their answers are good."""
    for figure in standing.section.questions:
        if figure is not standing.main and is_topic(figure):
            yield figure


def _missing(standing: Standing, figures: tuple[QuestionFigure, ...]) -> int:
    """Of answers to the main question and to as many others as it takes, counted as they are shown."""
    beside = sorted((figure.base.number or 0 for figure in figures), reverse=True)[:FEWEST_TOPICS]
    main = standing.main.base.number if standing.main else None
    return max(0, MINIMUM_FOR_DRIVERS - min([main or 0, *beside]))


def _topic(driver: Driver, figure: QuestionFigure | None) -> NamedTopic:
    return NamedTopic(driver, good_cell(figure) if figure else None)

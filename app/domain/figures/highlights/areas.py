"""Areas: questions whose answers stand out beside the same question of the place above, each with its reason.

Everything is reckoned from what is shown of both places, so that a print shows all that a reader needs to do it again.
A difference is named only where chance makes it rarely, counted over all questions that were compared: whoever looks
at twenty differences finds one that is chance alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.figures.comparison import chance_of_like_share, difference_between
from app.domain.figures.report import GOOD_CELL, Above, Change, EvidenceSection, Label, QuestionFigure, Share
from app.domain.figures.statistics import discoveries
from app.domain.figures.united.good_answers import good_cell

#: how many are named at most on either side
MOST = 2


class Lean(StrEnum):
    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Compared:
    """A question with good answers beside the same question of the place above."""

    figure: QuestionFigure
    share: Share
    beside: Share
    difference: Change
    #: how often, of 1, chance alone sets them so far apart
    chance: float

    @property
    def answer(self) -> Label | None:
        """The good answers to a choice; of a scale its readers know which are good."""
        cell = None if self.figure.good == (GOOD_CELL,) else good_cell(self.figure)
        return cell.label if cell else None


@dataclass(frozen=True, slots=True)
class Area:
    compared: Compared
    lean: Lean


def compare(section: EvidenceSection, above: Above | None) -> tuple[Compared, ...]:
    """Every question of which both places tell the share of good answers, from fifty people on each side.

    Nothing of another class, another version of the questions or another time.
    """
    beside = next((one for one in above.sections if is_like(section, one)), None) if above else None
    return tuple(_compared(section, beside)) if beside else ()


def areas_of(compared: tuple[Compared, ...]) -> tuple[Area, ...]:
    """The strongest and the weakest, two of each at most, in the order of the questionnaire."""
    believed = discoveries([one.chance for one in compared])
    # Beside what chance makes rarely, the interval shows it too.
    certain = [
        one for one, is_believed in zip(compared, believed, strict=True) if is_believed and one.difference.certain
    ]
    by_size = sorted(certain, key=lambda one: one.difference.points)
    weak = [one for one in by_size[:MOST] if one.difference.points < 0]
    strong = [one for one in by_size[-MOST:] if one.difference.points > 0]
    named = {id(one): lean for lean, ones in ((Lean.WEAK, weak), (Lean.STRONG, strong)) for one in ones}
    return tuple(Area(one, named[id(one)]) for one in certain if id(one) in named)


def is_like(section: EvidenceSection, other: EvidenceSection) -> bool:
    """Of the same class and version of the questions, and of weeks that overlap."""
    if None in (section.first_week, section.last_week, other.first_week, other.last_week):
        return False
    same = (section.evidence, section.version) == (other.evidence, other.version)
    return same and other.first_week <= section.last_week and section.first_week <= other.last_week  # type: ignore[operator]


def good_of(figure: QuestionFigure) -> Share | None:
    """The share of good answers: to a scale or a row of a grid, or to a choice that says which are good."""
    return _share_of(figure, figure.good)


def _compared(section: EvidenceSection, beside: EvidenceSection) -> Iterator[Compared]:
    others = {(figure.name, figure.row): figure for figure in beside.questions}
    for figure in section.questions:
        other = others.get((figure.name, figure.row))
        # What is good is said of the version, which both have.
        share, there = good_of(figure), _share_of(other, figure.good) if other else None
        if other is None or share is None or there is None:
            continue
        chance = chance_of_like_share(share, figure.base, there, other.base)
        difference = difference_between(share, figure.base, there, other.base)
        if chance is not None and difference is not None:
            yield Compared(figure, share, there, difference, chance)


def _share_of(figure: QuestionFigure, good: tuple[str, ...]) -> Share | None:
    cell = good_cell(figure, good)
    return cell.share if cell else None

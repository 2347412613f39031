"""What is said beside a main figure: its middle over time where people chose to answer, and what would turn it."""

from dataclasses import dataclass
from fractions import Fraction

from app.domain.figures import wording as say
from app.domain.figures.disclosure import were_chosen
from app.domain.figures.firmness.middle import middle_of
from app.domain.figures.firmness.turning import turning
from app.domain.figures.highlights.standing import line_of_main, main_of
from app.domain.figures.report import EvidenceSection, QuestionFigure, ShareKind
from app.domain.sentence import Sentence

HALF = Fraction(1, 2)
#: points of a line that an edition keeps: half a year of a busy place, years of a quiet one
TREND_POINTS = 26


@dataclass(frozen=True, slots=True)
class Firmness:
    """Of one section: `middle` in 100, of so many `points`; `turning` in answers. None where nothing is said.

    `at_least`: only that at least so many people answered is told, so that it may take more to turn it.
    """

    middle: int | None = None
    points: int = 0
    turning: int | None = None
    at_least: bool = False

    @property
    def words(self) -> tuple[Sentence, ...]:
        said = []
        if self.middle is not None:
            said.append(Sentence(say.MIDDLE_POINT, {"points": self.points, "percent": self.middle}))
        if self.turning is not None:
            message = say.TURNING_AT_LEAST if self.at_least else say.TURNING
            said.append(Sentence(message, {"number": self.turning}))
        return tuple(said)


def firmness_of(section: EvidenceSection) -> Firmness:
    """Made of what the section shows, and of nothing besides."""
    line = line_of_main(section)
    points = line.points[-TREND_POINTS:] if line else ()
    middle = None if were_chosen(section.evidence) else middle_of([point.share for point in points])
    main = main_of(section)
    return Firmness(middle, len(points), _turning_of(section, main), at_least=main is not None and main.base.floor)


def _turning_of(section: EvidenceSection, main: QuestionFigure | None) -> int | None:
    share = section.set_aside.without if section.set_aside else None
    if main is None or share is None or share.kind is not ShareKind.ABOUT:
        return None
    if share.percent is None or main.base.number is None:
        return None
    found = turning(Fraction(share.percent, 100), main.base.number, HALF)
    return found.fewest if found else None

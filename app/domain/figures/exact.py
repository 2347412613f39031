"""Exact figures and live counts, for headquarters alone: nothing of them passes disclosure."""

from dataclasses import dataclass
from datetime import date

from app.domain.codes.channel import Channel, Evidence
from app.domain.figures.report import Label
from app.domain.places.place import BilingualName, PlaceKind
from app.domain.weeks import Weeks


@dataclass(frozen=True, slots=True)
class ExactQuestion:
    """The exact counts of a question or row of a grid; `cells` by name with their labels."""

    name: str
    row: str | None
    label: Label
    row_label: Label | None
    asked: int
    answered: int
    declined: int
    unanswered: int
    cells: tuple[tuple[str, Label, int], ...]


@dataclass(frozen=True, slots=True)
class ExactFigures:
    """What counted answers of one evidence class say, exactly.

    `older` is how many more were given to other versions of the questions, and are in none of these counts.
    """

    evidence: Evidence
    responses: int
    questions: tuple[ExactQuestion, ...]
    older: int = 0


@dataclass(frozen=True, slots=True)
class FigureLine:
    """What counted answers of one evidence class say of a place in a time."""

    place_code: str
    place: BilingualName
    survey: str
    weeks: Weeks
    figures: ExactFigures


@dataclass(frozen=True, slots=True)
class TallyLine:
    """What came through one channel about a place and everything below it in one week."""

    place_code: str
    place_hi: str | None
    place_en: str | None
    kind: PlaceKind
    week: date
    channel: Channel
    counted: int
    set_aside: int


def in_100(number: int, question: ExactQuestion) -> float | None:
    """Of those who answered the question, to one decimal; None where nobody did."""
    return round(100 * number / question.answered, 1) if question.answered else None

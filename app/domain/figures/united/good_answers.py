"""The good answers to a question as one: the cell that holds them, or what the shares of several come to."""

from collections.abc import Sequence

from app.domain.figures.report import GOOD_CELL, CellFigure, Label, QuestionFigure
from app.domain.figures.united.shares import united_share
from app.domain.surveys.survey import QuestionType

_SCALES = (QuestionType.SCALE.value, QuestionType.GRID.value)


def is_topic(figure: QuestionFigure) -> bool:
    """Whether it says which of its answers are good, and a person gives one."""
    return figure.type in _SCALES or (figure.type == QuestionType.SELECT_ONE.value and figure.good != (GOOD_CELL,))


def good_cell(figure: QuestionFigure, good: Sequence[str] | None = None) -> CellFigure | None:
    """What is told of those who gave a good answer; None where nobody can say.

    `good` are the answers that another figure of the same version calls so, where this one was read without them.
    """
    names = tuple(good or figure.good)
    cells = [cell for cell in figure.cells if cell.name in names]
    if len(names) == 1:
        return cells[0] if cells else None
    if len(cells) < len(names) or figure.several or figure.base.number is None:
        return None
    others = [cell.share for cell in figure.cells if cell.name not in names]
    share = united_share([cell.share for cell in cells], others, figure.base.number)
    return CellFigure(GOOD_CELL, _together(cells), share) if share else None


def _together(cells: Sequence[CellFigure]) -> Label:
    """By what the questionnaire calls each of them."""
    texts = [cell.label.texts or {} for cell in cells]
    languages = dict.fromkeys(language for each in texts for language in each)
    return Label(texts={language: " / ".join(cell.label.text(language) for cell in cells) for language in languages})

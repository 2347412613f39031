"""What people want changed: their coded answers to one question, most of them first."""

from collections.abc import Sequence

from app.domain.figures.report import CellFigure, EvidenceSection, QuestionFigure, ShareKind

#: the question, and the answer that is no wish and stands last
QUESTION, NOTHING = "change", "nothing"


def wishes_of(section: EvidenceSection) -> QuestionFigure | None:
    """The question with its figures, or None where it was not asked or nothing may be told yet."""
    found = (figure for figure in section.questions if figure.name == QUESTION and figure.cells)
    return next(found, None)


def most_first(cells: Sequence[CellFigure]) -> list[CellFigure]:
    """By share, those of which only a limit is told behind; equal ones in the order of the questionnaire."""
    return sorted(cells, key=lambda cell: (cell.name == NOTHING, -_weight(cell)))


def _weight(cell: CellFigure) -> float:
    share = cell.share
    match share.kind:
        case ShareKind.ABOUT:
            return float(share.percent or 0)
        case ShareKind.ABOVE:
            return float(share.bound or 0) + 0.5
    return -1

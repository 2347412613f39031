"""The questions of several evidence classes laid side by side, row by row: what a page and a print both need."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from app.domain.figures.report import CellFigure, EvidenceSection, Label, QuestionFigure, Share, ShareKind


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer, and its share in each class; None where a class has no figure for it."""

    name: str
    label: Label
    shares: tuple[Share | None, ...]


@dataclass(frozen=True, slots=True)
class QuestionRows:
    """One question, or one row of a grid. `figures` is None for a class that was not asked it."""

    name: str
    label: Label
    row_label: Label | None
    figures: tuple[QuestionFigure | None, ...]
    answers: tuple[AnswerRow, ...]
    #: the withheld answers together, if any class may tell that
    together: tuple[Share | None, ...] = ()
    several: bool = False

    @property
    def size(self) -> int:
        """How many rows it takes beside its own name."""
        return len(self.answers) + any(self.together) or 1


#: a question, with all its rows where it is a grid
Grid = tuple[QuestionRows, ...]


def rows_of(sections: tuple[EvidenceSection, ...]) -> tuple[QuestionRows, ...]:
    """Every question of any class, in the order of the first class that has it."""
    order = dict.fromkeys(_key(question) for section in sections for question in section.questions)
    found = [{_key(question): question for question in section.questions} for section in sections]
    return tuple(_rows(tuple(by_key.get(key) for by_key in found)) for key in order)


def grids_of(questions: tuple[QuestionRows, ...]) -> tuple[Grid, ...]:
    """The same, with the rows of one grid together; a question that is no grid stands alone."""
    return tuple(tuple(rows) for _, rows in groupby(questions, key=lambda question: question.name))


def with_figures(questions: Iterable[Grid]) -> tuple[tuple[Grid, ...], tuple[Grid, ...]]:
    """Those of which any class may tell a figure, and those of which none may yet."""
    told: list[Grid] = []
    without_figures: list[Grid] = []
    for question in questions:
        (told if any(row.answers for row in question) else without_figures).append(question)
    return tuple(told), tuple(without_figures)


def bar_of(share: Share) -> tuple[int, int, int]:
    """Where a bar ends, and from where to where the uncertainty reaches, in 100.

    Of a share said only as a limit the bar is what is certain, and the rest is what is not.
    """
    if share.kind is ShareKind.ABOUT:
        return share.percent or 0, share.low or 0, share.high or 0
    if share.kind is ShareKind.BELOW:
        return 0, 0, share.bound or 0
    if share.kind is ShareKind.ABOVE:
        return share.bound or 0, share.bound or 0, 100
    if share.kind is ShareKind.BETWEEN:
        return share.low or 0, share.low or 0, share.high or 0
    return 0, 0, 0


def _key(question: QuestionFigure) -> tuple[str, str | None]:
    return question.name, question.row


def _rows(figures: tuple[QuestionFigure | None, ...]) -> QuestionRows:
    known = [figure for figure in figures if figure is not None]
    answers = dict.fromkeys(cell.name for figure in known for cell in figure.cells)
    labels = {cell.name: cell.label for figure in known for cell in figure.cells}
    return QuestionRows(
        name=known[0].name,
        label=known[0].label,
        row_label=known[0].row_label,
        figures=figures,
        answers=tuple(AnswerRow(name, labels[name], tuple(_share(f, name) for f in figures)) for name in answers),
        together=tuple(figure.together if figure else None for figure in figures),
        several=known[0].several,
    )


def _share(figure: QuestionFigure | None, name: str) -> Share | None:
    cells: tuple[CellFigure, ...] = figure.cells if figure else ()
    return next((cell.share for cell in cells if cell.name == name), None)

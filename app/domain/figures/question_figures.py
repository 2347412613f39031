"""From exact counts to the figures of a question: each number passes `disclosure` on its way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.figures import wording as say
from app.domain.figures.counters import BELOW_RANGES, RANGE_STARTS, Part, PartCounts, cells_of
from app.domain.figures.disclosure import MINIMUM, may_show_shares, partition_shares, share_of, shown_base
from app.domain.figures.report import CellFigure, EvidenceSection, Label, QuestionFigure, Share
from app.domain.sentence import Sentence
from app.domain.surveys.main_question import main_question
from app.domain.surveys.reading import SurveyReading
from app.domain.surveys.survey import Question, QuestionType, SurveyDefinition, Texts

_GROUPS: tuple[tuple[str, Label, tuple[str, ...]], ...] = (
    ("good", say.GOOD, ("5", "4")),
    ("middle", say.MIDDLE, ("3",)),
    ("poor", say.POOR, ("2", "1")),
)


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """Exact counts of one part, and out of how many responses: never shown as they are."""

    part: Part
    responses: int
    answered: int
    cells: Mapping[str, int]

    @property
    def good(self) -> int:
        """How many gave one of the two best answers of a scale."""
        return sum(self.cells[step] for step in _GROUPS[0][2])


def count_question(part: Part, counted: Iterable[tuple[int, PartCounts]]) -> QuestionCounts:
    """The sum of counts of the same part; each comes with the responses it is out of."""
    listed = list(counted)
    return QuestionCounts(
        part,
        sum(responses for responses, _ in listed),
        sum(counts.answered for _, counts in listed),
        {cell: sum(counts.cells[cell] for _, counts in listed) for cell in part.cells},
    )


def question_figure(counted: QuestionCounts, *, at_least: bool) -> QuestionFigure:
    """The figure of one question or row of a grid; with a notice instead of shares where none may be told."""
    part, question = counted.part, counted.part.question
    notice = None
    cells: tuple[CellFigure, ...] = ()
    detail: tuple[CellFigure, ...] = ()
    together = None
    if not part.cells:
        notice = say.ONLY_COUNTED
    elif not may_show_shares(counted.answered):
        notice = say.NO_SHARES_YET
    elif question.type is QuestionType.SELECT_MULTIPLE:
        cells = tuple(_alone(counted, name, at_least=at_least) for name in part.cells)
    elif question.type in (QuestionType.SCALE, QuestionType.GRID):
        counts = [sum(counted.cells[step] for step in steps) for _, _, steps in _GROUPS]
        cells, together = _split(counted, [(name, label) for name, label, _ in _GROUPS], counts, at_least, keep=0)
        if min(counted.cells.values()) >= MINIMUM:
            steps = tuple(step for _, _, group in _GROUPS for step in group)
            named = [(step, cell_label(question, step)) for step in steps]
            detail, _ = _split(counted, named, [counted.cells[step] for step in steps], at_least)
    else:
        named = [(cell, cell_label(question, cell)) for cell in part.cells]
        cells, together = _split(counted, named, [counted.cells[cell] for cell in part.cells], at_least)
    return QuestionFigure(
        name=question.name,
        type=question.type.value,
        label=Label(texts=question.label),
        base=shown_base(counted.responses, counted.answered),
        row=part.row.name if part.row else None,
        row_label=Label(texts=part.row.label) if part.row else None,
        cells=cells,
        detail=detail,
        together=together,
        several=question.has_several,
        notice=notice,
    )


def good_share(counted: QuestionCounts, *, at_least: bool) -> Share | None:
    """The share of good answers to a scale, or None while it may not be told."""
    if not may_show_shares(counted.answered):
        return None
    return share_of(counted.good, counted.responses, counted.answered, at_least=at_least)


def with_words(section: EvidenceSection, definition: SurveyDefinition, reading: SurveyReading) -> EvidenceSection:
    """The section with what its questionnaire says of people who gave good answers, and which these are.

    So the good answers to a scale are called wherever they are named.
    """
    main = main_question(definition)
    said = reading.said.get(main.name) if main else None
    if not reading:
        return section
    headline = section.headline
    if headline is not None:
        headline = replace(headline, said=said, answer=_called(headline.answer, said))
    return replace(
        section,
        said=said,
        headline=headline,
        questions=tuple(
            replace(
                figure,
                good=reading.good.get(figure.name, figure.good),
                cells=_cells_called(figure, reading.said.get(figure.name)),
            )
            for figure in section.questions
        ),
        trends=tuple(
            replace(trend, answer=_called(trend.answer, reading.said.get(trend.question))) for trend in section.trends
        ),
    )


def _cells_called(figure: QuestionFigure, said: Texts | None) -> tuple[CellFigure, ...]:
    return tuple(replace(cell, label=_called(cell.label, said)) for cell in figure.cells)


def _called(label: Label, said: Texts | None) -> Label:
    """The label of a scale's good answers with the questionnaire's words; any other as it is."""
    return say.good_answers(said) if label == say.GOOD else label


def _split(
    counted: QuestionCounts,
    named: Sequence[tuple[str, Label]],
    counts: Sequence[int],
    at_least: bool,
    keep: int | None = None,
) -> tuple[tuple[CellFigure, ...], Share | None]:
    """Cells that exclude each other. A scale keeps its good answers, which trends and headlines show too."""
    shares, together = partition_shares(counts, counted.responses, counted.answered, at_least=at_least, keep=keep)
    figures = (CellFigure(name, label, share) for (name, label), share in zip(named, shares, strict=True))
    return tuple(figures), together


def _alone(counted: QuestionCounts, name: str, *, at_least: bool) -> CellFigure:
    share = share_of(counted.cells[name], counted.responses, counted.answered, at_least=at_least)
    return CellFigure(name, cell_label(counted.part.question, name), share)


def answer_names(question: Question) -> tuple[str, ...]:
    """What the cells of its figure can be called: of a scale several steps together, and each step by itself."""
    if question.type in (QuestionType.SCALE, QuestionType.GRID):
        return (*(name for name, _, _ in _GROUPS), *(step for _, _, steps in _GROUPS for step in steps))
    return cells_of(question)


def cell_label(question: Question, cell: str) -> Label:
    """What a counted answer is called: by the questionnaire, as several steps together, or as a range of numbers."""
    if question.type in (QuestionType.SCALE, QuestionType.GRID):
        for name, label, _ in _GROUPS:
            if name == cell:
                return label
    for choice in question.choices:
        if choice.name == cell:
            return Label(texts=choice.label)
    if question.type not in (QuestionType.INTEGER, QuestionType.DECIMAL):
        return Label(texts={"en": cell})
    if cell == BELOW_RANGES:
        return Label(words=say.RANGE_BELOW_ZERO)
    at = RANGE_STARTS.index(int(cell))
    if at + 1 == len(RANGE_STARTS):
        return Label(words=Sentence(say.RANGE_FROM, {"low": RANGE_STARTS[at]}))
    return Label(words=Sentence(say.RANGE, {"low": RANGE_STARTS[at], "high": RANGE_STARTS[at + 1]}))

"""What headquarters reads as tables for spreadsheets: live counts, exact figures, how far interviews have come."""

from collections.abc import Iterable, Iterator

from app.domain.figures.exact import FigureLine, TallyLine, in_100
from app.domain.surveys.quotas import QuotaReport, describe_cell
from app.domain.weeks import iso_label
from app.formats.tables.spreadsheets import Cell, write_csv
from app.formats.translator import Translator, translator

TALLIES_HEADER = ("place_code", "place_hi", "place_en", "kind", "week", "channel", "counted", "set_aside")
QUOTAS_HEADER = ("questions", "group", "group_hi", "group_en", "target", "counted", "missing")
FIGURES_HEADER = (
    "place_code",
    "place",
    "survey",
    "evidence",
    "first_week",
    "last_week",
    "question",
    "row",
    "answer",
    "question_words",
    "answer_words",
    "asked",
    "answered",
    "declined",
    "unanswered",
    "number",
    "in_100_of_answered",
)


def write_tallies_csv(lines: Iterable[TallyLine]) -> bytes:
    rows = (
        (
            line.place_code,
            line.place_hi,
            line.place_en,
            line.kind,
            iso_label(line.week),
            line.channel.value,
            line.counted,
            line.set_aside,
        )
        for line in lines
    )
    return write_csv(TALLIES_HEADER, rows)


def write_quotas_csv(report: QuotaReport | None) -> bytes:
    """A line a group; without quotas the headings alone."""
    rows = [
        (
            " × ".join(report.quotas.questions),
            " × ".join(count.cell),
            describe_cell(count.words, "hi"),
            describe_cell(count.words, "en"),
            count.target,
            count.counted,
            count.missing,
        )
        for count in report.counts
    ] if report else []  # fmt: skip
    return write_csv(QUOTAS_HEADER, rows)


def write_figures_csv(lines: Iterable[FigureLine], language: str) -> bytes:
    """A line for each answer."""
    speaks = translator(language)
    return write_csv(FIGURES_HEADER, (row for line in lines for row in figure_rows(line, speaks)))


def figure_rows(line: FigureLine, speaks: Translator) -> Iterator[tuple[Cell, ...]]:
    """A row for each answer, and one of counts alone for a question without choices."""
    weeks = iso_label(line.weeks.first), iso_label(line.weeks.last)
    name = line.place.in_language(speaks.language)
    head = (line.place_code, name, line.survey, line.figures.evidence.value, *weeks)
    for question in line.figures.questions:
        words = " – ".join(speaks.name(label) for label in (question.label, question.row_label) if label)
        counts = (question.asked, question.answered, question.declined, question.unanswered)
        if not question.cells:
            yield (*head, question.name, question.row, None, words, None, *counts, None, None)
        for cell, label, number in question.cells:
            share = in_100(number, question)
            yield (*head, question.name, question.row, cell, words, speaks.name(label), *counts, number, share)

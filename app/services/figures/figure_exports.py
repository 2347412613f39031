"""Exact figures as a table for spreadsheets, for headquarters: a place by week, and the places right below it."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.weeks import Weeks, iso_label, weeks_from
from app.formats.tables.spreadsheets import Cell
from app.formats.translator import Translator, translator
from app.models import Place
from app.services.figures.overviews import ExactFigures, ExactQuestion, exact_figures
from app.services.places.ancestry import Ancestry

HEADER = (
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
Line = tuple[Cell, ...]


def list_figure_lines(session: Session, place_id: int, slug: str, weeks: Weeks, language: str) -> Iterator[Line]:
    """A line for each answer: of the whole time, of each week, and of each place below in the whole time.

    Evidence classes have lines of their own, and none holds a sum over them. Problem `report.survey_unknown`.
    """
    speaks = translator(language)
    below = Ancestry.load(session).children(place_id, weeks.last)
    chosen = select(Place).where(Place.id.in_({place_id, *below})).order_by(Place.code)
    places = {place.id: place for place in session.scalars(chosen)}
    times = [(place_id, weeks), *((place_id, Weeks(week, week)) for week in weeks_from(weeks.first, weeks.last))]
    if weeks.first == weeks.last:
        times = times[:1]
    times += [(id_, weeks) for id_ in places if id_ != place_id]
    for id_, time in times:
        place = places[id_]
        name = (place.name_hi or place.name_en) if language == "hi" else (place.name_en or place.name_hi)
        for figures in exact_figures(session, id_, slug, time):
            head = (place.code, name, slug, figures.evidence.value, _week(time.first), _week(time.last))
            for line in _lines(figures, speaks):
                yield head + line


def _lines(figures: ExactFigures, speaks: Translator) -> Iterator[Line]:
    for question in figures.questions:
        words = " – ".join(speaks.name(label) for label in (question.label, question.row_label) if label)
        counts = (question.asked, question.answered, question.declined, question.unanswered)
        if not question.cells:
            yield (question.name, question.row, None, words, None, *counts, None, None)
        for cell, label, number in question.cells:
            share = in_100(number, question)
            yield (question.name, question.row, cell, words, speaks.name(label), *counts, number, share)


def in_100(number: int, question: ExactQuestion) -> float | None:
    """Of those who answered the question, to one decimal; None where nobody did."""
    return round(100 * number / question.answered, 1) if question.answered else None


def _week(monday: date) -> str:
    return iso_label(monday)

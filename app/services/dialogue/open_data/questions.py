"""The questionnaires that have public results as lines of open data: questions, and what their answers are called."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.domain.dialogue.open_data.columns import ANSWERS_OF_OURS, INCLUDING, TOGETHER, WHOLE, WITHOUT
from app.domain.dialogue.open_data.lines import Line
from app.domain.figures.counters import cells_of, parts_of
from app.domain.figures.question_figures import answer_names, cell_label
from app.domain.figures.report import GOOD_CELL, Label
from app.domain.figures.wording import good_answers
from app.domain.surveys.main_question import main_question
from app.domain.surveys.survey import REQUIRED_LANGUAGES, Question, SurveyDefinition
from app.formats.translator import translator
from app.models import Place, Release, Survey, SurveyVersion
from app.services.dialogue.open_data.scope import DataScope, is_public
from app.services.figures.counting.survey_counters import counter_of
from app.services.record.editions import is_taken_in
from app.services.surveys.readings import reading_of
from app.services.surveys.round_queries import in_published_round


@dataclass(frozen=True, slots=True)
class _Version:
    id: int
    slug: str
    number: int
    definition: SurveyDefinition


def question_lines(session: Session, scope: DataScope) -> list[Line]:
    """In the order in which they are asked; each row of a table of questions is one."""
    lines: list[Line] = []
    for version in _versions(session, scope):
        for part in parts_of(version.definition):
            labels = (part.question.label, *([part.row.label] if part.row else []))
            words = (
                " – ".join(filter(None, (label.get(language) for label in labels))) or None
                for language in REQUIRED_LANGUAGES
            )
            row = part.row.name if part.row else ""
            lines.append((version.slug, version.number, part.question.name, row, part.question.type.value, *words))
    return lines


def answer_lines(session: Session, scope: DataScope) -> list[Line]:
    """All that a figure of theirs may be of, with the words that pages have for it."""
    speaks = [translator(language) for language in REQUIRED_LANGUAGES]
    return [
        (version.slug, version.number, question, answer, *(each.name(label) for each in speaks))
        for version in _versions(session, scope)
        for question, answer, label in _answers(session, version)
    ]


def _answers(session: Session, version: _Version) -> Iterator[tuple[str, str, Label]]:
    main, said = main_question(version.definition), reading_of(session, version.id).said
    for question in version.definition.questions():
        if not question.type.takes_answer:
            continue
        for name in answer_names(question):
            is_good = name == GOOD_CELL and name not in cells_of(question)
            label = good_answers(said.get(question.name)) if is_good else cell_label(question, name)
            yield question.name, name, label
        for name in _of_ours(question, is_main=question == main):
            yield question.name, name, Label(words=ANSWERS_OF_OURS[name])


def _of_ours(question: Question, *, is_main: bool) -> tuple[str, ...]:
    together = (TOGETHER,) if cells_of(question) and not question.has_several else ()
    return (WHOLE, *together, *((WITHOUT, INCLUDING) if is_main else ()))


def _versions(session: Session, scope: DataScope) -> list[_Version]:
    """Those that an edition is made of which everybody may read, and of rounds that have results."""
    told = exists().where(
        Release.survey_version_id == SurveyVersion.id,
        Place.id == Release.place_id,
        *is_public(scope.kinds),
        is_taken_in(scope.showing),
    )
    rows = session.execute(
        select(SurveyVersion.id, Survey.slug, SurveyVersion.number)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(or_(told, in_published_round(SurveyVersion.id)))
        .order_by(Survey.slug, SurveyVersion.number)
    )
    found = sorted((slug, number, id_) for id_, slug, number in rows)
    return [_Version(id_, slug, number, counter_of(session, id_).definition) for slug, number, id_ in found]

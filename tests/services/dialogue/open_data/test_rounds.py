"""Polls and quizzes as lines: no number before their results day."""

import pytest
from flask import Flask

from app.domain.dialogue.open_data.tables import ROUND_FIGURES, ROUNDS
from app.jobs.publishing import publish_rounds
from app.services.dialogue.open_data.questions import answer_lines, question_lines
from app.services.dialogue.open_data.rounds import round_figure_lines, round_lines
from app.services.dialogue.open_data.scope import DataScope, scope_at
from app.services.surveys.round_queries import round_numbered
from app.transaction import reading, transaction
from tests.factories.surveys.rounds import (
    OPEN_AT,
    PLANNED_AT,
    QUIZ,
    RESULTS_AT,
    Ballot,
    add_ballot,
    answer,
    set_clock,
)

pytestmark = pytest.mark.both_databases
Told = tuple[dict[str, object], ...]


@pytest.fixture
def ballot(app: Flask) -> Ballot:
    set_clock(app, OPEN_AT)
    with transaction() as session:
        made = add_ballot(session, QUIZ)
    answer(made, *[{"first": "traffic" if at < 24 else "fraud"} for at in range(40)])
    return made


def at(moment: object) -> tuple[Told, Told]:
    with reading() as session:
        scope: DataScope = scope_at(session, moment)  # type: ignore[arg-type]
        rounds = (dict(zip(ROUNDS.header, line, strict=True)) for line in round_lines(session, scope))
        figures = (dict(zip(ROUND_FIGURES.header, line, strict=True)) for line in round_figure_lines(session, scope))
        return tuple(rounds), tuple(figures)


def test_its_days_are_told_and_no_number(ballot: Ballot) -> None:
    (line,), figures = at(OPEN_AT)
    assert (line["round"], line["kind"], line["state"]) == (1, "quiz", "open")
    days = line["announced_on"], line["first_day"], line["last_day"], line["results_on"]
    assert days == (PLANNED_AT.date().isoformat(), "2026-06-09", "2026-06-21", "2026-06-29")
    assert figures == ()
    with reading() as session:
        assert question_lines(session, scope_at(session, OPEN_AT)) == []


def test_one_that_was_only_planned_is_nobodys(app: Flask) -> None:
    with transaction() as session:
        add_ballot(session, announced=False)
    assert at(OPEN_AT) == ((), ())


def test_what_came_of_it_with_words_for_each_answer(ballot: Ballot) -> None:
    assert publish_rounds(RESULTS_AT) == 1
    (line,), figures = at(RESULTS_AT)
    with reading() as session:
        view = round_numbered(session, 1, RESULTS_AT)
        scope = scope_at(session, RESULTS_AT)
        answers = {answer[2:4] for answer in answer_lines(session, scope)}
        questions = {question[2:4] for question in question_lines(session, scope)}
    assert (line["state"], line["digest"]) == ("published", view.digest)
    shares = {figure["answer"]: figure["share"] for figure in figures}
    assert shares["traffic"] == 60
    assert {(figure["question"], figure["answer"]) for figure in figures} <= answers
    assert {(figure["question"], figure["row"]) for figure in figures} <= questions
    assert {figure["digest"] for figure in figures} == {view.digest}

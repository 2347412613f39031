"""Setting quotas: which questions make the groups, then a target for each group in a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.accounts.role import Permission
from app.domain.free_text import ascii_digits
from app.domain.problem import Problem
from app.domain.surveys.quotas import (
    MOST_QUESTIONS,
    MOST_TARGET,
    TARGET_OUT_OF_RANGE,
    Cell,
    cell_words,
    cells_of,
    chosen_questions,
    describe_cell,
    groupable,
)
from app.domain.surveys.survey import Question, SurveyDefinition
from app.services.surveys.quotas import open_definition, read_quotas, set_quotas
from app.services.surveys.surveys import get_survey
from app.transaction import reading, transaction
from app.web.context import now
from app.web.errors import sentence_of
from app.web.languages import reader_language
from app.web.office.guard import open_to, signed_in

#: no more digits than the highest target has are read
_DIGITS = len(str(MOST_TARGET))


@dataclass(frozen=True, slots=True)
class TargetField:
    """Where the target of one group is typed, and what stands in it."""

    name: str
    label: str
    text: str
    error: str


@dataclass(frozen=True, slots=True)
class TargetTable:
    """The choices of the last question side by side; those of a single question below each other."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[TargetField, ...]], ...]

    @property
    def wrong(self) -> list[tuple[str, str]]:
        fields = (field for _, row in self.rows for field in row)
        return [(field.name, f"{field.label}: {field.error}") for field in fields if field.error]


@open_to(Permission.MANAGE_SURVEYS, "/surveys/<slug>/quotas/questions")
def choose_quota_questions(slug: str) -> ResponseReturnValue:
    with reading() as session:
        definition = open_definition(session, slug)
        quotas = read_quotas(session, get_survey(session, slug).id)
    return _questions_page(slug, definition, quotas.questions if quotas else ())


@open_to(Permission.MANAGE_SURVEYS, "/surveys/<slug>/quotas/targets")
def type_quota_targets(slug: str) -> ResponseReturnValue:
    names = [name for name in request.args.getlist("question") if name]
    with reading() as session:
        definition = open_definition(session, slug)
        quotas = read_quotas(session, get_survey(session, slug).id)
    try:
        questions = chosen_questions(definition, names)
    except Problem as problem:
        return _questions_page(slug, definition, names, sentence_of(problem)), problem.status
    wanted = quotas.targets if quotas and quotas.questions == tuple(names) else {}
    return _targets_page(slug, definition, questions, {cell: str(target) for cell, target in wanted.items()})


@open_to(Permission.MANAGE_SURVEYS, "/surveys/<slug>/quotas/targets", "POST")
def save_quota_targets(slug: str) -> ResponseReturnValue:
    names = [name for name in request.form.getlist("question") if name]
    with reading() as session:
        definition = open_definition(session, slug)
    questions = chosen_questions(definition, names)
    typed = {cell: request.form.get(_field_name(cell), "").strip() for cell in cells_of(questions)}
    targets = {cell: _read_target(text) for cell, text in typed.items()}
    if None in targets.values():
        return _targets_page(slug, definition, questions, typed), 422
    wanted = {cell: target or 0 for cell, target in targets.items()}
    with transaction() as session:
        set_quotas(session, slug, names, wanted, actor_id=signed_in().id, now=now())
    flash(_("The quotas are set. Each phone gets them when it sends the next time."), "good")
    return redirect(url_for("office.surveys.show_quotas", slug=slug))


def _questions_page(slug: str, definition: SurveyDefinition, chosen: Sequence[str], refusal: str = "") -> str:
    return render_template(
        "office/surveys/quotas/questions.html",
        slug=slug,
        definition=definition,
        questions=groupable(definition),
        chosen=[*chosen, *[""] * MOST_QUESTIONS][:MOST_QUESTIONS],
        refusal=refusal,
    )


def _targets_page(
    slug: str, definition: SurveyDefinition, questions: Sequence[Question], typed: Mapping[Cell, str]
) -> str:
    table = _table(questions, typed)
    return render_template(
        "office/surveys/quotas/targets.html", slug=slug, definition=definition, questions=questions, targets=table
    )


def _table(questions: Sequence[Question], typed: Mapping[Cell, str]) -> TargetTable:
    *beside, last = questions
    if not beside:
        rows = tuple((field.label, (field,)) for field in (_field(questions, cell, typed) for cell in cells_of([last])))
        return TargetTable((_("Target"),), rows)
    heads = tuple(_words([last], (choice.name,)) for choice in last.choices)
    return TargetTable(
        heads,
        tuple(
            (_words(beside, row), tuple(_field(questions, (*row, choice.name), typed) for choice in last.choices))
            for row in cells_of(beside)
        ),
    )


def _field(questions: Sequence[Question], cell: Cell, typed: Mapping[Cell, str]) -> TargetField:
    text = typed.get(cell, "")
    wrong = _read_target(text) is None
    error = _(TARGET_OUT_OF_RANGE.message, most=MOST_TARGET, target=text) if wrong else ""
    return TargetField(_field_name(cell), _words(questions, cell), text, error)


def _words(questions: Sequence[Question], cell: Cell) -> str:
    return describe_cell(cell_words(cell, [question.name for question in questions], questions), reader_language())


def _field_name(cell: Cell) -> str:
    """No name of a choice holds a slash."""
    return "target/" + "/".join(cell)


def _read_target(text: str) -> int | None:
    """The number that was typed, in digits of either script; nothing is none wanted; None if it is no target."""
    digits = ascii_digits(text)
    if not digits:
        return 0
    # isdigit() alone would take superscripts, and int() would take underscores.
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS else -1
    return number if 0 <= number <= MOST_TARGET else None

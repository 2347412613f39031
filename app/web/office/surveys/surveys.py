"""Questionnaires: bring in, look at in both languages, publish, close."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from markupsafe import Markup

from app.domain.accounts.role import Permission
from app.domain.problem import Problem
from app.domain.surveys.expression_text import expression_text
from app.domain.surveys.publication import hindrances
from app.domain.surveys.recordings import names_asked
from app.domain.surveys.survey import Page, Question, SurveyDefinition, SurveyState, Tree
from app.formats.xlsform.reading import FormReading
from app.formats.xlsform.sheets import MAX_BYTES
from app.services.surveys.main_survey import choose_main_survey, main_survey
from app.services.surveys.recordings import missing_recordings
from app.services.surveys.starter_changes import starter_changes
from app.services.surveys.surveys import (
    check_form,
    close_survey,
    get_survey,
    get_version,
    import_draft,
    list_surveys,
    publish_draft,
    read_starter,
    starter_names,
    starter_workbook,
)
from app.transaction import reading, transaction
from app.web.context import now
from app.web.errors import sentence_of
from app.web.office.downloads import XLSX, attachment
from app.web.office.guard import open_to, signed_in
from app.web.office.surveys.words import CHANGED, WORDS

#: what is looked at side by side before anything is published
PREVIEWED = ("hi", "en")


class UploadForm(FlaskForm):  # type: ignore[misc]
    file = FileField(
        _l("Form"),
        [FileRequired(_l("Please choose a file."))],
        description=_l("An XLSForm as .xlsx, .xls, .csv or .md. It becomes a draft; citizens do not see it yet."),
    )


class SeenForm(FlaskForm):  # type: ignore[misc]
    """Only the CSRF token: what is confirmed stands in the address and on the page."""


@dataclass(frozen=True, slots=True)
class PreviewedQuestion:
    """A question as citizens will see it, by language, and when it is asked or refused."""

    name: str
    shown: dict[str, Markup]
    relevant: str
    constraint: str
    key: str


@dataclass(frozen=True, slots=True)
class PreviewedPage:
    page: Page
    relevant: str
    questions: tuple[PreviewedQuestion, ...]


@open_to(Permission.MANAGE_SURVEYS, "/surveys")
def show_surveys() -> ResponseReturnValue:
    return _list_page(UploadForm())


@open_to(Permission.MANAGE_SURVEYS, "/surveys", "POST")
def upload() -> ResponseReturnValue:
    form = UploadForm()
    if not form.validate():
        return _list_page(form), 422
    # One byte more than is accepted tells that a file is too large, whatever its size.
    with form.file.data.stream as stream:
        content = stream.read(MAX_BYTES + 1)
    return _keep(check_form(content, form.file.data.filename or ""), form)


@open_to(Permission.MANAGE_SURVEYS, "/survey-starters/<name>", "POST")
def take_starter(name: str) -> ResponseReturnValue:
    return _keep(read_starter(name), UploadForm())


@open_to(Permission.MANAGE_SURVEYS, "/survey-starters/<name>.xlsx")
def download_starter(name: str) -> ResponseReturnValue:
    return attachment(starter_workbook(name), f"{name}.xlsx", XLSX)


@open_to(Permission.MANAGE_SURVEYS, "/surveys/<slug>")
def show_survey(slug: str) -> ResponseReturnValue:
    with reading() as session:
        survey = get_survey(session, slug)
        is_main = main_survey(session) == survey.slug
    changes = starter_changes(survey)
    shown = {"survey": survey, "is_main": is_main, "changes": changes, "changed": CHANGED}
    return render_template("office/surveys/survey.html", **shown, **WORDS)


@open_to(Permission.MANAGE_SURVEYS, "/surveys/<slug>/<int:number>")
def show_version(slug: str, number: int) -> ResponseReturnValue:
    with reading() as session:
        version = get_version(session, slug, number)
        lacking = hindrances(version.definition) if version.state is SurveyState.DRAFT else ()
        unrecorded = missing_recordings(session, version.id, version.definition)
    return render_template(
        "office/surveys/version.html",
        version=version,
        lacking=[sentence_of(problem) for problem in lacking],
        named=len(names_asked(version.definition)),
        unrecorded=unrecorded,
        pages=list(_previewed(version.definition)),
        languages=PREVIEWED,
        **WORDS,
    )


@open_to(Permission.MANAGE_SURVEYS, "/surveys/<slug>/publish", "POST")
def publish(slug: str) -> ResponseReturnValue:
    # What was on the page that was read, so that another draft cannot slip in behind it.
    seen = request.form.get("seen", "")
    with transaction() as session:
        publish_draft(session, slug, actor_id=signed_in().id, now=now(), seen=seen)
    flash(_("Published. Codes of this questionnaire show it from now on."), "good")
    return redirect(url_for("office.surveys.show_survey", slug=slug))


@open_to(Permission.MANAGE_SURVEYS, "/surveys/<slug>/main", "POST")
def make_main(slug: str) -> ResponseReturnValue:
    with transaction() as session:
        choose_main_survey(session, slug, actor_id=signed_in().id, now=now())
    flash(_("This is the main questionnaire now. Forms and results begin with it."), "good")
    return redirect(url_for("office.surveys.show_survey", slug=slug))


@open_to(Permission.MANAGE_SURVEYS, "/surveys/<slug>/close", "GET", "POST")
def close(slug: str) -> ResponseReturnValue:
    with reading() as session:
        survey = get_survey(session, slug)
    if not SeenForm().validate_on_submit():
        return render_template("office/surveys/close.html", survey=survey)
    with transaction() as session:
        close_survey(session, slug, actor_id=signed_in().id, now=now())
    flash(_("Closed. What is answered from now on is set aside."), "good")
    return redirect(url_for("office.surveys.show_survey", slug=slug))


def _list_page(form: UploadForm, problems: FormReading | None = None, refusal: str = "") -> str:
    with reading() as session:
        surveys, main = list_surveys(session), main_survey(session)
    taken = {survey.slug for survey in surveys}
    return render_template(
        "office/surveys/list.html",
        surveys=surveys,
        main=main,
        newer={survey.slug for survey in surveys if starter_changes(survey)},
        form=form,
        problems=problems.problems if problems else (),
        refusal=refusal,
        starters=starter_names(),
        taken=taken,
        sentence_of=sentence_of,
        **WORDS,
    )


def _keep(found: FormReading, form: UploadForm) -> ResponseReturnValue:
    if found.definition is None:
        return _list_page(form, problems=found), 422
    try:
        with transaction() as session:
            draft = import_draft(session, found, actor_id=signed_in().id, now=now())
    except Problem as problem:
        return _list_page(form, refusal=sentence_of(problem)), problem.status
    for warning in found.warnings:
        if "row" in warning.details:
            flash(_("Row %(row)s: %(what)s", row=warning.details["row"], what=sentence_of(warning)), "warning")
    if draft.state is SurveyState.PUBLISHED:
        flash(
            _("Added to what is published: which answers are good, and how that is said. No question changed."), "good"
        )
        return redirect(url_for("office.surveys.show_survey", slug=draft.slug))
    flash(_("Kept as a draft. Please look at it in both languages before you publish it."), "good")
    return redirect(url_for("office.surveys.show_version", slug=draft.slug, number=draft.number))


def _previewed(definition: SurveyDefinition) -> Iterator[PreviewedPage]:
    for page in definition.pages:
        questions = tuple(_previewed_question(question) for question in page.questions)
        yield PreviewedPage(page, _spelled(page.relevant), questions)


def _previewed_question(question: Question) -> PreviewedQuestion:
    return PreviewedQuestion(
        name=question.name,
        shown={language: _as_citizens_see_it(question, language) for language in PREVIEWED},
        relevant=_spelled(question.relevant),
        constraint=_spelled(question.constraint),
        key="" if question.key is None else str(question.key),
    )


def _as_citizens_see_it(question: Question, language: str) -> Markup:
    # Two languages of one question stand on the page, so their fields need names of their own.
    apart = replace(question, name=f"{language}-{question.name}")
    with force_locale(language):
        return Markup(render_template("office/surveys/question.html", question_shown=apart, shown_in=language))  # noqa: S704


def _spelled(tree: Tree | None) -> str:
    return "" if tree is None else expression_text(tree)

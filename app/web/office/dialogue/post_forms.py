"""The forms of posts: one field for each language that the department requires."""

from collections.abc import Sequence
from datetime import date

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.dialogue.post import LONGEST_REASON, MOST, LegalQuestion, PostKind, PostText, RemovalCause
from app.domain.problem import Problem
from app.web.dialogue.words import CAUSES, KINDS
from app.web.languages import LANGUAGES
from app.web.office.days import DayField
from app.web.office.refusals import show_refusal

#: what is written in each language, in the order of the form
_WRITTEN = {
    "title": (_l("Title"), StringField, None),
    "body": (
        _l("Text"),
        TextAreaField,
        _l(
            "A blank line begins a paragraph. **bold**, ## heading, - list. Links: [words](https://….gov.in/…), also "
            ".nic.in, /v on this page, and tel:112."
        ),
    ),
    "sources": (
        _l("Sources"),
        TextAreaField,
        _l("Laws with their section, orders, official pages; each on its own line, with - before it."),
    ),
    "alt": (_l("What the picture shows"), StringField, _l("For people who cannot see it; needed with a picture.")),
    "change_note": (_l("What changes"), StringField, _l("Stands above the text, for everybody.")),
}
QUESTIONS = {
    LegalQuestion.UNRECOGNISED: _l(
        "Nobody can recognise a victim, a child or an accused person in it: not by name, place, week, school or "
        "family (BNS s. 72, POCSO s. 23, JJ Act s. 74)."
    ),
    LegalQuestion.CONSENT: _l("It says nobody's words without written consent."),
    LegalQuestion.SOURCES: _l("Its sources are named, and I have looked them up."),
    LegalQuestion.NO_TRIAL: _l("It is not about a trial or an investigation that is pending."),
}


class PostForm(FlaskForm):  # type: ignore[misc]
    """Grows its fields for texts in `of`."""

    kind = SelectField(_l("What it is"), [InputRequired()], validate_choice=False)
    review_on = DayField(
        _l("Somebody looks at it again by"),
        [Optional()],
        description=_l("Needed for tips and rights: at most 12 months ahead. After that day it is in no list."),
    )
    picture = FileField(
        _l("Picture"),
        description=_l(
            "PNG or JPEG, at most 7 MB. It is made smaller, and what else is in the file, such as where it was taken, "
            "is left out. After an error it has to be chosen again."
        ),
    )
    without_picture = BooleanField(_l("Without a picture"))

    def text_fields(self) -> list[tuple[str, list[Field]]]:
        """For each language its fields."""
        names = [name for name in _WRITTEN if f"{name}-{LANGUAGES[0]}" in self]
        return [(language, [self[f"{name}-{language}"] for name in names]) for language in LANGUAGES]

    def text(self) -> PostText:
        def of(name: str) -> dict[str, str]:
            fields = ((language, self._fields.get(f"{name}-{language}")) for language in LANGUAGES)
            return {language: field.data or "" for language, field in fields if field is not None}

        return PostText(
            of("title"), of("body"), of("sources"), of("alt"), of("change_note"), review_on=self.review_on.data
        )


def post_form(kinds: Sequence[PostKind], before: PostText | None, *, is_correction: bool) -> PostForm:
    """Filled in with what stood there; `kinds` is what can be chosen, none where it stands fast."""

    class Form(PostForm):
        pass

    for language in LANGUAGES:
        for name, (label, field, description) in _WRITTEN.items():
            if name == "change_note" and not is_correction:
                continue
            limits = {"maxlength": MOST[name], "lang": language}
            if field is TextAreaField:
                limits["rows"] = 12 if name == "body" else 3
            more = {"description": description} if description else {}
            words = f"{label} · {language_name(language)}"
            setattr(Form, f"{name}-{language}", field(words, render_kw=limits, **more))
    form = Form(data=_as_fields(before) if before else None)
    for _language, texts in form.text_fields():
        for text in texts:
            text.flags.required = not text.name.startswith("alt-")
    form.kind.choices = [SelectChoice(kind.value, KINDS[kind]) for kind in kinds]
    if not kinds:
        del form.kind
    return form


class TickedForm(FlaskForm):  # type: ignore[misc]
    """What whoever publishes answers for."""

    ticked = SelectMultipleField(
        _l("I have read it in every language, and answer for this"),
        choices=[SelectChoice(question.value, words) for question, words in QUESTIONS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )


class WhyForm(FlaskForm):  # type: ignore[misc]
    """A sentence for staff alone."""

    why = StringField(
        _l("Why?"), description=_l("Only staff read it. Name no person."), render_kw={"maxlength": LONGEST_REASON}
    )


class RemovalForm(WhyForm):
    cause = SelectField(
        _l("What everybody reads"), choices=[SelectChoice(cause.value, words) for cause, words in CAUSES.items()]
    )

    def chosen(self) -> RemovalCause:
        return RemovalCause(self.cause.data)


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """A sentence for everybody, in each language; made by `reason_form`."""

    def reason(self) -> dict[str, str]:
        return {language: self[f"reason-{language}"].data or "" for language in LANGUAGES}


def reason_form() -> ReasonForm:
    class Form(ReasonForm):
        pass

    for language in LANGUAGES:
        limits = {"maxlength": LONGEST_REASON, "lang": language}
        words = f"{_('Why it does not hold any more')} · {language_name(language)}"
        setattr(Form, f"reason-{language}", StringField(words, render_kw=limits))
    form = Form()
    for language in LANGUAGES:
        form[f"reason-{language}"].flags.required = True
    return form


def show_parts(form: FlaskForm, problem: Problem) -> None:
    """Each part of a problem beside the field, and of fields in several languages beside that of its own."""
    for part in problem.parts or (problem,):
        name, language = part.details.get("field"), part.details.get("language")
        key = f"{name}-{language}" if language else str(name)
        show_refusal(form, part, form._fields.get(key))


def language_name(language: str) -> str:
    """As its speakers call it."""
    return Locale.parse(language).get_display_name(language) or language


def _as_fields(text: PostText) -> dict[str, str | date | None]:
    written = {f"{name}-{language}": words for name in _WRITTEN for language, words in getattr(text, name).items()}
    return {**written, "review_on": text.review_on}

"""What is typed about promises: in every language, since everybody reads it."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired

from app.domain.dialogue.commitment import LONGEST_OFFICE, LONGEST_TEXT, Step
from app.domain.problem import Problem
from app.domain.surveys.survey import REQUIRED_LANGUAGES
from app.web.office.days import DayField
from app.web.office.refusals import show_refusal

_NAMES = {"hi": _l("in Hindi"), "en": _l("in English")}
_FOR_EVERYBODY = _l("Everybody reads it, and it stays for ever. Name no person.")
#: which field a refusal is about, by its code; of a text the first language
_FIELDS = {"commitment.share_goal": "will", "commitment.due_range": "due_on", "commitment.due_earlier": "due_on"}


class WordingForm(FlaskForm):  # type: ignore[misc]
    """What will be done, by which office, and by when."""


class EndForm(FlaskForm):  # type: ignore[misc]
    """How a promise ended, and what there is to say about it."""

    step = RadioField(
        _l("What became of it?"),
        [InputRequired(_l("Please choose one of the three."))],
        choices=[
            SelectChoice(Step.DONE.value, _l("It was done")),
            SelectChoice(Step.NOT_DONE.value, _l("It was not done")),
            SelectChoice(Step.WITHDRAWN.value, _l("It was a mistake, and is withdrawn")),
        ],
    )


class MoveForm(FlaskForm):  # type: ignore[misc]
    due_on = DayField(
        _l("New day"),
        [InputRequired(_l("Write a day."))],
        description=_l("The day that was promised first stays beside it, and from that day on it counts as late."),
    )


class ReasonForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        _l("Why do you give it back?"),
        [InputRequired(_l("Please give a reason."))],
        description=_l("Whoever wrote it reads this, and nobody outside."),
        render_kw={"maxlength": LONGEST_TEXT, "rows": 2},
    )


def texts_in(form: FlaskForm, name: str) -> dict[str, str]:
    """What was typed, by language."""
    return {language: form[f"{name}_{language}"].data or "" for language in REQUIRED_LANGUAGES}


def filled_in(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """What a form begins with."""
    return {f"{name}_{language}": texts.get(language, "") for language in REQUIRED_LANGUAGES}


def refuse(form: FlaskForm, problem: Problem) -> None:
    """Say it beside the field that it is about, as far as its code tells which."""
    name = _FIELDS.get(problem.code)
    fields = (name, f"{name}_{REQUIRED_LANGUAGES[0]}")
    show_refusal(form, problem, next((form[one] for one in fields if one in form), None))


def _ask(form: type, name: str, label: object, description: object, most: int = LONGEST_TEXT) -> None:
    """A field for each language."""
    kind = TextAreaField if most > LONGEST_OFFICE else StringField
    for language in REQUIRED_LANGUAGES:
        asked = _l("%(what)s – %(language)s", what=label, language=_NAMES.get(language, language))
        given = {"lang": language, "maxlength": most} | ({"rows": 3} if kind is TextAreaField else {})
        missing = InputRequired(_l("Please write this in every language."))
        setattr(form, f"{name}_{language}", kind(asked, [missing], description=description, render_kw=given))


_ask(
    WordingForm,
    "will",
    _l("What will be done?"),
    _l("Something that can be seen to be done, in at most 280 characters. No share as a goal, no name."),
)
_ask(
    WordingForm,
    "office",
    _l("Which office does it?"),
    _l("The post, such as “Station head”. Never a person's name."),
    LONGEST_OFFICE,
)
WordingForm.due_on = DayField(
    _l("By when?"), [InputRequired(_l("Write a day."))], description=_l("From a week to half a year from today.")
)
_ask(EndForm, "texts", _l("What was done, or why not?"), _FOR_EVERYBODY)
_ask(MoveForm, "texts", _l("Why?"), _FOR_EVERYBODY)

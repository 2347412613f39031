"""What invented people are asked: eighteen items like those of a station visit, six on the first page."""

from collections.abc import Sequence

from app.domain.responses.screening.items import ItemForm, item_form
from app.domain.surveys.survey import Choice, Page, Question, QuestionType, SurveyDefinition, SurveyKind

PURPOSES = ("application", "complaint", "fir", "papers", "help", "called", "other")
MONEY = ("no", "hinted", "asked", "given")
WATCHED = ("no", "watching", "asked", "both")
WAITING = ("under_15", "under_60", "under_180", "longer", "never")
TAKEN = ("taken", "elsewhere", "later", "refused")
COPY = ("free", "paid", "no")
YES_NO = ("no", "yes")
EQUAL = ("yes", "partly", "no")
CHANGE = ("waiting", "manners", "take_complaints", "explain", "updates", "facilities", "nothing")
ROOMS = ("cleanliness", "seating", "water", "toilet")
MAIN = "satisfied"


def _one(name: str, choices: Sequence[str]) -> Question:
    return Question(name, QuestionType.SELECT_ONE, {}, choices=_choices(choices))


def _scale(name: str) -> Question:
    return Question(name, QuestionType.SCALE, {}, choices=_choices("54321"))


def _choices(names: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(Choice(name, {}) for name in names)


_CORE = (
    _one("purpose", PURPOSES),
    _scale("respect"),
    _scale("heard"),
    _one("extra_money", MONEY),
    _scale(MAIN),
    _one("watched", WATCHED),
)
_VISIT = (
    _one("waiting", WAITING),
    _one("taken", TAKEN),
    _one("free_copy", COPY),
    _scale("explained"),
    _one("pressure", YES_NO),
)
_STATION = (
    _one("equal", EQUAL),
    _scale("safe"),
    Question("facilities", QuestionType.GRID, {}, choices=_choices("54321"), rows=_choices(ROOMS)),
    Question("change", QuestionType.SELECT_MULTIPLE, {}, choices=_choices(CHANGE), exclusive=("nothing",)),
)
SURVEY = SurveyDefinition(
    SurveyKind.SURVEY, {}, (), (Page("core", _CORE), Page("visit", _VISIT), Page("station", _STATION))
)


def _form() -> ItemForm:
    form = item_form(SURVEY)
    if form is None:
        raise RuntimeError("the first page has too few items")
    return form


FORM = _form()

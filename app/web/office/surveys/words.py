"""What kinds, states and changes of questionnaires are called."""

from flask_babel import lazy_gettext as _l

from app.domain.surveys.survey import SurveyKind, SurveyState
from app.services.surveys.starter_changes import ChangeKind

KINDS = {SurveyKind.SURVEY: _l("Questionnaire"), SurveyKind.POLL: _l("Poll"), SurveyKind.QUIZ: _l("Quiz")}
# What another version replaced is closed too, and is told apart for readers alone.
STATES = {
    SurveyState.DRAFT: _l("Draft"),
    SurveyState.PUBLISHED: _l("Published"),
    SurveyState.CLOSED: _l("Closed"),
    "replaced": _l("Replaced"),
}
STATE_KINDS = {
    SurveyState.DRAFT: "warning",
    SurveyState.PUBLISHED: "good",
    SurveyState.CLOSED: "info",
    "replaced": "info",
}
CHANGED = {
    ChangeKind.TITLE: _l("Another title"),
    ChangeKind.ADDED: _l("New question"),
    ChangeKind.REMOVED: _l("Question left out"),
    ChangeKind.REWORDED: _l("Reworded"),
    ChangeKind.MOVED: _l("On another page"),
    ChangeKind.ASKED_OTHERWISE: _l("When it is asked, or which answers pass"),
    ChangeKind.CHOICE_ADDED: _l("New choice"),
    ChangeKind.CHOICE_REMOVED: _l("Choice left out"),
    ChangeKind.CHOICE_REWORDED: _l("Choice reworded"),
}
WORDS: dict[str, object] = {"kinds": KINDS, "states": STATES, "state_kinds": STATE_KINDS}

"""The script for whoever calls people by telephone, and the sheet on which calls are counted: Hindi, then English."""

from dataclasses import dataclass

from app.domain.installation.department_view import DepartmentView
from app.domain.surveys.reading import GOOD_STEPS
from app.domain.surveys.survey import Question, in_language
from app.formats.paper.pages import render_page
from app.formats.paper.pdf import render_pdf

_TEMPLATE = "calls/calls.html"
_STYLES = ("shared/paper.css", "calls/calls.css")
#: rows of the sheet for counting: of a good answer, and of any other. Who calls reads numbers, and not which is better
GOOD_ROW, OTHER_ROW = 5, 6
#: calls that one row counts
BOXES = 50


@dataclass(frozen=True, slots=True)
class ScriptWords:
    """What the script asks in one language: the question, and each answer with the row in which it is counted."""

    language: str
    question: str
    answers: tuple[tuple[str, int], ...]


def draw_call_script(department: DepartmentView, question: Question) -> bytes:
    """The PDF: in each language a call about an interview, a call with this one question, and a sheet for counting.

    What is said before the person asked for is on the line names neither police nor case nor station, so nothing of
    the department or the questionnaire may stand above the line that each script marks.
    """
    scripts = [_words(question, language) for language in ("hi", "en")]
    html = render_page(_TEMPLATE, "hi", department=department, scripts=scripts, boxes=BOXES)
    return render_pdf(html, stylesheets=_STYLES)


def _words(question: Question, language: str) -> ScriptWords:
    answers = tuple(
        (in_language(choice.label, language), GOOD_ROW if choice.name in GOOD_STEPS else OTHER_ROW)
        for choice in question.choices
    )
    return ScriptWords(language, in_language(question.label, language), answers)

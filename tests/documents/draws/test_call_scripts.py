"""The script for callers: what is said before and after its marked line, and the rows in which calls are counted."""

import re

import pypdfium2
import pytest

from app.documents.draws.call_scripts import draw_call_script
from app.domain.installation.department_view import DepartmentView, Helpline
from app.domain.places.place import BilingualName
from app.domain.surveys.survey import Choice, Question, QuestionType
from tests.documents.drawn import picture_of, text_of

DEPARTMENT = DepartmentView(
    BilingualName("नमूना पुलिस", "Sample Police"),
    demonstration=True,
    helplines=(Helpline(BilingualName("पुलिस मदद", "Police help"), "112"),),
)
QUESTION = Question(
    "satisfied",
    QuestionType.SCALE,
    {"hi": "थाने के काम से आप कितने संतुष्ट हैं?", "en": "How satisfied are you with the police station?"},
    choices=tuple(Choice(str(step), {"hi": f"संतुष्टि {step}", "en": f"Satisfaction {step}"}) for step in range(5, 0, -1)),
)
LINES = {"hi": "रुकें। आगे तभी पढ़ें", "en": "Stop. Read on only when"}
NAMED = re.compile(r"पुलिस|थान|चौकी|प्रकरण|\bFIR\b|शिकायत|police|station|case|complaint", re.IGNORECASE)


@pytest.fixture(scope="module")
def document() -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(draw_call_script(DEPARTMENT, QUESTION))


@pytest.fixture(scope="module")
def texts(document: pypdfium2.PdfDocument) -> list[str]:
    return [text_of(page) for page in document]


def test_each_language_has_two_scripts_and_a_sheet_for_counting(texts: list[str]) -> None:
    assert [line in text for line in LINES.values() for text in texts] == [
        *(True, True, False, False, False, False),
        *(False, False, False, True, True, False),
    ]
    assert ["silent_asked" in text for text in texts] == [False, False, True] * 2
    assert all("DEMO" in text for text in texts)


@pytest.mark.parametrize("number", range(6))
def test_before_the_marked_line_nothing_names_police_case_or_station(texts: list[str], number: int) -> None:
    line = LINES["hi" if number < 3 else "en"]
    before, _, after = texts[number].partition(line)
    assert not NAMED.search(before)
    assert bool(NAMED.search(after)) is (number % 3 != 2)


def test_the_second_call_asks_the_question_and_says_where_each_answer_is_counted(texts: list[str]) -> None:
    hindi, english = texts[1], texts[4]
    assert "थाने के काम से आप कितने संतुष्ट हैं?" in hindi
    assert all(f"संतुष्टि {step} पंक्ति {row}" in hindi for step, row in zip(range(5, 0, -1), "55666", strict=True))
    assert "How satisfied are you with the police station?" in english
    assert all(f"Satisfaction {step} row {row}" in english for step, row in zip(range(5, 0, -1), "55666", strict=True))
    assert all("How satisfied" not in text for text in texts[:4])


def test_each_script_says_what_is_never_asked_and_gives_help_at_its_end(texts: list[str]) -> None:
    for scripts, never, goodbye, helps in (
        (texts[:2], "OTP, पैसे या आधार", "बस इतना ही पूछना था।", "पुलिस मदद 112"),
        (texts[3:5], "OTP, money or Aadhaar", "That was all.", "Police help 112"),
    ):
        for text in scripts:
            assert text.count(never) == 2
            assert helps in text.rpartition(goodbye)[2]


def test_the_sheet_for_counting_has_no_room_for_a_person(texts: list[str]) -> None:
    """What is filled in are the code of a place, a quarter and totals; all other words tell what not to write."""
    english = texts[5]
    assert re.findall(r"([\w ()]+):", english.replace("\n", " ")) == [" DEMO Place (code)", " Quarter"]
    assert "Write no name and no number on this sheet." in english


def test_no_ink_leaves_the_page(document: pypdfium2.PdfDocument) -> None:
    for page in document:
        picture = picture_of(page).convert("L")
        edge = [picture.crop(box) for box in edges(*picture.size)]
        assert {side.getextrema() for side in edge} == {(255, 255)}


def edges(width: int, height: int) -> list[tuple[int, int, int, int]]:
    """A strip of some millimetres along each side."""
    strip = 40
    return [
        (0, 0, strip, height),
        (width - strip, 0, width, height),
        (0, 0, width, strip),
        (0, height - strip, width, height),
    ]

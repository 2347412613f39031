"""HTML for paper: our sentences in either language, other people's words as words."""

from datetime import date

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from app.domain.problem import Problem
from app.formats.paper.pages import day, fit, printable, render_page, wording


def test_a_sentence_is_ours_and_what_stands_in_it_is_escaped() -> None:
    said = wording("hi")("about %(number)s answers", number="<b>5\u202e</b>")
    assert said == "लगभग &lt;b&gt;5&lt;/b&gt; जवाब"
    assert wording("en")("100 % of <b>them</b>") == "100 % of <b>them</b>"


@pytest.mark.parametrize("disturbing", ["\0", "\x0b", "\u200e", "\u202e", "\u2069", "\ufeff", "\ud800"], ids=ascii)
def test_what_disturbs_the_lines_around_it_is_not_printed(disturbing: str) -> None:
    assert printable(f"था{disturbing}ना") == "थाना"


def test_what_hindi_and_lines_need_is_printed() -> None:
    assert printable("क्\u200dष\u200c\t\n") == "क्\u200dष\u200c\t\n"
    assert printable(5) == 5


def test_what_was_safe_stays_so() -> None:
    kept = printable(Markup("<b>था\u202eना</b>"))
    assert (kept, type(kept)) == ("<b>थाना</b>", Markup)


def test_a_name_that_a_template_does_not_get_is_an_error_and_no_gap() -> None:
    with pytest.raises(UndefinedError):
        render_page("key-sheet/key-sheet.html", "en")


def test_a_date_is_said_in_words() -> None:
    assert (day(date(2026, 11, 23), "en"), day(date(2026, 11, 3), "hi")) == ("23 November 2026", "3 नवंबर 2026")


def test_a_text_from_the_settings_is_drawn_as_large_as_it_fits() -> None:
    assert fit("Samvad", 12, 100) == 'style="font-size: 12.00pt"'
    assert fit("Samvad", 12, 10_000, unit="px") == 'style="font-size: 12.00px"'
    narrow = fit("samvad.mppolice.gov.in", 12, 20)
    assert 3.5 <= float(narrow.removeprefix('style="font-size: ').removesuffix('pt"')) < 12
    with pytest.raises(Problem, match=r"print\.text_too_long"):
        fit("samvad.mppolice.gov.in" * 9, 12, 20)

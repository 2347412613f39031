"""Hindi in a print is copied, searched and read aloud as it was written."""

import pytest

from app.domain.problem import Problem
from app.formats.paper.pdf import render_pdf
from tests.factories.pdfs import HARD, page, text_of


@pytest.mark.parametrize("tagged", [False, True])
def test_hindi_comes_out_as_it_went_in(tagged: bool) -> None:
    pdf = render_pdf(page(f"<h1>{HARD}</h1><p>थाना {HARD} 112</p>"), stylesheets=["shared/paper.css"], tagged=tagged)
    assert text_of(pdf) == f"{HARD} थाना {HARD} 112"


def test_wrapped_hindi_comes_out_line_by_line() -> None:
    pdf = render_pdf(page(f'<p style="width: 30mm">{HARD}</p>'), stylesheets=["shared/paper.css"])
    assert text_of(pdf) == HARD


@pytest.mark.parametrize(("text", "character"), [("थाना 🚔", "🚔"), ("汉字", "字"), ("\ue000", "\ue000")])
def test_a_missing_glyph_is_an_error(text: str, character: str) -> None:
    with pytest.raises(Problem) as refused:
        render_pdf(page(f"<p>{text}</p>"))
    assert refused.value.code == "print.glyph_missing"
    assert refused.value.details == {"character": character, "codepoint": f"U+{ord(character):04X}"}

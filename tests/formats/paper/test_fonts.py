"""The fonts of everything printed."""

import pytest

from app.domain.problem import Problem
from app.formats.paper import fonts as pdf_fonts
from app.formats.paper.fonts import font_configuration, require_fonts, require_glyphs


def test_joiners_and_spaces_need_no_glyph() -> None:
    require_glyphs("क्\u200dष\u200c \u00a0\u00ad\u2009\n")


def test_a_missing_font_is_an_error_that_names_its_package() -> None:
    with pytest.raises(Problem) as refused:
        require_fonts(font_configuration(), ("Noto Sans", "Noto Sans Nowhere"))
    assert refused.value.code == "print.font_missing"
    assert refused.value.details == {"font": "Noto Sans Nowhere Regular", "package": "fonts-noto-core"}


def test_the_two_families_are_two_files() -> None:
    files = require_fonts(font_configuration())
    assert len(set(files)) == 4
    assert {family.replace(" ", "") for family in pdf_fonts.FAMILIES} == {"NotoSans", "NotoSansDevanagari"}

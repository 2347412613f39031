"""Text set in lines: every letter is drawn once, and nothing is ever clipped."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.formats.paper.fonts import FAMILIES
from app.formats.paper.typesetting import Line, fit_text, primary_font, set_line
from tests.factories.codes.prints import HARD_NAMES

SIZES = (26.0, 20.0, 14.0)
WORDS = st.lists(st.sampled_from(["थाना", "क्षत्रिय-ज्ञानपुर", "श्रीरङ्गुपट्टनम्", "Kotwali", "112", HARD_NAMES[5]]), max_size=6)


def fitted(text: str, width: float, height: float = 0) -> tuple[float, list[str]]:
    size, lines = fit_text(text, "hi", bold=True, width=width, height=height, sizes=SIZES, line_height=1.4)
    return size, [line.text for line in lines]


def letters(line: Line) -> str:
    return "".join(glyph.letters for run in line.runs for glyph in run.glyphs)


def shapes(line: Line) -> list[tuple[int, int]]:
    return [(glyph.id, glyph.advance) for run in line.runs for glyph in run.glyphs]


def wide(text: str, size: float) -> float:
    return set_line(text, "hi", bold=True).width * size


@pytest.mark.parametrize("language", ["hi", "en"])
@pytest.mark.parametrize("text", [*HARD_NAMES, "Kotwali 112 थाना, क्\u200dष · é", "\u200dक"])
def test_the_glyphs_of_a_line_say_every_letter_once(text: str, language: str) -> None:
    assert letters(set_line(text, language, bold=False)) == text


def test_each_script_is_drawn_by_its_own_font_first() -> None:
    for language, family in (("hi", FAMILIES[1]), ("en", FAMILIES[0])):
        (run,) = set_line("112", language, bold=True).runs
        assert run.font == primary_font(language, bold=True)
        assert f"/{family.replace(' ', '')}-Bold." in run.font.file


def test_what_the_first_font_cannot_write_the_second_does() -> None:
    pieces = [run.font for run in set_line("Kotwali थाना Nagar", "en", bold=False).runs]
    latin, devanagari = primary_font("en", bold=False), primary_font("hi", bold=False)
    assert pieces == [latin, devanagari, latin]


def test_a_joiner_stays_with_the_letter_whose_shape_it_rules() -> None:
    joined, (run,) = set_line("क्\u200dष", "en", bold=False), set_line("क्ष", "en", bold=False).runs
    assert len(joined.runs) == 1
    assert [glyph.id for glyph in joined.runs[0].glyphs] != [glyph.id for glyph in run.glyphs]


def test_a_character_that_no_font_has_is_refused() -> None:
    with pytest.raises(Problem, match=r"print\.glyph_missing"):
        set_line("थाना 🚔", "hi", bold=True)


def test_a_text_shrinks_before_it_wraps_and_then_is_as_large_as_it_can_be() -> None:
    one_line_at_20 = wide("थाना कोतवाली", 20) + 0.1
    assert fitted("थाना कोतवाली", one_line_at_20, 100) == (20, ["थाना कोतवाली"])
    one_word_at_26 = wide("थाना", 26) + 0.1
    assert fitted("थाना थाना", one_word_at_26, 100) == (26, ["थाना", "थाना"])


def test_a_word_is_broken_only_where_its_glyphs_stay_as_they_are() -> None:
    word = "WATAVARANAVATIYATAVARAYATAVAYATAVANAGAR"
    _, lines = fit_text(word, "en", bold=True, width=160, height=60, sizes=SIZES, line_height=1.4)
    assert len(lines) > 1
    assert [glyph for line in lines for glyph in shapes(line)] == shapes(set_line(word, "en", bold=True))


def test_a_box_of_one_line_is_never_wrapped_but_shrunk_below_its_sizes() -> None:
    size, lines = fitted("थाना कोतवाली", wide("थाना कोतवाली", 8))
    assert (len(lines), size < 14, size > 7) == (1, True, True)


def test_nothing_needs_no_line() -> None:
    assert fitted("  ", 100) == (26, [])


@settings(max_examples=40)
@given(WORDS, st.floats(60, 300), st.sampled_from([0, 40, 90]))
def test_whatever_is_set_stays_in_its_box_whole(words: list[str], width: float, height: float) -> None:
    try:
        size, lines = fitted(" ".join(words), width, height)
    except Problem:
        return
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert all(wide(line, size) <= width + 1e-6 for line in lines)
    assert len(lines) <= 1 or len(lines) * size * 1.4 <= height + 1e-3
    assert not any(unicodedata.combining(line[0]) or unicodedata.category(line[0]) == "Mc" for line in lines)


def test_what_cannot_be_read_any_more_is_refused_by_its_beginning() -> None:
    with pytest.raises(Problem, match=r"print\.text_too_long") as refused:
        fitted("क्ष " * 2000, 100, 30)
    assert refused.value.details == {"text": ("क्ष " * 2000)[:60]}

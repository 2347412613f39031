"""What people type: whatever comes is made safe to keep, and Hindi stays as it was."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.free_text import MAX_MARKS, clean_line, clean_text


@given(st.text(max_size=200))
def test_clean_text_is_stable_and_normal(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert not any(unicodedata.category(letter) in ("Cs", "Cc") for letter in clean if letter not in "\n\t")


def test_marks_heaped_on_a_letter_are_cut() -> None:
    assert len(clean_text("अ" + "\u0301" * 500)) <= 1 + MAX_MARKS


def test_marks_that_a_script_needs_stay() -> None:
    assert clean_text("अ" + "\u0301" * MAX_MARKS + "क़ि") == "अ" + "\u0301" * MAX_MARKS + "क़ि"


@pytest.mark.parametrize(
    "unseen",
    [
        "\0",
        "\x1b",
        "\x7f",
        "\x85",
        "\u200b",
        "\u200e",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\ufffe",
        "\U000e0041",
        "\U0001fffe",
    ],
    ids=ascii,
)
def test_what_cannot_be_seen_or_turns_the_line_is_taken_out(unseen: str) -> None:
    assert clean_text(f"ra{unseen}m") == "ram"


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"], ids=ascii)
def test_joiners_stay_since_hindi_is_misspelt_without_them(joiner: str) -> None:
    assert clean_line(f"क्{joiner}ष") == f"क्{joiner}ष"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\u2028", "\u2029"], ids=ascii)
def test_every_line_end_is_one_in_a_text_and_a_space_on_a_line(end: str) -> None:
    assert clean_text(f"एक{end}दो") == "एक\nदो"
    assert clean_line(f"एक {end} दो") == "एक दो"

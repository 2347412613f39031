"""Numbers that people type: one slip is noticed, and every way of writing digits is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes.number import check_digit, is_number, read_number, show_number

NUMBERS = st.text("0123456789", min_size=7, max_size=7).map(lambda digits: digits + check_digit(digits))


@given(NUMBERS)
def test_every_single_wrong_digit_is_noticed(number: str) -> None:
    assert is_number(number)
    for at, digit in enumerate(number):
        others = set("0123456789") - {digit}
        assert not any(is_number(number[:at] + other + number[at + 1 :]) for other in others)


@given(NUMBERS)
def test_every_swap_of_neighbours_is_noticed(number: str) -> None:
    for at in range(7):
        swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        assert is_number(swapped) is (swapped == number)


@pytest.mark.parametrize("text", ["", "0000000", "000000000", "०" * 8, "0000 0000", "0000000a", "²0000000"])
def test_only_eight_ascii_digits_are_a_number(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7392 1846", "73921846"),
        ("7392-1846 ", "73921846"),
        ("७३९२\u00a0१८४६", "73921846"),
        ("৭3৯2\u200b18৪6", "73921846"),
        ("7392.1846", "7392.1846"),
        ("seven", "seven"),
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str, read: str) -> None:
    assert read_number(typed) == read


@given(NUMBERS)
def test_what_is_printed_is_read_again(number: str) -> None:
    assert read_number(show_number(number)) == number
    assert show_number(number)[4] == " "

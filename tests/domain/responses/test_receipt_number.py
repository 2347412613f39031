"""Confirmation numbers: how they are made, and how they are read."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.domain.responses.receipt_number import (
    NUMBERS,
    in_digits,
    in_groups,
    number_of_response,
    number_of_secret,
    number_typed,
)


def test_a_device_makes_the_number_that_its_vector_says() -> None:
    assert in_digits(number_of_secret(bytes(range(16)))) == "895986991646"


@given(st.uuids(version=4), st.binary(min_size=32, max_size=32))
def test_the_servers_number_is_always_the_same_and_has_three_groups_of_four(id_: UUID, secret: bytes) -> None:
    number = number_of_response(secret, id_)
    assert number == number_of_response(secret, id_)
    assert re.fullmatch(r"[0-9]{4} [0-9]{4} [0-9]{4}", in_groups(number))
    assert in_groups(number).replace(" ", "") == in_digits(number)


def test_nobody_makes_the_number_of_a_response_without_the_secret() -> None:
    one, other = UUID(int=1), UUID(int=2)
    numbers = {number_of_response(secret, id_) for secret in (b"a" * 32, b"b" * 32) for id_ in (one, other)}
    assert len(numbers) == 4
    assert {in_groups(number) for number in numbers} != {"0000 0000 0000"}


@given(st.integers(0, NUMBERS - 1))
def test_what_is_shown_can_be_typed(number: int) -> None:
    assert number_typed(in_groups(number)) == number_typed(in_digits(number)) == number


def test_it_may_be_typed_in_any_script() -> None:
    assert number_typed("०००० ००००-००१२") == 12


@pytest.mark.parametrize("typed", ["", "12", "1234 5678 901", "1234 5678 9012 3", "1234 5678 901x", "²" * 12, "\x00"])
def test_what_is_no_number_is_told(typed: str) -> None:
    with pytest.raises(Problem, match=r"receipt_number\.invalid"):
        number_typed(typed)

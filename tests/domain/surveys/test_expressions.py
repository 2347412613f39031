from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.domain.surveys.expression_syntax import parse_expression
from app.domain.surveys.expressions import TODAY, Value, compile_condition, compile_tree, to_number, to_text
from tests.factories.rules.expression_vectors import ACCEPTED, named, scope_of, value_of

numbers = st.decimals(-(10**12), 10**12, places=6, allow_nan=False)


def evaluated(expression: str, **answers: Value) -> Value:
    return compile_tree(parse_expression(expression))({TODAY: "2026-11-23", **answers})


@pytest.mark.parametrize("case", ACCEPTED, ids=named)
def test_vector(case: dict[str, Any]) -> None:
    scope = {**scope_of(case["answers"]), TODAY: case["today"]}
    found = compile_tree(case["tree"], case.get("self", ""))(scope)
    expected = value_of(case["expect"])
    assert type(found) is type(expected)
    assert found == expected
    if isinstance(found, bool):
        assert compile_condition(case["tree"], case.get("self", ""))(scope) is found


PIECES = st.sampled_from(
    ["1", "2.5", "'a'", "${a}", "${b}", "today()", ".", "(", ")", "+", "-", "*", "div", "mod", "=", "!=", "<", ">=",
     "and", "or", "not(", "if(", "selected(", "date(", "round(", ",", "string-length(", "coalesce("]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14), numbers, st.text(max_size=5))
def test_whatever_is_parsed_can_be_evaluated(pieces: list[str], a: Decimal, b: str) -> None:
    try:
        tree = parse_expression(" ".join(pieces))
    except Problem:
        return
    value = compile_tree(tree, "a")({TODAY: "2026-11-23", "a": a, "b": b})
    assert value is None or isinstance(value, bool | str | Decimal)


@given(numbers, numbers)
def test_arithmetic_is_exact(a: Decimal, b: Decimal) -> None:
    assert evaluated("${a} + ${b} - ${b}", a=a, b=b) == a
    assert evaluated("${a} + ${b} = ${b} + ${a}", a=a, b=b) is True
    assert evaluated("${a} * ${b} = ${b} * ${a}", a=a, b=b) is True


@given(numbers, numbers.filter(bool))
def test_division_is_rounded_once_to_twenty_places(a: Decimal, b: Decimal) -> None:
    quotient = evaluated("${a} div ${b}", a=a, b=b)
    assert isinstance(quotient, Decimal)
    assert abs(quotient.as_tuple().exponent) <= 20  # type: ignore[arg-type]
    assert abs(Fraction(quotient) - Fraction(a) / Fraction(b)) <= Fraction(1, 2 * 10**20)


def test_a_product_of_the_longest_texts_is_exact() -> None:
    text = "9" * 2_000
    product = evaluated("round(" + "*".join(["${t}"] * 12) + ", 2) mod ${t}", t=text)
    assert product == 0
    assert evaluated("round(" + "*".join(["${t}"] * 12) + " + 0.5)", t=text) == Decimal(int("9" * 2_000) ** 12 + 1)


@given(numbers)
def test_a_number_survives_its_text(number: Decimal) -> None:
    assert to_number(to_text(number)) == number
    assert "E" not in to_text(number)


@given(st.dates(), st.integers(-400, 400))
def test_days_can_be_added_to_dates(day: date, days: int) -> None:
    shifted = evaluated("date(${d} + ${n})", d=day.isoformat(), n=Decimal(days))
    try:
        expected = date.fromordinal(day.toordinal() + days).isoformat()
    except (ValueError, OverflowError):
        expected = ""
    assert shifted == expected

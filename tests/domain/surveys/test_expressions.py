import json
import re
import time
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.domain.surveys.expression_syntax import FUNCTIONS, parse_expression
from app.domain.surveys.expression_text import expression_text
from app.domain.surveys.expressions import TODAY, Value, compile_condition, compile_tree, names_in, to_number, to_text
from app.domain.surveys.patterns import portable_pattern
from tests.meta import ROOT

VECTORS: list[dict[str, Any]] = json.loads((ROOT / "tests/vectors/expressions.json").read_text("utf-8"))["cases"]
ACCEPTED = [case for case in VECTORS if "problem" not in case]
REFUSED = [case for case in VECTORS if "problem" in case]

numbers = st.decimals(-(10**12), 10**12, places=6, allow_nan=False)


def named(case: dict[str, Any]) -> str:
    return f"{case['about']}: {case['expr'][:40]}"


def value_of(written: Any) -> Value:
    """A value as the vectors write it."""
    if isinstance(written, bool | str):
        return written
    if isinstance(written, int):
        return Decimal(written)
    if isinstance(written, list):
        return " ".join(written)
    return None if written["number"] is None else Decimal(written["number"])


def scope_of(answers: dict[str, Any]) -> dict[str, Value]:
    scope: dict[str, Value] = {}
    for name, written in answers.items():
        if isinstance(written, dict) and "number" not in written:
            scope |= {f"{name}.{row}": value_of(face) for row, face in written.items()}
        else:
            scope[name] = value_of(written)
    return scope


def evaluated(expression: str, **answers: Value) -> Value:
    return compile_tree(parse_expression(expression))({TODAY: "2026-11-23", **answers})


def test_there_are_enough_vectors() -> None:
    assert len(VECTORS) >= 200
    assert sum(case["about"].startswith("routing") for case in VECTORS) >= 30


def test_every_function_has_a_vector() -> None:
    assert all(any(f"{name}(" in case["expr"] for case in ACCEPTED) for name in FUNCTIONS)


@pytest.mark.parametrize("case", ACCEPTED, ids=named)
def test_vector(case: dict[str, Any]) -> None:
    scope = {**scope_of(case["answers"]), TODAY: case["today"]}
    found = compile_tree(case["tree"], case.get("self", ""))(scope)
    expected = value_of(case["expect"])
    assert type(found) is type(expected)
    assert found == expected
    if isinstance(found, bool):
        assert compile_condition(case["tree"], case.get("self", ""))(scope) is found


@pytest.mark.parametrize("case", ACCEPTED, ids=named)
def test_text_is_parsed_to_the_tree_of_the_vector(case: dict[str, Any]) -> None:
    rows = {row: grid for grid, row in (name for name in names_in(case["tree"]) if len(name) == 2)}

    def resolved(tree: Any) -> Any:
        if tree[0] == "get" and tree[1] in rows:
            return ["get", rows[tree[1]], tree[1]]
        return [resolved(operand) if isinstance(operand, list) else operand for operand in tree]

    assert resolved(parse_expression(case["expr"])) == case["tree"]


@pytest.mark.parametrize("case", ACCEPTED, ids=named)
def test_a_tree_can_be_spelled_for_people(case: dict[str, Any]) -> None:
    tree = parse_expression(case["expr"])
    assert parse_expression(expression_text(tree)) == tree


@pytest.mark.parametrize("case", REFUSED, ids=named)
def test_refusal(case: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refusal:
        parse_expression(case["expr"])
    assert refusal.value.code == case["problem"]
    assert "%" not in refusal.value.sentence()


@given(st.text(max_size=60))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        tree = parse_expression(text)
    except Problem:
        return
    assert json.loads(json.dumps(tree)) == tree
    compile_tree(tree)({TODAY: "2026-11-23"})


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


ATOMS = st.sampled_from(
    ["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", "(", ")", "|", "*", "+", "?", "{2}", "{1,3}", "{2,}"]
)


@given(st.lists(ATOMS, max_size=8), st.text("ab1\n ", max_size=12))
def test_a_pattern_that_is_accepted_means_what_it_meant(atoms: list[str], text: str) -> None:
    pattern = "".join(atoms)
    try:
        portable = portable_pattern(pattern)
    except Problem:
        return
    original = re.compile(pattern, re.ASCII)
    assert bool(re.fullmatch(portable, text)) is bool(original.fullmatch(text))


@given(st.lists(ATOMS, max_size=10))
def test_no_accepted_pattern_is_slow(atoms: list[str]) -> None:
    try:
        portable = portable_pattern("".join(atoms))
    except Problem:
        return
    compiled = re.compile(portable)
    for text in ("a" * 2000 + "!", "ab" * 1000 + "\n"):
        began = time.process_time()
        compiled.fullmatch(text)
        # Linear is far below a millisecond here; a cube or worse is far above a second.
        assert time.process_time() - began < 1

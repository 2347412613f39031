"""Expressions as they are written: read into the tree that is meant, or refused in words."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.domain.surveys.expression_syntax import FUNCTIONS, MAX_DEPTH, MAX_LENGTH, parse_expression
from app.domain.surveys.expressions import TODAY, compile_tree, names_in
from tests.factories.rules.expression_vectors import ACCEPTED, REFUSED, VECTORS, named


def test_there_are_enough_vectors() -> None:
    assert len(VECTORS) >= 200
    assert sum(case["about"].startswith("routing") for case in VECTORS) >= 30


def test_every_function_has_a_vector() -> None:
    assert all(any(f"{name}(" in case["expr"] for case in ACCEPTED) for name in FUNCTIONS)


@pytest.mark.parametrize("case", ACCEPTED, ids=named)
def test_text_is_parsed_to_the_tree_of_the_vector(case: dict[str, Any]) -> None:
    rows = {row: grid for grid, row in (name for name in names_in(case["tree"]) if len(name) == 2)}

    def resolved(tree: Any) -> Any:
        if tree[0] == "get" and tree[1] in rows:
            return ["get", rows[tree[1]], tree[1]]
        return [resolved(operand) if isinstance(operand, list) else operand for operand in tree]

    assert resolved(parse_expression(case["expr"])) == case["tree"]


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


@pytest.mark.parametrize(
    ("expression", "position", "near"),
    [("1 + ? 2", 5, "? 2"), ("1  2", 4, "2"), ("not(1", None, None), ("1 + )", 5, ")"), ("'abc", 1, "'abc")],
)
def test_where_reading_ends_is_told(expression: str, position: int | None, near: str | None) -> None:
    with pytest.raises(Problem) as refusal:
        parse_expression(expression)
    assert (refusal.value.details.get("position"), refusal.value.details.get("near")) == (position, near)


@pytest.mark.parametrize(
    ("longest", "too_long"),
    [
        (f"'{'a' * (MAX_LENGTH - 2)}'", f"'{'a' * (MAX_LENGTH - 1)}'"),
        ("(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH, "(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1)),
        ("-" * MAX_DEPTH + "1", "-" * (MAX_DEPTH + 1) + "1"),
        ("1" + "+1" * MAX_DEPTH, "1" + "+1" * (MAX_DEPTH + 1)),
        ("not(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH, "not(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1)),
    ],
    ids=["letters", "brackets", "signs", "sums", "functions"],
)
def test_an_expression_has_its_limits(longest: str, too_long: str) -> None:
    assert parse_expression(longest)
    with pytest.raises(Problem, match=r"expression\.too_long"):
        parse_expression(too_long)


@pytest.mark.parametrize("word", ["and", "or"])
def test_a_chain_of_truths_lies_flat_however_long(word: str) -> None:
    assert parse_expression(f" {word} ".join(["true()"] * 100)) == [word, *[["true"]] * 100]


def test_a_pattern_is_kept_in_its_portable_spelling() -> None:
    assert parse_expression(r"regex(., '^\d$')") == ["regex", ["self"], ["str", "[0-9]"]]


@pytest.mark.parametrize("places", ["11", "1.5", "-1"])
def test_a_number_is_rounded_to_ten_places_at_most(places: str) -> None:
    assert parse_expression("round(1, 10)") == ["round", ["num", "1"], ["num", "10"]]
    with pytest.raises(Problem, match=r"expression\.places_not_fixed"):
        parse_expression(f"round(1, {places})")

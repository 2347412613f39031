"""Trees spelled for people."""

from typing import Any

import pytest

from app.domain.surveys.expression_syntax import parse_expression
from app.domain.surveys.expression_text import expression_text
from tests.factories.rules.expression_vectors import ACCEPTED, named


@pytest.mark.parametrize("case", ACCEPTED, ids=named)
def test_a_tree_can_be_spelled_for_people(case: dict[str, Any]) -> None:
    tree = parse_expression(case["expr"])
    assert parse_expression(expression_text(tree)) == tree


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("( 1+2 ) *3", "(1 + 2) * 3"),
        ("1 + (2 * 3)", "1 + 2 * 3"),
        ("(1 - 2) - 3", "1 - 2 - 3"),
        ("1 - (2 - 3)", "1 - (2 - 3)"),
        ("-(1 + 2)", "-(1 + 2)"),
        ("(1 and 2) and 3", "(1 and 2) and 3"),
        ("(${a} = 'x' and ${b} = 'y') or ${c} = 'z'", "${a} = 'x' and ${b} = 'y' or ${c} = 'z'"),
        ("${a} = 'x' and (${b} = 'y' or ${c} = 'z')", "${a} = 'x' and (${b} = 'y' or ${c} = 'z')"),
        ("selected( . ,“it's”)", 'selected(., "it\'s")'),
    ],
)
def test_brackets_stand_only_where_they_are_needed(written: str, spelled: str) -> None:
    assert expression_text(parse_expression(written)) == spelled


def test_a_row_of_a_grid_is_called_as_the_form_calls_it() -> None:
    assert expression_text(["<", ["get", "table", "water"], ["num", "3"]]) == "${water} < 3"

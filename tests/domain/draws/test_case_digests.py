"""The file of a list: digests of cases, and nothing that could be a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.draws.case_digests import MOST_CASES, MOST_TOLD, digest_at, read_digests
from app.domain.problem import Problem
from app.domain.table import Table, TableRow

ONE, OTHER = "0" * 63 + "a", "f" * 64


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(TableRow(number, cells) for number, cells in enumerate(rows, 1)))


def refusals(read: Table) -> list[tuple[str, object, object]]:
    with pytest.raises(Problem) as refused:
        read_digests(read)
    assert refused.value.code == "case_list.refused"
    return [(part.code, part.details["row"], part.details["column"]) for part in refused.value.parts]


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=20, unique=True))
def test_digests_are_read_in_their_order_with_or_without_a_heading(digests: list[bytes]) -> None:
    lines = [(digest.hex(),) for digest in digests]
    read = read_digests(table(*lines))
    assert read == read_digests(table(("case",), *lines)) == b"".join(digests)
    assert [digest_at(read, number) for number in range(len(digests))] == digests


def test_the_heading_says_which_column_it_is() -> None:
    rows = (("", "Cases of the quarter"), ("", " Case "), ("", ONE.upper()))
    assert read_digests(table(*rows)) == bytes.fromhex(ONE)


def test_nothing_else_enters() -> None:
    found = refusals(table(("case", "phone"), (ONE, "9827000000"), (OTHER, "")))
    assert found == [("case_list.column", 2, 2)]
    assert refusals(table(("a", "b"), (ONE, OTHER))) == [("case_list.heading", 1, "")]


def test_what_is_no_digest_and_what_stands_twice_is_named_by_its_row() -> None:
    found = refusals(table(("case",), (ONE,), ("9827000000",), (ONE.upper(),), (ONE[:-1],)))
    assert found == [
        ("case_list.digest", 3, "case"),
        ("case_list.twice", 4, "case"),
        ("case_list.digest", 5, "case"),
    ]


def test_a_cell_that_is_refused_is_not_repeated() -> None:
    with pytest.raises(Problem) as refused:
        read_digests(table(("9827000000",)))
    assert "9827000000" not in repr([(part.details, part.sentence()) for part in refused.value.parts])


def test_a_list_holds_at_least_one_case_and_not_too_many() -> None:
    assert refusals(table(("case",))) == [("case_list.empty", 1, "case")]
    many = [(f"{number:064x}",) for number in range(MOST_CASES)]
    assert len(read_digests(table(*many))) == 32 * MOST_CASES
    assert refusals(table(("case",), *many, (OTHER,))) == [("case_list.too_long", 0, "")]


def test_of_very_many_mistakes_the_first_are_told() -> None:
    assert len(refusals(table(*[("?",)] * (MOST_TOLD + 1)))) == MOST_TOLD

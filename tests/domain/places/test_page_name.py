import pytest

from app.domain.places.page_name import MOST, RESERVED, page_name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("NP-D3-12", "np-d3-12"),
        ("MP/23:4_b.1", "mp-23-4-b-1"),
        ("थाना", "place"),
        ("--A--", "a"),
        ("x" * 60, "x" * MOST),
        ("Record", "record-2"),
        ("q", "q-2"),
    ],
)
def test_small_letters_digits_and_hyphens(code: str, name: str) -> None:
    assert page_name(code, ()) == name


def test_codes_that_differ_in_case_alone_are_numbered() -> None:
    taken: set[str] = set()
    for code in ("A-1", "a-1", "A.1", "x" * 60, "X" * 50):
        taken.add(page_name(code, taken))
    assert taken == {"a-1", "a-1-2", "a-1-3", "x" * MOST, "x" * (MOST - 2) + "-2"}
    assert taken.isdisjoint(RESERVED)
    assert max(map(len, taken)) <= MOST

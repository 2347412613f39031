from hypothesis import given
from hypothesis import strategies as st

from app.domain.responses.screening.nearness import Nearness, Row, radius_of

ROWS = st.lists(st.tuples(*[st.sampled_from("ab")] * 13), max_size=40)


@given(ROWS, st.tuples(*[st.sampled_from("abc")] * 13), st.integers(0, 4))
def test_the_same_rows_are_near_as_by_comparing_all(rows: list[Row], row: Row, radius: int) -> None:
    compared = {one for one in rows if sum(a != b for a, b in zip(one, row, strict=True)) <= radius}
    assert set(Nearness(rows, radius).near(row)) == compared


def test_one_item_of_six_may_differ() -> None:
    assert [radius_of(("x",) * length) for length in (5, 6, 17, 18)] == [0, 1, 2, 3]

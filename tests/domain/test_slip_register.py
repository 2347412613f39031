from hypothesis import given
from hypothesis import strategies as st

from app.domain.batch import Counts
from app.domain.disclosure import MINIMUM, shown_beside
from app.domain.place import BilingualName
from app.domain.slip_register import ExactLine, show_lines


def line(id_: int, issued: int, used: int, cases: int | None) -> ExactLine:
    return ExactLine(id_, f"P{id_}", BilingualName(None, f"Place {id_}"), Counts(issued, used), cases)


@given(st.lists(st.integers(0, 60), max_size=8))
def test_nothing_below_ten_is_shown_and_no_sum_tells_it(numbers: list[int]) -> None:
    shown = shown_beside(numbers)
    assert all(number >= MINIMUM for number, told in zip(numbers, shown, strict=True) if told is not None)
    withheld = sum(number for number, told in zip(numbers, shown, strict=True) if told is None)
    some_told = any(told is not None for told in shown)
    assert not (some_told and 0 < withheld < MINIMUM)


def test_a_station_that_hands_out_far_fewer_is_named() -> None:
    usual, other, silent, small = show_lines(
        [line(1, 240, 100, 400), line(2, 240, 90, 400), line(3, 240, 12, 400), line(4, 24, 0, 30)]
    )
    assert (usual.far_fewer, other.far_fewer, silent.far_fewer, small.far_fewer) == (False, False, True, False)
    assert (usual.issued, usual.used, usual.answer_rate, usual.case_rate) == (240, 100, 40, 25)
    assert small.used is None
    assert small.answer_rate is None


def test_one_that_is_alone_is_compared_with_nothing() -> None:
    (alone,) = show_lines([line(1, 240, 0, 400)])
    assert (alone.far_fewer, alone.used) == (False, None)


def test_cases_that_nobody_told_are_not_few_cases() -> None:
    usual, untold, few = show_lines([line(1, 240, 100, 400), line(2, 240, 10, None), line(3, 240, 0, 3)])
    assert (usual.has_cases, untold.has_cases, few.has_cases) == (True, False, True)
    assert (untold.cases, few.cases) == (None, None)
    assert not untold.far_fewer

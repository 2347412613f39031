from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures.disclosure import MINIMUM
from app.domain.places.place import BilingualName
from app.domain.slips.register import ExactLine, RegisterLine, show_register
from app.domain.slips.slip_batch import Counts


def show_lines(lines: list[ExactLine]) -> tuple[RegisterLine, ...]:
    """Stations of no district."""
    return show_register([], [(None, line) for line in lines])[1]


def line(id_: int, issued: int, used: int, cases: int | None) -> ExactLine:
    return ExactLine(id_, f"P{id_}", BilingualName(None, f"Place {id_}"), Counts(issued, used), cases)


@given(st.lists(st.lists(st.integers(0, 40), max_size=4), max_size=4), st.integers(0, 12))
def test_no_station_can_be_found_by_subtraction_from_its_district(numbers: list[list[int]], beside: int) -> None:
    districts = [line(at, 0, sum(inside) + beside, None) for at, inside in enumerate(numbers)]
    stations = [
        (at, line(100 * at + n, 0, used, None)) for at, inside in enumerate(numbers) for n, used in enumerate(inside)
    ]
    wholes, parts = show_register(districts, stations)
    for at, inside in enumerate(numbers):
        told = [part.used for (district, _), part in zip(stations, parts, strict=True) if district == at]
        if wholes[at].used is None:
            assert not any(told)
        elif any(told):
            withheld = sum(used for used, shown in zip(inside, told, strict=True) if shown is None) + beside
            assert withheld == 0 or withheld >= MINIMUM


def test_two_districts_do_not_hide_behind_each_other() -> None:
    districts = [line(1, 0, 25, None), line(2, 0, 40, None)]
    stations = [
        (1, line(11, 0, 19, None)),
        (1, line(12, 0, 6, None)),
        (2, line(21, 0, 36, None)),
        (2, line(22, 0, 4, None)),
    ]
    wholes, parts = show_register(districts, stations)
    assert [whole.used for whole in wholes] == [25, 40]
    assert [part.used for part in parts] == [None, None, None, None]


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
    usual, without_figures, few = show_lines([line(1, 240, 100, 400), line(2, 240, 10, None), line(3, 240, 0, 3)])
    assert (usual.has_cases, without_figures.has_cases, few.has_cases) == (True, False, True)
    assert (without_figures.cases, few.cases) == (None, None)
    assert not without_figures.far_fewer

from statistics import fmean

import pytest

from app.domain.simulation.department import Department
from app.domain.simulation.headline.cases import CASES, Case, cases_of

DEPARTMENT = Department(1, 60)


def all_cases(lost: float = 0.0, taken_out: float = 0.0) -> list[Case]:
    return [
        case
        for station in DEPARTMENT.stations
        for case in cases_of(DEPARTMENT.chance(f"cases {station.number}"), station, lost, taken_out)
    ]


def test_three_of_four_are_contactable_and_few_of_them_are_taken_out() -> None:
    cases = all_cases()
    assert len(cases) == 60 * CASES
    assert fmean(case.contactable for case in cases) == pytest.approx(0.75, abs=0.02)
    assert fmean(case.listed for case in cases) == pytest.approx(0.75 * 0.95, abs=0.02)
    assert 0.5 < fmean(case.content for case in cases) < 0.7


@pytest.mark.parametrize(("lost", "taken_out"), [(0.4, 0.0), (0.0, 0.4)])
def test_of_angry_people_alone_so_many_are_missing_from_the_list(lost: float, taken_out: float) -> None:
    before, after = all_cases(), all_cases(lost, taken_out)
    assert [case.content for case in after] == [case.content for case in before]
    pairs = list(zip(before, after, strict=True))
    assert all(now == was for was, now in pairs if was.content)
    angry = [(was.listed, now.listed) for was, now in pairs if not was.content and was.listed]
    assert fmean(now for _, now in angry) == pytest.approx(0.6, abs=0.03)

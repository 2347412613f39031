from datetime import timedelta
from statistics import fmean, median

import pytest

from app.domain.simulation.department import BEGIN, QUARTER, Department, honest
from app.domain.weeks import WEEK, week_of

DEPARTMENT = Department(1)


def test_half_of_the_stations_have_five_answers_a_month_and_the_mean_is_eight() -> None:
    months = [station.volume / 3 for station in DEPARTMENT.stations]
    assert len(months) == 1_100
    assert median(months) == pytest.approx(5, rel=0.1)
    assert fmean(months) == pytest.approx(8, rel=0.1)


def test_the_same_seed_gives_the_same_department_and_another_gives_another() -> None:
    one, same, other = Department(1, 50), Department(1, 50), Department(2, 50)
    assert one.stations == same.stations != other.stations
    assert honest(one.chance("x"), one.stations[0]) == honest(same.chance("x"), same.stations[0])


def test_a_quarter_has_as_many_answers_as_expected_and_all_of_its_weeks() -> None:
    chance = DEPARTMENT.chance("test")
    answers = [each for station in DEPARTMENT.stations[:100] for each in honest(chance, station, volume=30)]
    assert len(answers) == pytest.approx(100 * 30, rel=0.05)
    assert len({each.week for each in answers}) == QUARTER
    assert len({each.id for each in answers}) == len(answers)
    assert all(each.week <= week_of(each.arrived_at) for each in answers)
    assert max(each.arrived_at for each in answers) < BEGIN + QUARTER * WEEK + timedelta(days=20)
    assert 0.5 < fmean(each.content for each in answers if each.content is not None) < 0.7
    assert 0.4 < fmean(each.row.rich for each in answers) < 0.6

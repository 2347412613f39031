from datetime import timedelta

import pytest

from app.domain.simulation.attacks import ATTACKS, noisy_copies, slow_copies
from app.domain.simulation.department import BEGIN, QUARTER, Department
from app.domain.weeks import WEEK

DEPARTMENT = Department(1, 50)
STATION = DEPARTMENT.stations[0]


@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_makes_as_many_answers_as_it_is_asked_for_within_the_time(name: str) -> None:
    fakes = ATTACKS[name].fakes(DEPARTMENT.chance(name), STATION, 40, QUARTER)
    assert len({each.id for each in fakes}) == 40
    assert all(each.style is None for each in fakes)
    assert all(BEGIN <= each.arrived_at <= BEGIN + QUARTER * WEEK + timedelta(days=1) for each in fakes)
    span = max(each.arrived_at for each in fakes) - min(each.arrived_at for each in fakes)
    assert (span <= timedelta(days=5)) is ATTACKS[name].is_burst


@pytest.mark.parametrize("name", [name for name, attack in ATTACKS.items() if name != "flood" and name != "viral-link"])
def test_what_praises_is_content(name: str) -> None:
    fakes = ATTACKS[name].fakes(DEPARTMENT.chance(name), STATION, 100, QUARTER)
    assert sum(each.content is True for each in fakes) > 85


def test_slow_copies_are_one_row_and_noisy_ones_many_that_are_near() -> None:
    slow = slow_copies(DEPARTMENT.chance("slow"), STATION, 40, QUARTER)
    noisy = noisy_copies(DEPARTMENT.chance("noisy"), STATION, 40, QUARTER)
    assert len({each.row for each in slow}) == 1
    assert len({each.row for each in noisy}) > 10
    assert len({each.row.level for each in noisy}) == 1

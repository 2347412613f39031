from collections import Counter

import pytest

from app.domain.simulation.crowds import CROWDS, day_of_papers, outrage, service_centre
from app.domain.simulation.department import Department

DEPARTMENT = Department(1, 50)
STATION = DEPARTMENT.stations[0]


@pytest.mark.parametrize("name", CROWDS)
def test_every_crowd_is_of_honest_people(name: str) -> None:
    people = CROWDS[name][0](DEPARTMENT.chance(name), STATION, 40)
    assert len(people) == 40
    assert all(each.style is not None for each in people)


def test_of_an_outrage_few_are_content_and_seventy_may_give_one_first_page() -> None:
    people = outrage(0.7)(DEPARTMENT.chance("outrage"), STATION, 400)
    assert sum(each.content is True for each in people) < 40
    assert 0.65 < Counter(each.row.core for each in people).most_common(1)[0][1] / 400 < 0.76


def test_on_a_day_of_papers_sixty_tap_all_fives() -> None:
    people = day_of_papers(others_go_on=False)(DEPARTMENT.chance("papers"), STATION, 400)
    assert 0.55 < Counter(each.row.core for each in people).most_common(1)[0][1] / 400 < 0.7
    assert not any(each.row.rich for each in people)


def test_clerks_fill_in_most_items_as_always() -> None:
    people = service_centre(DEPARTMENT.chance("clerks"), STATION, 200)
    usual = [Counter(column).most_common(1)[0][1] for column in zip(*(each.row.items for each in people), strict=True)]
    assert 0.8 < sum(usual) / (18 * 200) < 0.9

from random import Random
from statistics import fmean

from app.domain.responses.screening.items import item_row
from app.domain.simulation.changing import changed
from app.domain.simulation.people import Filled
from app.domain.simulation.questionnaire import FORM, MAIN

FORM_BEFORE: Filled = {
    "purpose": "fir",
    "respect": 5,
    "heard": 5,
    MAIN: 5,
    "facilities": {"cleanliness": 3, "seating": 3, "water": 3, "toilet": 3},
    "change": ["waiting", "manners"],
}


def test_so_many_items_are_answered_otherwise_and_what_is_kept_stays() -> None:
    chance = Random(1)  # noqa: S311
    before = item_row(FORM, FORM_BEFORE)
    after = [item_row(FORM, changed(chance, FORM_BEFORE, 0.15, keep=MAIN)) for _ in range(1_000)]
    differ = fmean(sum(one != two for one, two in zip(before.items, row.items, strict=True)) for row in after)
    assert abs(differ - 8 * 0.15) < 0.1
    assert {row.level for row in after} == {"5"}


def test_of_nothing_changed_the_form_is_as_it_was() -> None:
    assert changed(Random(1), FORM_BEFORE, 0.0) == FORM_BEFORE  # noqa: S311

from dataclasses import replace

from app.domain.figures.headline.asked import usual
from tests.factories.figures.asked import WELL_ASKED


def test_what_is_usual_is_pooled_over_places_so_that_large_ones_count_for_more() -> None:
    large = replace(WELL_ASKED, all_cases=900, contactable=600, cases=600, issued=400, answers=100)
    small = replace(WELL_ASKED, all_cases=100, contactable=100, cases=100, issued=100, answers=100)
    assert usual([large, small]) == (0.7, 0.4)


def test_listed_is_who_is_contactable_and_was_not_taken_out() -> None:
    assert replace(WELL_ASKED, contactable=165, cases=150).listed == 150
    assert replace(WELL_ASKED, contactable=140, cases=150).listed == 140
    assert usual([replace(WELL_ASKED, all_cases=200, contactable=165, cases=150)])[0] == 0.75


def test_of_nobody_nothing_is_usual() -> None:
    assert usual([]) == (None, None)
    assert usual([replace(WELL_ASKED, all_cases=0, issued=0)]) == (None, None)


def test_more_answers_than_were_asked_for_are_all() -> None:
    assert usual([replace(WELL_ASKED, issued=10, answers=20)])[1] == 1

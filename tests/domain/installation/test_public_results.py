from datetime import date, timedelta

import pytest

from app.domain.installation.public_results import Depth, PublicResults, decide
from app.domain.places.place import PlaceKind
from app.domain.problem import Problem

TODAY = date(2026, 11, 30)
OPEN = {
    Depth.NONE: set(),
    Depth.STATE: {PlaceKind.STATE},
    Depth.DISTRICT: {PlaceKind.STATE, PlaceKind.RANGE, PlaceKind.DISTRICT, PlaceKind.SUBDIVISION},
    Depth.STATION: set(PlaceKind),
}


@pytest.mark.parametrize("depth", Depth)
def test_as_far_down_as_decided_and_not_before_its_day(depth: Depth) -> None:
    policy = PublicResults(depth, TODAY, TODAY)
    assert {kind for kind in PlaceKind if policy.shows(kind, TODAY)} == OPEN[depth]
    assert not any(policy.shows(kind, TODAY - timedelta(days=1)) for kind in PlaceKind)


def test_nothing_is_opened_for_days_that_are_over() -> None:
    assert decide(Depth.STATE, TODAY, TODAY).decided_on == TODAY
    with pytest.raises(Problem, match=r"results\.from_day_past"):
        decide(Depth.STATE, TODAY - timedelta(days=1), TODAY)

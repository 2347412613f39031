"""Counter screens as the office sees them."""

from datetime import date, timedelta

import pytest

from app.domain.codes.counter_code import pad_ends_on
from app.domain.codes.counter_screen import ScreenState, state_of_screen
from app.domain.codes.placement import PlacementState


@pytest.mark.parametrize(
    ("placement", "fetched_on", "state"),
    [
        (PlacementState.ACTIVE, None, ScreenState.WAITING),
        (PlacementState.ACTIVE, date(2026, 6, 10), ScreenState.ACTIVE),
        (PlacementState.ACTIVE, date(2026, 6, 9), ScreenState.ACTIVE),
        (PlacementState.ACTIVE, date(2026, 6, 8), ScreenState.SILENT),
        (PlacementState.ACTIVE, date(2026, 6, 7), ScreenState.SILENT),
        (PlacementState.ACTIVE, date(2026, 6, 6), ScreenState.EMPTY),
        (PlacementState.RETIRED, date(2026, 6, 10), ScreenState.ENDED),
        (PlacementState.COMPROMISED, None, ScreenState.ENDED),
    ],
)
def test_the_state_of_a_screen(placement: PlacementState, fetched_on: date | None, state: ScreenState) -> None:
    assert state_of_screen(placement, fetched_on=fetched_on, today=date(2026, 6, 10)) is state
    assert fetched_on is None or pad_ends_on(fetched_on) == fetched_on + timedelta(days=3)

"""Counter screens as the office sees them: set up once, heard of when they fetch codes, ended alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.codes.counter_code import pad_ends_on
from app.domain.codes.placement import PlacementState, PlacementView
from app.domain.problem import ProblemType

SECRET_BYTES = 32

# The first is told to the browser of a screen by the API, SCREEN_NOT_FOUND to the office.
SCREEN_UNKNOWN = ProblemType("screen.unknown", 403, "No counter screen has been set up like this.")
SCREEN_ENDED = ProblemType("screen.ended", 410, "This screen is not in use any more.")
SCREEN_STATION = ProblemType(
    "screen.station",
    403,
    "A single station does not set up or end the screens that its visitors answer with: its district or state does.",
)
SCREEN_NOT_FOUND = ProblemType("screen.not_found", 404, "There is no such counter screen.")


class ScreenState(StrEnum):
    WAITING = "waiting"
    ACTIVE = "active"
    #: not heard of since yesterday or longer; it still has codes
    SILENT = "silent"
    #: not heard of for so long that its codes are used up
    EMPTY = "empty"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ScreenView:
    """A screen as the register shows it. It is known by its placement."""

    placement: PlacementView
    state: ScreenState
    enrolled_at: datetime | None
    #: the day on which it fetched codes last; no time, since nobody needs it
    fetched_on: date | None

    @property
    def pad_ends_on(self) -> date | None:
        return None if self.fetched_on is None else pad_ends_on(self.fetched_on)


def state_of_screen(placement: PlacementState, *, fetched_on: date | None, today: date) -> ScreenState:
    """Ended like any placement; otherwise by when it fetched codes last."""
    if placement is not PlacementState.ACTIVE:
        return ScreenState.ENDED
    if fetched_on is None:
        return ScreenState.WAITING
    if fetched_on >= today - timedelta(days=1):
        return ScreenState.ACTIVE
    return ScreenState.SILENT if pad_ends_on(fetched_on) >= today else ScreenState.EMPTY

"""Captured while valid: what becomes of an answer, by when it was given rather than when it arrived.

An answer given at a valid code counts even if the code has been taken down by the time the phone finds a
network. The server knows two times that nobody can forge: the hour in the page's stamp, and the arrival.
The answer was given between them. Nothing here refuses an answer; a broken rule sets it aside.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.codes.counter_code import is_fresh, shown_from
from app.domain.codes.stamp import Stamp
from app.domain.responses.reason import Reason
from app.domain.weeks import day_of, week_of

LATE_AFTER = timedelta(days=30)
LATE_AFTER_ENROLLED = timedelta(days=90)
#: the server's own clocks may differ by this much between machines
CLOCK_TOLERANCE = timedelta(hours=1)
#: a stamp says the hour, and an hour in India begins in the middle of one of its own
STAMP_LASTS = timedelta(hours=1)


class Decision(StrEnum):
    """Whether a response counts; why not, is said by reasons beside it."""

    COUNTED = "counted"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Validity:
    """From when on a placement, its key and its survey no longer take answers; None is not ended.

    Days are Indian days and include the day itself: `expires_on` is the last good day, the other two are
    the first bad ones.
    """

    expires_on: date | None = None
    retired_at: datetime | None = None
    compromised_on: date | None = None
    key_cut_off_on: date | None = None
    survey_closed_at: datetime | None = None
    #: of a poll or quiz with dates: from when on it may be answered, and until when an answer may arrive
    opens_at: datetime | None = None
    taken_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """`first_on` and `last_on`: the days of that week on which it may have been answered begin and end with them."""

    week: date
    reasons: tuple[Reason, ...]
    first_on: date
    last_on: date


def judge_capture(
    *,
    stamp: Stamp | None,
    stamp_key_cut_off_on: date | None,
    placement_id: int,
    validity: Validity,
    claimed_week: date | None,
    arrived_at: datetime,
    enrolled: bool = False,
    time_step: int | None = None,
) -> Capture:
    """The week an answer belongs to, and every reason to set it aside.

    `stamp` is None when there is none or it is not ours; the answer is then judged by its arrival. The
    claimed week is clamped between stamp and arrival. `time_step` is that of a counter screen's code: it must
    have been opened while it was fresh, which a stamp of that very code says, or else the arrival. Its minute is
    nearer to the truth than the hour of the stamp.
    """
    reasons: list[Reason] = []
    given_at = arrived_at
    opened_fresh = time_step is None or is_fresh(time_step, arrived_at)
    if stamp is None:
        reasons.append(Reason.STAMP_MISSING)
    elif stamp.placement_id != placement_id:
        reasons.append(Reason.STAMP_FOREIGN)
    elif stamp.given_at > arrived_at + CLOCK_TOLERANCE:
        reasons.append(Reason.STAMP_FUTURE)
    elif _forgeable(stamp_key_cut_off_on, arrived_at):
        # Whoever holds the leaked key can sign any hour, so the stamp proves nothing any more.
        pass
    else:
        given_at = min(_opened_at(stamp, time_step), arrived_at)
        opened_fresh = opened_fresh or stamp.time_step == time_step
    if not opened_fresh:
        reasons.append(Reason.CODE_STALE)
    if arrived_at - given_at > (LATE_AFTER_ENROLLED if enrolled else LATE_AFTER):
        reasons.append(Reason.LATE)
    reasons += _ended(validity, given_at)
    if validity.taken_until is not None and arrived_at >= validity.taken_until:
        # Whoever waits so long could answer in the light of what came out.
        reasons.append(Reason.AFTER_RESULTS)
    first, last = week_of(given_at), week_of(arrived_at)
    week = last if claimed_week is None else min(max(week_of(claimed_week), first), last)
    sunday = week + timedelta(days=6)
    return Capture(week, tuple(reasons), max(day_of(given_at), week), min(day_of(arrived_at), sunday))


def _opened_at(stamp: Stamp, time_step: int | None) -> datetime:
    """The earliest moment at which the page can have been opened."""
    return stamp.given_at if time_step is None else max(stamp.given_at, shown_from(time_step))


def _forgeable(key_cut_off_on: date | None, arrived_at: datetime) -> bool:
    return key_cut_off_on is not None and day_of(arrived_at) >= key_cut_off_on


def _ended(validity: Validity, given_at: datetime) -> list[Reason]:
    """What had ended when the page was given out, at `given_at`."""
    day = day_of(given_at)
    ended = {
        Reason.EXPIRED: validity.expires_on is not None and day > validity.expires_on,
        Reason.RETIRED: validity.retired_at is not None and given_at >= validity.retired_at,
        Reason.COMPROMISED: validity.compromised_on is not None and day >= validity.compromised_on,
        Reason.KEY_CUT_OFF: validity.key_cut_off_on is not None and day >= validity.key_cut_off_on,
        # The server gives no page out before; the hour of a stamp may have begun before.
        Reason.BEFORE_OPENING: validity.opens_at is not None and given_at + STAMP_LASTS <= validity.opens_at,
        Reason.SURVEY_CLOSED: validity.survey_closed_at is not None and given_at >= validity.survey_closed_at,
    }
    return [reason for reason, holds in ended.items() if holds]

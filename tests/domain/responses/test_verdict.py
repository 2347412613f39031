"""The captured-while-valid table, cell by cell."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.codes.counter_code import step_of
from app.domain.codes.stamp import Stamp
from app.domain.responses.reason import Reason
from app.domain.responses.verdict import CLOCK_TOLERANCE, Validity, judge_capture

PLACEMENT = 7
#: a Wednesday, half past eleven in India, at a whole hour as stamps are
OPENED = datetime(2026, 6, 10, 6, tzinfo=UTC)
ARRIVED = OPENED + timedelta(days=3)


def judge(
    opened: datetime | None = OPENED,
    arrived: datetime = ARRIVED,
    *,
    stamp_for: int = PLACEMENT,
    enrolled: bool = False,
    claimed: date | None = None,
    stamp_key_cut_off_on: date | None = None,
    time_step: int | None = None,
    stamp_step: int | None = None,
    **ended: date | datetime,
) -> tuple[set[Reason], date]:
    capture = judge_capture(
        stamp=None if opened is None else Stamp.at(opened, 0, stamp_for, stamp_step),
        stamp_key_cut_off_on=stamp_key_cut_off_on,
        placement_id=PLACEMENT,
        validity=Validity(**ended),  # type: ignore[arg-type]
        claimed_week=claimed,
        arrived_at=arrived,
        enrolled=enrolled,
        time_step=time_step,
    )
    return set(capture.reasons), capture.week


@pytest.mark.parametrize(
    ("what", "ended_between", "ended_before"),
    [
        (Reason.EXPIRED, {"expires_on": date(2026, 6, 10)}, {"expires_on": date(2026, 6, 9)}),
        (Reason.RETIRED, {"retired_at": OPENED + timedelta(hours=1)}, {"retired_at": OPENED}),
        (Reason.COMPROMISED, {"compromised_on": date(2026, 6, 11)}, {"compromised_on": date(2026, 6, 10)}),
        (Reason.KEY_CUT_OFF, {"key_cut_off_on": date(2026, 6, 11)}, {"key_cut_off_on": date(2026, 6, 10)}),
        (Reason.SURVEY_CLOSED, {"survey_closed_at": OPENED + timedelta(hours=1)}, {"survey_closed_at": OPENED}),
    ],
)
class TestWhatEnded:
    def test_between_opening_and_arrival_the_answer_counts(self, what, ended_between, ended_before) -> None:
        assert judge(**ended_between)[0] == set()

    def test_before_opening_it_is_set_aside(self, what, ended_between, ended_before) -> None:
        assert judge(**ended_before)[0] == {what}

    def test_without_a_stamp_the_arrival_decides(self, what, ended_between, ended_before) -> None:
        assert judge(None, **ended_between)[0] == {what, Reason.STAMP_MISSING}

    def test_a_stamp_of_another_placement_proves_nothing(self, what, ended_between, ended_before) -> None:
        assert judge(stamp_for=8, **ended_between)[0] == {what, Reason.STAMP_FOREIGN}

    def test_a_stamp_of_a_leaked_key_proves_nothing(self, what, ended_between, ended_before) -> None:
        assert judge(stamp_key_cut_off_on=date(2026, 6, 12), **ended_between)[0] == {what}

    def test_a_stamp_whose_key_is_cut_off_later_still_holds(self, what, ended_between, ended_before) -> None:
        assert judge(stamp_key_cut_off_on=date(2026, 6, 14), **ended_between)[0] == set()

    def test_an_enrolled_device_changes_nothing_about_it(self, what, ended_between, ended_before) -> None:
        assert judge(enrolled=True, **ended_between)[0] == set()
        assert judge(enrolled=True, **ended_before)[0] == {what}


@pytest.mark.parametrize(
    ("days", "enrolled", "late"),
    [(0, False, False), (30, False, False), (31, False, True), (31, True, False), (90, True, False), (91, True, True)],
)
def test_how_old_an_answer_may_be_at_arrival(days: int, enrolled: bool, late: bool) -> None:
    opened = OPENED.replace(minute=0)
    reasons, _ = judge(opened, opened + timedelta(days=days), enrolled=enrolled)
    assert (Reason.LATE in reasons) is late


def test_a_stamp_from_the_future_is_set_aside_but_a_small_clock_difference_is_not() -> None:
    opened = OPENED.replace(minute=0)
    assert judge(opened, opened - CLOCK_TOLERANCE)[0] == set()
    assert judge(opened, opened - CLOCK_TOLERANCE - timedelta(minutes=1))[0] == {Reason.STAMP_FUTURE}


@pytest.mark.parametrize(
    ("claimed", "week"),
    [
        (None, date(2026, 6, 22)),
        (date(2026, 6, 17), date(2026, 6, 15)),
        (date(2026, 6, 8), date(2026, 6, 8)),
        (date(1970, 1, 1), date(2026, 6, 8)),
        (date(2099, 1, 1), date(2026, 6, 22)),
    ],
)
def test_the_week_is_what_the_device_says_between_stamp_and_arrival(claimed: date | None, week: date) -> None:
    assert judge(OPENED, OPENED + timedelta(days=14), claimed=claimed)[1] == week


def test_the_week_turns_at_midnight_in_india() -> None:
    sunday_evening_utc = datetime(2026, 6, 14, 18, 29, tzinfo=UTC)
    assert judge(None, sunday_evening_utc)[1] == date(2026, 6, 8)
    assert judge(None, sunday_evening_utc + timedelta(minutes=1))[1] == date(2026, 6, 15)


def test_every_reason_is_told_not_only_the_first() -> None:
    reasons, _ = judge(expires_on=date(2026, 1, 1), retired_at=OPENED, arrived=OPENED + timedelta(days=60))
    assert reasons == {Reason.EXPIRED, Reason.RETIRED, Reason.LATE}


class TestCodesOfScreens:
    """A code must have been opened while it was fresh; who says so is the stamp of that code, or else the arrival."""

    STEP = step_of(OPENED + timedelta(minutes=20))

    def test_opened_in_time_it_counts_whenever_it_is_sent(self) -> None:
        assert judge(time_step=self.STEP, stamp_step=self.STEP)[0] == set()
        assert judge(arrived=OPENED + timedelta(days=30), time_step=self.STEP, stamp_step=self.STEP)[0] == set()

    def test_after_thirty_days_it_is_late_like_any_other(self) -> None:
        late = OPENED + timedelta(days=30, minutes=18, seconds=1)
        assert judge(arrived=late, time_step=self.STEP, stamp_step=self.STEP)[0] == {Reason.LATE}

    def test_the_stamp_of_another_code_of_the_same_hour_proves_nothing(self) -> None:
        """A picture of one code, and the page of a later one or of the typed number."""
        for other in (self.STEP + 1, self.STEP - 1, None):
            assert judge(time_step=self.STEP, stamp_step=other)[0] == {Reason.CODE_STALE}

    def test_what_arrives_while_the_code_is_fresh_needs_no_such_stamp(self) -> None:
        fresh, over = OPENED + timedelta(minutes=25, seconds=59), OPENED + timedelta(minutes=26)
        assert judge(arrived=fresh, time_step=self.STEP)[0] == set()
        assert judge(arrived=over, time_step=self.STEP)[0] == {Reason.CODE_STALE}

    def test_a_code_out_of_the_pad_before_its_time_is_not_counted(self) -> None:
        early = OPENED + timedelta(minutes=17, seconds=59)
        assert judge(arrived=early, time_step=self.STEP)[0] == {Reason.CODE_STALE}

    def test_without_a_stamp_or_with_one_that_proves_nothing_the_arrival_decides(self) -> None:
        step = {"time_step": self.STEP, "stamp_step": self.STEP}
        assert judge(opened=None, **step)[0] == {Reason.STAMP_MISSING, Reason.CODE_STALE}
        assert judge(stamp_for=8, **step)[0] == {Reason.STAMP_FOREIGN, Reason.CODE_STALE}
        assert judge(stamp_key_cut_off_on=date(2026, 6, 12), **step)[0] == {Reason.CODE_STALE}
        fresh = OPENED + timedelta(minutes=22)
        assert judge(opened=None, arrived=fresh, **step)[0] == {Reason.STAMP_MISSING}
        assert judge(arrived=fresh, stamp_key_cut_off_on=date(2026, 6, 1), **step)[0] == set()

    def test_its_minute_says_more_than_the_hour_of_the_stamp(self) -> None:
        minute = OPENED + timedelta(minutes=20)
        step = {"time_step": self.STEP, "stamp_step": self.STEP}
        assert judge(retired_at=minute + timedelta(minutes=1), **step)[0] == set()
        assert judge(retired_at=minute - timedelta(minutes=3), **step)[0] == {Reason.RETIRED}

    def test_other_codes_know_no_minute(self) -> None:
        assert judge(stamp_step=self.STEP)[0] == set()


@pytest.mark.parametrize(
    ("claimed", "arrived", "first_on", "last_on"),
    [
        (date(2026, 6, 10), OPENED + timedelta(hours=1), date(2026, 6, 10), date(2026, 6, 10)),
        (date(2026, 6, 10), OPENED + timedelta(days=2), date(2026, 6, 10), date(2026, 6, 12)),
        (date(2026, 6, 10), OPENED + timedelta(days=14), date(2026, 6, 10), date(2026, 6, 14)),
        (date(2026, 6, 17), OPENED + timedelta(days=14), date(2026, 6, 15), date(2026, 6, 21)),
        (date(2099, 1, 1), OPENED + timedelta(days=14), date(2026, 6, 22), date(2026, 6, 24)),
        (None, OPENED + timedelta(days=14), date(2026, 6, 22), date(2026, 6, 24)),
    ],
)
def test_it_was_answered_on_a_day_of_its_week_between_stamp_and_arrival(
    claimed: date | None, arrived: datetime, first_on: date, last_on: date
) -> None:
    capture = judge_capture(
        stamp=Stamp.at(OPENED, 0, PLACEMENT),
        stamp_key_cut_off_on=None,
        placement_id=PLACEMENT,
        validity=Validity(),
        claimed_week=claimed,
        arrived_at=arrived,
    )
    assert (capture.first_on, capture.last_on) == (first_on, last_on)

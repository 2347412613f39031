from datetime import UTC, datetime, timedelta

from app.domain.devices.device import (
    CODE_LIFE,
    Missing,
    is_code_good,
    read_device_code,
    show_device_code,
    what_is_missing,
)
from app.domain.devices.sequence import Arrived, NumberRun


def test_a_code_is_read_as_people_type_it() -> None:
    assert read_device_code("abcde-fg234") == "ABCDEFG234"
    assert read_device_code(" AB CDE FG २३४ ") == "ABCDEFG234"
    assert read_device_code("ＡＢＣＤＥＦＧ２３４") == "ABCDEFG234"
    assert show_device_code("ABCDEFG234") == "ABCDE FG234"
    for wrong in ("", "ABCDEFG23", "ABCDEFG2345", "ABCDEFG231", "OBCDEFG234", "कखगघङचछजझञ"):
        assert read_device_code(wrong) is None


def test_what_the_device_still_has_is_not_lost() -> None:
    assert what_is_missing(Arrived(3, ()), last_sequence=3, waiting=0) == Missing(0, 0, ())
    assert what_is_missing(Arrived(3, ()), last_sequence=5, waiting=2) == Missing(2, 0, (NumberRun(4, 5),))
    assert what_is_missing(Arrived(0, ()), last_sequence=3, waiting=0) == Missing(0, 3, (NumberRun(1, 3),))
    gap = Arrived(6, (NumberRun(2, 3),))
    assert what_is_missing(gap, last_sequence=8, waiting=1) == Missing(1, 3, (NumberRun(2, 3), NumberRun(7, 8)))


def test_what_the_device_has_not_spoken_of_is_not_missed_yet() -> None:
    assert what_is_missing(Arrived(6, (NumberRun(2, 5),)), last_sequence=1, waiting=0) == Missing(0, 0, ())
    assert what_is_missing(Arrived(6, (NumberRun(2, 5),)), last_sequence=3, waiting=0) == Missing(
        0, 2, (NumberRun(2, 3),)
    )
    assert what_is_missing(Arrived(2, (NumberRun(1, 1),)), last_sequence=None, waiting=None) == Missing(0, 0, ())


def test_a_code_is_good_for_ten_minutes_whatever_the_clock_was_that_made_it() -> None:
    now, second = datetime(2026, 11, 23, 6, tzinfo=UTC), timedelta(seconds=1)
    assert is_code_good(now + CODE_LIFE, now)
    assert is_code_good(now + second, now)
    for expires_at in (None, now, now - second, now + CODE_LIFE + timedelta(minutes=1), now + timedelta(days=399)):
        assert not is_code_good(expires_at, now)

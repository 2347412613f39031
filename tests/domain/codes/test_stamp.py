"""The bytes of a stamp: the hour, and for a counter screen's code its minute."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes.stamp import Stamp

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
WORDS = st.integers(0, 2**32 - 1)


@given(MOMENTS, st.integers(0, 255), WORDS, st.none() | WORDS)
def test_a_stamp_is_read_as_it_was_written(
    moment: datetime, key_id: int, placement_id: int, time_step: int | None
) -> None:
    stamp = Stamp.at(moment, key_id, placement_id, time_step)
    assert Stamp.from_payload(stamp.payload()) == stamp


@given(MOMENTS)
def test_everybody_who_opens_a_page_within_one_hour_gets_the_same(moment: datetime) -> None:
    given_at = Stamp.at(moment, 0, 7).given_at
    assert given_at <= moment < given_at + timedelta(hours=1)
    assert (given_at.minute, given_at.second, given_at.microsecond) == (0, 0, 0)


@given(st.binary(max_size=16))
def test_any_bytes_are_exactly_one_stamp_or_none(payload: bytes) -> None:
    try:
        stamp = Stamp.from_payload(payload)
    except ValueError:
        assert len(payload) not in (10, 14) or payload[0] != 1
    else:
        assert stamp.payload() == payload

"""One-time codes that are read from one screen and typed on another."""

from datetime import UTC, datetime, timedelta

from app.domain.devices.device import read_device_code, show_device_code
from app.formats.crypto.set_up_codes import digest_of_code, draw_code

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def test_a_code_is_good_for_ten_minutes_and_can_be_typed_as_it_is_shown() -> None:
    given = draw_code(NOW)
    assert given.expires_at == NOW + timedelta(minutes=10)
    assert read_device_code(show_device_code(given.code).lower()) == given.code


def test_no_two_are_alike_and_what_is_kept_tells_none() -> None:
    codes = {draw_code(NOW).code for _ in range(100)}
    digests = {digest_of_code(code) for code in codes}
    assert len(codes) == len(digests) == 100
    assert not any(code.encode() in digest for code in codes for digest in digests)

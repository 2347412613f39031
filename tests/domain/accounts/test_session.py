from datetime import UTC, datetime, timedelta

import pytest

from app.domain.accounts.session import SessionClaim

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "seen", "alive"),
    [
        (timedelta(0), timedelta(0), True),
        (timedelta(hours=8), timedelta(minutes=30), True),
        (timedelta(hours=8, seconds=1), timedelta(0), False),
        (timedelta(hours=1), timedelta(minutes=30, seconds=1), False),
        (-timedelta(seconds=1), -timedelta(seconds=1), False),
    ],
)
def test_a_session_ends_when_idle_and_when_old(since: timedelta, seen: timedelta, alive: bool) -> None:
    assert SessionClaim(1, 0, b"k", NOW - since, NOW - seen).is_alive(NOW) is alive

"""Sealing keys: which are added, and which are old enough to be forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.models import SealingKey
from app.services.installation.sealing_keys import (
    Rotation,
    record_sealing_keys,
    rotate_sealing_keys,
    sealing_keys_since,
)

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def test_a_key_goes_when_the_next_one_that_is_held_is_older_than_400_days(session: Session) -> None:
    days = {1: 900, 2: 600, 3: 401, 4: 400, 5: 10}
    session.add_all(SealingKey(id=kid, created_on=TODAY - timedelta(days=ago)) for kid, ago in days.items())
    session.flush()
    # The second was lost long ago, so what was sealed until the third came was sealed under the first.
    assert rotate_sealing_keys(session, [1, 3, 4, 5], NOW) == Rotation(6, (1,))


def test_the_first_key_has_no_number_that_means_none(session: Session) -> None:
    assert rotate_sealing_keys(session, [], NOW) == Rotation(1, ())
    assert sealing_keys_since(session) == {1: TODAY}


def test_the_day_of_a_key_that_is_noted_stays(session: Session) -> None:
    record_sealing_keys(session, [1], date(2025, 1, 1))
    record_sealing_keys(session, [1, 2], TODAY)
    assert sealing_keys_since(session) == {1: date(2025, 1, 1), 2: TODAY}


def test_after_the_last_number_there_is_no_further_key(session: Session) -> None:
    record_sealing_keys(session, [254], TODAY)
    assert rotate_sealing_keys(session, [254], NOW).added == 255
    with pytest.raises(Problem, match=r"keys\.sealing_used_up"):
        rotate_sealing_keys(session, [254, 255], NOW)

"""A counter screen fetches codes: noted once a day, and asked for again if the note fails."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.models import Department, Screen
from app.services.codes.counter_screens import FetchedPad
from app.transaction import reading, transaction
from app.web.context import context
from app.workflows.counter_pads import send_codes
from tests.factories import RegisteredScreen, enrolled_screen
from tests.fixtures.faults import failing_commit

NOW = datetime(2026, 6, 10, 6, 30, tzinfo=UTC)
SECRET = b"s" * 32


@pytest.fixture
def screen(app: Flask) -> RegisteredScreen:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        return enrolled_screen(session, SECRET, now=NOW)


def fetch() -> FetchedPad:
    address, signer = context().settings.address, context().tokens
    fetched, leads_to = send_codes(SECRET, None, address=address, signer=signer, now=NOW)
    assert leads_to == address
    return fetched


def test_it_asks_again_if_the_note_fails(screen: RegisteredScreen) -> None:
    with failing_commit(), pytest.raises(OperationalError):
        fetch()
    with reading() as session:
        assert session.get_one(Screen, screen.placement_id).fetched_on is None
    assert fetch().is_first_today
    with reading() as session:
        assert session.get_one(Screen, screen.placement_id).fetched_on == NOW.date()


@pytest.mark.usefixtures("screen")
def test_what_is_fetched_later_that_day_writes_nothing() -> None:
    fetch()
    with failing_commit():
        assert fetch().pad.tags

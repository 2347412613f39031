"""What the demonstration shows of quiet periods: one that is over, and one that waits."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.accounts.role import Role
from app.models import Account
from app.services.installation.quiet.queries import QuietState, list_quiet_periods
from app.workflows.demonstration.accounts import ACCOUNTS
from app.workflows.demonstration.quiet_periods import FIRST, SECOND, keep_quiet
from tests.factories import add_place

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def test_one_is_over_and_one_waits_for_somebody_else(session: Session) -> None:
    state = add_place(session, kind="state")
    station = add_place(session, parent=state)
    for one in ACCOUNTS:
        place = station if one.place == "quiet" else state
        row = Account(username=one.username, name=one.name, role=one.role, place_id=place.id, password_hash="")
        session.add(row)
    session.flush()
    assert {one.role for one in ACCOUNTS if one.username in (FIRST, SECOND)} == {Role.STATE_ADMIN}
    keep_quiet(session, NOW)
    waits, over = list_quiet_periods(session, NOW)
    assert (waits.state, waits.entered_by, waits.place_ids) == (QuietState.WAITING, SECOND, {state.id})
    assert (over.state, over.confirmed_by, over.place_ids) == (QuietState.OVER, SECOND, {station.id})

"""Quiet periods as headquarters reads them: what waits first, and who decided what."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.installation.quiet_period import BY_DEFAULT, QuietBlock, QuietChoice
from app.domain.weeks import IST
from app.services.installation.quiet.changes import confirm_end, enter_quiet, propose_end, withdraw_quiet
from app.services.installation.quiet.queries import QuietState, list_quiet_periods
from tests.factories import add_place
from tests.factories.installation.quiet_periods import add_quiet
from tests.factories.responses.policies import two_accounts

pytestmark = pytest.mark.both_databases
NOW = datetime(2026, 12, 1, 8, tzinfo=IST)
DAY = timedelta(days=1)


def test_each_stands_where_its_time_and_its_decisions_put_it(any_session: Session) -> None:
    session = any_session
    state = add_place(session, kind="state", name_en="State")
    two = two_accounts(session, state)
    over = add_quiet(session, two, [state], NOW - 9 * DAY, NOW)
    coming = add_quiet(session, two, [state], NOW + DAY, NOW + 3 * DAY, now=NOW)
    holds = add_quiet(session, two, [state], NOW - DAY, NOW + DAY, order="2", blocks=[QuietBlock.TIPS])
    ended = add_quiet(session, two, [state], NOW - DAY, NOW + DAY)
    propose_end(session, ended, two[1], NOW)
    confirm_end(session, ended, two[0], NOW)
    choice = QuietChoice("3", NOW, NOW + DAY, frozenset({state.id}), BY_DEFAULT)
    back, waits = (enter_quiet(session, choice, two[0], NOW) for _ in range(2))
    withdraw_quiet(session, back, two[1], NOW)
    found = list_quiet_periods(session, NOW)
    assert [(one.id, one.state) for one in found] == [
        (waits, QuietState.WAITING),
        (holds, QuietState.HOLDS),
        (coming, QuietState.COMING),
        (ended, QuietState.OVER),
        (over, QuietState.OVER),
        (back, QuietState.WITHDRAWN),
    ]
    one = found[1]
    assert (one.order, one.entered_by, one.confirmed_by, one.ended_by) == ("2", "head-0", "head-1", None)
    assert ([place.en for place in one.places], one.blocks) == (["State"], (QuietBlock.TIPS,))
    assert (found[3].end_proposed_by, found[3].ended_by, found[3].ended_at) == ("head-1", "head-0", NOW)

"""The quiet periods of the demonstration: a by-election that is over, and an order that waits for a second person."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.installation.quiet_period import BY_DEFAULT, QuietChoice
from app.models import Account
from app.services.installation.quiet.changes import confirm_quiet, enter_quiet

FIRST, SECOND = "admin", "admin2"
_DAY = timedelta(days=1)


def keep_quiet(session: Session, now: datetime) -> None:
    """The by-election was in the place of the quiet station; the next order is about the whole department."""
    accounts = {row.username: row for row in session.scalars(select(Account))}
    begun = now - 70 * _DAY
    place, whole = accounts["quiet"].place_id, accounts[FIRST].place_id
    over = QuietChoice("17/उप/2026", begun, begun + 21 * _DAY, frozenset({place}), BY_DEFAULT)
    confirm_quiet(session, enter_quiet(session, over, accounts[FIRST].id, begun), accounts[SECOND].id, begun)
    coming = QuietChoice("42/2026", now + 30 * _DAY, now + 75 * _DAY, frozenset({whole}), BY_DEFAULT)
    enter_quiet(session, coming, accounts[SECOND].id, now)

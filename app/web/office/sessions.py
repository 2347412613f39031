"""The session of the office, kept in Flask's signed cookie. Only office views ever touch it.

Flask-Login is not used: its hook reads the session after every request, citizens' too, and so puts
`Vary: Cookie` on pages that must not know about cookies.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import session

from app.domain.accounts.session import SECOND_FACTOR_WITHIN, SessionClaim

_SESSION = "account"
_PENDING = "pending"
# Written back at most once a minute: a cookie with every answer would gain nothing.
_TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pending:
    """The password was right and the second factor is awaited."""

    account_id: int
    epoch: int
    since_at: datetime
    next: str

    def is_alive(self, now: datetime) -> bool:
        return self.since_at <= now <= self.since_at + SECOND_FACTOR_WITHIN


def start_session(account_id: int, epoch: int, now: datetime) -> None:
    """Begin a new session; whatever an earlier visitor of this browser left behind is dropped."""
    session.clear()
    session.permanent = True
    stamp = int(now.timestamp())
    session[_SESSION] = [account_id, epoch, secrets.token_hex(16), stamp, stamp]


def renew_session(epoch: int) -> None:
    """Go on in this browser when every other session of the account has just been ended."""
    if _SESSION in session:
        session[_SESSION] = [session[_SESSION][0], epoch, *session[_SESSION][2:]]


def await_second_factor(account_id: int, epoch: int, next_path: str, now: datetime) -> None:
    session.clear()
    session[_PENDING] = [account_id, epoch, int(now.timestamp()), next_path]


def end_session() -> None:
    session.clear()


def read_claim() -> SessionClaim | None:
    """What this browser's cookie says, or None. The signature has been checked, the age has not."""
    found = session.get(_SESSION)
    if not found:
        return None
    account_id, epoch, key, since, seen = found
    return SessionClaim(account_id, epoch, bytes.fromhex(key), _time(since), _time(seen))


def read_pending() -> Pending | None:
    found = session.get(_PENDING)
    if not found:
        return None
    account_id, epoch, since, next_path = found
    return Pending(account_id, epoch, _time(since), next_path)


def touch_session(claim: SessionClaim, now: datetime) -> None:
    """The account is at work: the idle time begins anew."""
    if now - claim.seen_at >= _TOUCH_EVERY:
        session[_SESSION] = [*session[_SESSION][:4], int(now.timestamp())]


def _time(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)

"""Failed sign-ins in the audit chain, in a way that nobody can fill it with.

An entry is written when a delay step is reached, not for every attempt: at the first wait and at the longest one,
so an account that is attacked all day has two entries. What is tried from one address under names that nobody
has gets one entry in a day for all of them, which names no address.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEntry
from app.services.accounts.changes import subject_of
from app.services.record import audit

_ADDRESS = "sign_in.failing"
_A_DAY = timedelta(days=1)


def record_failing(session: Session, account_id: int, what: str, attempts: int, now: datetime) -> None:
    """`what` failed at an account: "password" or "second_factor". The last of the attempts may turn out right."""
    details = {"what": what, "attempts": attempts}
    audit.record(session, "account.sign_in_failing", subject_of(account_id), None, details, now)


def record_failing_address(session: Session, attempts: int, now: datetime) -> None:
    """Many attempts came from one address, whatever the names. Once a day is enough to make somebody look."""
    lately = select(AuditEntry.sequence).where(AuditEntry.action == _ADDRESS, AuditEntry.at > now - _A_DAY).limit(1)
    if session.scalar(lately) is None:
        audit.record(session, _ADDRESS, "sign_in:address", None, {"attempts": attempts}, now)

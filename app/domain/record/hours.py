"""The seal of an hour: it binds whoever publishes it to all that had arrived, and tells nobody what that was.

The salt is what keeps it from telling: the answers of an hour are few enough to be tried one by one.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime

from app.domain.record.multiset import Multiset

SALT_BYTES = 16


def hour_name(moment: datetime) -> str:
    """The hour as entries name it, such as 2026-11-30T07Z."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%HZ}"


def commit(salt: bytes, weeks: Iterable[tuple[date, Multiset, Multiset]]) -> bytes:
    """SHA-256 over the salt and what each open week holds of answers and of verdicts."""
    open_weeks = (
        week.isoformat().encode() + answers.to_bytes() + verdicts.to_bytes() for week, answers, verdicts in weeks
    )
    return hashlib.sha256(b"samvad hour 1\n" + salt + b"".join(open_weeks)).digest()

"""Sessions of the office: what the signed cookie says, and how long one lives."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: a session that nobody uses ends after this time
IDLE = timedelta(minutes=30)
#: and every session ends after this time
LONGEST = timedelta(hours=8)
#: how long the second factor may be awaited after the password was right
SECOND_FACTOR_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SessionClaim:
    """What the signed cookie says: which session of which account, since when, and when it was last used."""

    account_id: int
    epoch: int
    key: bytes
    since_at: datetime
    seen_at: datetime

    def is_alive(self, now: datetime) -> bool:
        """Neither idle for too long, nor too old, nor from the future."""
        return self.since_at <= self.seen_at <= now and now - self.seen_at <= IDLE and now - self.since_at <= LONGEST

"""What the public record is told of seals: every hour that something is bound, every week what."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.record.canonical import Value
from app.domain.record.hours import commit, hour_name
from app.domain.weeks import week_of
from app.models import SealTold
from app.services.locks import Job, hold
from app.services.responses.seals.week_seals import WeekSeal, read_seals, tell

#: weeks are told when they bring so many answers that the record did not know of: fewer would be a count of a station
LEAST_NEW = 50
#: weeks of one entry: it has a bound
_WEEKS = 50
Entry = dict[str, Value]


def new_entries(session: Session, salt: bytes, now: datetime) -> list[Entry]:
    """The entries that are due, without `v` and `on`; they count as told. None in an hour that was told before.

    Whoever asks enters them in the same transaction, and keeps the salt outside the database.
    """
    hold(session, Job.SEAL)
    told = session.get(SealTold, 1) or SealTold(id=1)
    session.add(told)
    hour = hour_name(now)
    if told.hour is not None and told.hour >= hour:
        return []
    entries: list[Entry] = []
    if told.adopted_until is not None:
        entries.append({"type": "seal", "kind": "adopted", "until": told.adopted_until.isoformat()})
    if told.week is None or told.week < week_of(now):
        entries += _weeks(session, week_of(now))
    open_weeks = [(seal.week, seal.answers, seal.verdicts) for seal in read_seals(session) if seal.is_open]
    entries.append({"type": "seal", "kind": "hour", "hour": hour, "commit": commit(salt, open_weeks).hex()})
    told.hour, told.week, told.adopted_until = hour, week_of(now), None
    session.flush()
    return entries


def _weeks(session: Session, present: date) -> list[Entry]:
    """Those that are over and hold more than was told. Late answers change older weeks, which are told again."""
    changed = [seal for seal in read_seals(session) if seal.week < present and seal.is_open]
    if sum(seal.answers.count - seal.told_answers for seal in changed) < LEAST_NEW:
        return []
    tell(session, [seal.week for seal in changed])
    return [_week_entry(changed[at : at + _WEEKS]) for at in range(0, len(changed), _WEEKS)]


def _week_entry(seals: Sequence[WeekSeal]) -> Entry:
    weeks: list[Value] = [
        [
            seal.week.isoformat(),
            seal.answers.count,
            seal.answers.digest().hex(),
            seal.verdicts.count,
            seal.verdicts.digest().hex(),
        ]
        for seal in seals
    ]
    return {"type": "seal", "kind": "week", "weeks": weeks}

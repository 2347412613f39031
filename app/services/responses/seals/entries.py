"""What the public record is told of seals: every hour that something is bound, every week what."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.record.canonical import Value
from app.domain.record.hours import commit, hour_name
from app.domain.record.multiset import Multiset
from app.domain.weeks import week_of
from app.models import SealTold
from app.services.locks import Job, hold
from app.services.record.log.entries import NewEntry, entry_about
from app.services.record.receipt_lists import MARGIN, told_answers
from app.services.responses.seals.week_seals import WeekSeal, read_seals, tell, told_so_far

#: weeks are told when they bring so many answers that the record did not know of: fewer would be a count of a station
LEAST_NEW = 50
#: and a week by itself when it brings so many of them; of all weeks together what the others bring is told
LEAST_OF_WEEK = 10
#: weeks of one entry: it has a bound
_WEEKS = 50
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def is_hour_due(session: Session, now: datetime) -> bool:
    """Whether the record was told nothing yet of the hour that began last.

    An hour of another day that is yet to come was told by a clock that was wrong, or written by somebody: it keeps
    nothing back.
    """
    told = session.get(SealTold, 1)
    return told is None or told.hour is None or not hour_name(now) <= told.hour <= hour_name(now + _DAY)


def new_entries(session: Session, salt: bytes, now: datetime) -> list[NewEntry]:
    """The entries that are due; they count as told. None in an hour that was told before.

    Whoever asks enters them in the same transaction, and keeps the salt nowhere: with it and the answers of the hour
    anybody could tell which those are.
    """
    hold(session, Job.SEAL)
    if not is_hour_due(session, now):
        return []
    told = told_so_far(session)
    entries, number = [], int((now - datetime.fromtimestamp(0, UTC)) / _HOUR)
    if told.adopted_until is not None:
        entries.append(_entry("adopted", number, {"until": told.adopted_until.isoformat()}))
    # As late as the list of numbers: what began before Monday may be stored after it.
    present = week_of(now - MARGIN)
    # A week that is yet to come was told by a clock that was wrong: it keeps nothing back.
    if told.week != present:
        entries += _weeks(session, told, present)
    open_weeks = [(seal.week, seal.answers, seal.verdicts) for seal in read_seals(session) if seal.is_open]
    bound = {"hour": hour_name(now), "commit": commit(salt, open_weeks).hex()}
    if entry_about(session, "seal hour", number) is None:
        entries.append(_entry("hour", number, bound))
    told.hour, told.week, told.adopted_until = hour_name(now), present, None
    session.flush()
    return entries


def _weeks(session: Session, told: SealTold, present: date) -> list[NewEntry]:
    """Those that are over and hold more than was told. Late answers change older weeks, which are told again.

    A week of which few are new waits, and is in what is told of all weeks together, so that no answer is bound by
    nothing but an hour.
    """
    over = [seal for seal in read_seals(session) if seal.week < present]
    answers = sum(seal.answers.count for seal in over)
    first = present.toordinal() * _WEEKS
    # By a clock that was wrong for a while it was told already what is told in this week.
    if answers - told_answers(session) < LEAST_NEW or entry_about(session, "seal week", first) is not None:
        return []
    changed = [seal for seal in over if seal.is_open and not 0 < seal.new_answers < LEAST_OF_WEEK]
    tell(session, [seal.week for seal in changed])
    told.answers = answers
    portions = [changed[at : at + _WEEKS] for at in range(0, len(changed), _WEEKS)] or [[]]
    waiting = any(seal.new_answers for seal in over if seal not in changed)
    together: dict[str, Value] = {"all": _all_of(over)} if waiting else {}
    return [
        _entry("week", first + at, {"weeks": [_told_of(seal) for seal in portion], **({} if at else together)})
        for at, portion in enumerate(portions)
    ]


def _all_of(seals: Sequence[WeekSeal]) -> Value:
    """The same of all weeks together, under the last of them."""
    answers = verdicts = Multiset()
    for seal in seals:
        answers, verdicts = answers.joined(seal.answers), verdicts.joined(seal.verdicts)
    return _row(seals[-1].week, answers, verdicts)


def _told_of(seal: WeekSeal) -> Value:
    return _row(seal.week, seal.answers, seal.verdicts)


def _row(week: date, answers: Multiset, verdicts: Multiset) -> Value:
    """A Monday, and number and digest of answers and of verdicts."""
    return [week.isoformat(), answers.count, answers.digest().hex(), verdicts.count, verdicts.digest().hex()]


def _entry(kind: str, number: int, content: Mapping[str, Value]) -> NewEntry:
    return NewEntry("seal", f"seal {kind}", number, {"kind": kind, **content})

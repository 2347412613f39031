"""Weeks: the finest time that is kept with an answer. A week is named by its Monday, in Indian time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

#: India has one zone and no summer time.
IST = timezone(timedelta(hours=5, minutes=30), "IST")
WEEK = timedelta(days=7)
#: days outside of these are slips of the pen, and a computation with them could leave the calendar
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
#: a week can be published this long after it has ended, so that most phones have found a network by then
SETTLING = timedelta(days=7)

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def day_of(moment: datetime) -> date:
    """The day in India at an aware time."""
    return moment.astimezone(IST).date()


def within_calendar(day: date) -> date:
    """The day, or the nearest one that can be computed with."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def week_of(moment: datetime | date) -> date:
    """The Monday of the ISO week, in India, of an aware time or of a day."""
    day = day_of(moment) if isinstance(moment, datetime) else moment
    return day - timedelta(days=day.weekday())


def week_ends_at(week: date) -> datetime:
    """The first moment after the week, Monday midnight in India."""
    return datetime.combine(week + WEEK, time(), IST)


def last_settled_week(now: datetime) -> date:
    """The newest week that ended at least seven days ago: the last that may be published."""
    return week_of(now - SETTLING) - WEEK


def weeks_apart(earlier: date, later: date) -> int:
    """Whole weeks from one Monday to another."""
    return (later - earlier).days // 7


def weeks_from(first: date, last: date) -> Iterator[date]:
    """Every Monday from the first week to the last, both included."""
    week = first
    while week <= last:
        yield week
        week += WEEK


def month_of(week: date) -> tuple[int, int]:
    """Year and month a week counts for: those of its Thursday, so that every week has exactly one."""
    thursday = week + timedelta(days=3)
    return thursday.year, thursday.month


def weeks_of_month(year: int, month: int) -> tuple[date, ...]:
    """The weeks whose Thursday lies in the month: four or five."""
    first = date(year, month, 1)
    thursday = first + timedelta(days=(3 - first.weekday()) % 7)
    weeks = []
    while (thursday.year, thursday.month) == (year, month):
        weeks.append(thursday - timedelta(days=3))
        thursday += WEEK
    return tuple(weeks)


def month_label(first: date) -> str:
    """A month as a period is written, such as 2026-10, by its first day."""
    return f"{first.year}-{first.month:02d}"


def last_day_of_month(first: date) -> date:
    """The last day of a month, by its first."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def month_before(day: date) -> date:
    """The first day of the month before the one in which a day lies."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def iso_label(week: date) -> str:
    """The week as ISO 8601 writes it, such as 2026-W48."""
    year, number, _ = week.isocalendar()
    return f"{year}-W{number:02d}"


@dataclass(frozen=True, slots=True)
class Weeks:
    """A run of weeks, first and last included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first.weekday() or self.last.weekday() or self.first > self.last:
            raise ValueError("a run of weeks goes from a Monday to the same or a later Monday")

    def __contains__(self, week: date) -> bool:
        return self.first <= week <= self.last

    @classmethod
    def of_month(cls, year: int, month: int) -> "Weeks":
        weeks = weeks_of_month(year, month)
        return cls(weeks[0], weeks[-1])

    @classmethod
    def parse_month(cls, text: str) -> "Weeks":
        """The weeks of a month that is written like 2026-10; ValueError for anything else."""
        if not _MONTH.fullmatch(text) or not FIRST_DAY.year <= int(text[:4]) <= LAST_DAY.year:
            raise ValueError(f"no month that can be computed with: {text!r}")
        return cls.of_month(int(text[:4]), int(text[5:]))

"""Weeks: the finest time that is kept with an answer. A week is named by its Monday, in Indian time."""

from datetime import date, datetime, timedelta, timezone

#: India has one zone and no summer time.
IST = timezone(timedelta(hours=5, minutes=30), "IST")


def day_of(moment: datetime) -> date:
    """The day in India at an aware time."""
    return moment.astimezone(IST).date()


def week_of(moment: datetime | date) -> date:
    """The Monday of the ISO week, in India, of an aware time or of a day."""
    day = day_of(moment) if isinstance(moment, datetime) else moment
    return day - timedelta(days=day.weekday())

"""The times of which figures are told, besides editions: a month that is over, and all quarters that are.

Any run of weeks that a reader likes would be many sums of the same few blocks, each by a little more: whoever asks for
all of them can reckon back most blocks to the very person, however the shares are rounded. So no time overlaps another
in part, and none is read while it grows.
"""

from datetime import date, timedelta

from app.domain.quarter import quarter_of
from app.domain.weeks import WEEK, Weeks, week_of

_THURSDAY = timedelta(days=3)


def is_over(month: Weeks, today: date) -> bool:
    """Whether the last week of a month has settled, so that what ends in the month has been published."""
    return month.last <= _settled(today)


def is_of_past_quarters(week: date, today: date) -> bool:
    """Whether a week lies in a quarter, by its Thursday, of which the last week has settled."""
    return quarter_of(week + _THURSDAY) < quarter_of(_settled(today) + WEEK + _THURSDAY)


def _settled(today: date) -> date:
    return week_of(today) - 2 * WEEK

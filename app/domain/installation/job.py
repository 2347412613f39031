"""A job: long work that somebody asked for, or the timetable; which months it can be about, and how it stands.

It survives a restart: what is drawn is kept, and whoever works next goes on from there.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from app.domain.problem import Problem, ProblemType
from app.domain.weeks import FIRST_DAY, WEEK, month_before, month_of, week_of

#: how long a finished file is kept; the job itself stays in the list
KEPT = timedelta(days=90)
#: months that can be chosen in the office
MONTHS_BACK = 12
#: in which each report is drawn
LANGUAGES = ("hi", "en")

JOB_UNKNOWN = ProblemType("job.unknown", 404, "There is no such job.")
JOB_ASKED_ALREADY = ProblemType(
    "job.asked_already", 409, "This is being made already. Please look for its job in the list."
)
JOB_OVER = ProblemType("job.over", 409, "This job has ended already, so there is nothing to cancel.")
JOB_GOES_ON = ProblemType("job.goes_on", 409, "This job has not ended yet, so there is nothing to repeat.")
JOB_FILE_GONE = ProblemType("job.file_gone", 410, "The file of this job is not kept any more. Please repeat the job.")
MONTH_NOT_OVER = ProblemType("job.month_not_over", 422, "Please choose a month that is over, such as 2026-10.")
MONTH_WITHOUT_RESULTS = ProblemType(
    "job.month_without_results", 422, "There are no results of this month. Please choose one that has some."
)

#: why a job failed, where nobody has foreseen it; the log says more
BROKEN = "job.broken"

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class JobKind(StrEnum):
    #: of one month, of a place and of each that lies below it
    REPORTS = "reports"


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        return self not in OPEN


OPEN = (JobState.WAITING, JobState.RUNNING)


def read_month(text: str, today: date) -> date:
    """The first day of a month written as 2026-10; Problem `job.month_not_over`, also for what is no month."""
    found = _MONTH.fullmatch(text)
    if not found or int(found[1]) < FIRST_DAY.year:
        raise Problem(MONTH_NOT_OVER)
    first = date(int(found[1]), int(found[2]), 1)
    if first > _newest_over(today):
        raise Problem(MONTH_NOT_OVER)
    return first


def months_over(today: date) -> Sequence[date]:
    """The first days of the months that can be chosen, the newest first."""
    months = [_newest_over(today)]
    while len(months) < MONTHS_BACK:
        months.append(month_before(months[-1]))
    return months


def _newest_over(today: date) -> date:
    """The newest month whose last week has settled: before, nothing is told of it."""
    return newest_due(week_of(today))[1]


def newest_due(monday: date) -> tuple[date, date]:
    """The newest Monday, up to this one, on which the timetable asks for a month, and the first day of that month.

    It is the first on which the last week of the month has settled, two weeks after that began.
    """
    week = monday - 2 * WEEK
    while month_of(week + WEEK) == month_of(week):
        week -= WEEK
    return week + 2 * WEEK, date(*month_of(week), 1)

"""When the jobs run, and what happens when one fails: it is said in one line, and done again the next time."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps

from huey import Huey, MemoryHuey, crontab

from app.domain.installation.watching import Work
from app.domain.problem import Problem
from app.formats.watching.lock_times import at_work
from app.jobs import chores
from app.jobs.clock import present_reading
from app.jobs.shuffle import shuffle
from app.services.installation.clocks import note_run
from app.services.installation.failures import sentence_of
from app.transaction import transaction

#: how many minutes lie between two runs of each job
EVERY_MINUTES: dict[Callable[[], None], int] = {
    chores.fold: 1,
    # Before what forgets arrivals, by which it finds what is new.
    chores.seal: 20,
    chores.forget: 5,
    chores.publish: 30,
    chores.editions: 5,
    chores.rounds: 1,
    chores.record: 1,
}
#: the same for what may take a quarter of an hour; whoever comes meanwhile finds somebody at it and leaves
LONG_EVERY_MINUTES: dict[Callable[[], None], int] = {chores.reports: 1}
#: the hours and minutes, in UTC, at which each job of the night runs: 02:30 and 03:15 in India
EVERY_NIGHT: dict[Callable[[], None], tuple[int, int]] = {shuffle: (21, 0), chores.check: (21, 45)}

Surroundings = Callable[[], AbstractContextManager[object]]

_log = logging.getLogger(__name__)


def schedule(surroundings: Surroundings) -> Huey:
    """A queue with the jobs on their timetable; `surroundings` gives each the application's context.

    It lives in memory. Every job starts from what the database says, so a queue that outlived its process
    would only repeat what the next run does anyway.
    """
    queue = MemoryHuey("samvad", results=False, utc=True)
    for job, minutes in (EVERY_MINUTES | LONG_EVERY_MINUTES).items():
        queue.periodic_task(crontab(minute=f"*/{minutes}"), name=job.__name__)(_guarded(surroundings, job))
    for job, (hour, minute) in EVERY_NIGHT.items():
        at = crontab(hour=str(hour), minute=str(minute))
        queue.periodic_task(at, name=job.__name__)(_guarded(surroundings, job))
    return queue


def run_once(surroundings: Surroundings, *, long_ones: bool = True) -> list[str]:
    """Every job once, in the order in which one feeds the other, and those that failed once more.

    So a start makes up for what a night has missed.
    The names of those that failed again. One that fails keeps no other from running: a database that somebody else
    holds for long must not keep what is promised to vanish.
    """
    failed = [*EVERY_MINUTES, *EVERY_NIGHT, *(LONG_EVERY_MINUTES if long_ones else ())]
    for _ in range(2):
        failed = [job for job in failed if not _guarded(surroundings, job)()]
    return [job.__name__ for job in failed]


def _guarded(surroundings: Surroundings, job: Callable[[], None]) -> Callable[[], bool]:
    @wraps(job)
    def run() -> bool:
        try:
            with surroundings(), at_work(Work.of(job.__name__)):
                job()
                with transaction() as session:
                    note_run(session, job.__name__, present_reading().at)
        except Exception as error:  # whatever it is, the other jobs and the next run must not fall with it
            told = {"event": "job.failed", "job": job.__name__}
            why = error.sentence() if isinstance(error, Problem) else sentence_of(error)
            _log.error("The job %s failed and will be tried again: %s", job.__name__, why, exc_info=error, extra=told)
            return False
        return True

    return run

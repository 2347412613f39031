"""When the jobs run."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps

from huey import Huey, MemoryHuey, crontab

from app.jobs import chores

#: how many minutes lie between two runs of each job
EVERY_MINUTES: dict[Callable[[], None], int] = {chores.fold: 1, chores.forget: 5, chores.publish: 30}


def schedule(surroundings: Callable[[], AbstractContextManager[object]]) -> Huey:
    """A queue with the jobs on their timetable; `surroundings` gives each the application's context.

    It lives in memory. Every job starts from what the database says, so a queue that outlived its process
    would only repeat what the next run does anyway.
    """
    queue = MemoryHuey("samvad", results=False, utc=True)
    for job, minutes in EVERY_MINUTES.items():
        queue.periodic_task(crontab(minute=f"*/{minutes}"), name=job.__name__)(_within(surroundings, job))
    return queue


def run_once(surroundings: Callable[[], AbstractContextManager[object]]) -> None:
    """Every job once, in the order in which one feeds the other."""
    for job in EVERY_MINUTES:
        _within(surroundings, job)()


def _within(surroundings: Callable[[], AbstractContextManager[object]], job: Callable[[], None]) -> Callable[[], None]:
    @wraps(job)
    def run() -> None:
        with surroundings():
            job()

    return run

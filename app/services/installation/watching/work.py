"""The work in the background: whether it is done, and by which clock."""

from datetime import timedelta

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.services.installation.clocks import doubt_of, last_runs, read_clock
from app.services.installation.watching.defects import Defect, Subject, Weight
from app.services.installation.watching.state import overdue_by
from app.services.record.receipt_lists import numbers_without_answers

#: how long after its last success each job counts as standing still; a busy run may take minutes
LONGEST_PAUSE = {
    "fold": timedelta(minutes=10),
    "forget": timedelta(minutes=30),
    "seal": timedelta(hours=1),
    "publish": timedelta(hours=2),
    "editions": timedelta(hours=1),
    "rounds": timedelta(hours=1),
    "record": timedelta(hours=1),
    "reports": timedelta(hours=1),
    "check": timedelta(hours=26),
    "shuffle": timedelta(hours=26),
}
_LOOK = "look whether samvad-worker runs, and at its log"


def check_worker(subject: Subject, connection: Connection) -> list[Defect]:
    """`worker.never`, or `worker.stands_still` with the jobs that do."""
    with Session(connection) as session:
        runs = last_runs(session)
    if not runs:
        sentence = "The worker has not done its work yet: start samvad-worker; if it runs, look at its log."
        return [Defect("worker.never", sentence)]
    late = [job for job, pause in LONGEST_PAUSE.items() if job not in runs or subject.now - runs[job] > pause]
    if not late:
        return []
    since = ", ".join(
        f"{job} {f'since {runs[job]:%Y-%m-%d %H:%M} UTC' if job in runs else 'never yet'}" for job in late
    )
    return [Defect("worker.stands_still", f"Work in the background has not been done ({since}): {_LOOK}.")]


def check_clock(subject: Subject, connection: Connection) -> list[Defect]:
    """`clock.doubted`."""
    with Session(connection) as session:
        clock = read_clock(session, subject.reading)
    return [Defect.of(doubt_of(clock), Weight.MEND)] if clock.is_doubted else []


def check_lists(subject: Subject, connection: Connection) -> list[Defect]:
    """`receipts.too_many`: confirmation numbers without answers keep weekly lists back."""
    with Session(connection) as session:
        without = numbers_without_answers(session, subject.now)
    if not without:
        return []
    sentence = (
        f"The list of confirmation numbers of a week waits, since there are {without} more numbers than sealed answers:"
        " answers were taken away, or numbers added, past Samvad. Look with `samvad seal verify`. After four weeks the"
        " list comes all the same, and everybody who checks the record sees it."
    )
    return [Defect("receipts.too_many", sentence)]


def check_promise(subject: Subject, connection: Connection) -> list[Defect]:
    """`arrivals.overdue`."""
    with Session(connection) as session:
        overdue = overdue_by(session, subject.now)
    if not overdue:
        return []
    sentence = f"What was to be forgotten after 72 hours is still there, hours later: {_LOOK}."
    return [Defect("arrivals.overdue", sentence)]

"""Publishing what has come to ten, a portion at a time, so that answers are let in between; and rounds on their day."""

import time
from collections.abc import Iterator
from datetime import datetime

from app.jobs.folding import fold_all
from app.services.figures.counting.rebuilding import stale_weeks
from app.services.figures.releases import Publication, Published, Step
from app.services.figures.rounds.results import count_round, keep_copies, look_for_copies, publish_round, rounds_due
from app.services.locks import Job, hold
from app.transaction import reading, transaction
from app.upkeep import alone, let_others_in

#: how long a transaction goes on with further steps; with the last of them it stays below 0.3 s
PORTION_S = 0.25


def publish_all(now: datetime, portion_s: float = PORTION_S) -> Published | None:
    """Fold, and publish every block that has come to ten. With nothing new it only reads.

    None if somebody else is at it, or if what waits is still being counted: publishing from half of the counts
    would make other blocks than there ought to be.
    """
    fold_all()
    with alone(Job.PUBLISH) as is_alone:
        if not is_alone or _are_counts_stale():
            return None
        publication = Publication(now)
        run_in_portions(publication.steps(), portion_s)
        return publication.published


def run_in_portions(steps: Iterator[Step], portion_s: float) -> None:
    """Carry out steps, as many in one transaction as there is time for; reading is done outside."""
    step = next(steps, None)
    wrote = False
    while step is not None:
        if step.reads:
            with reading() as session:
                step.run(session)
            step = next(steps, None)
            continue
        if wrote:
            let_others_in()
        with transaction() as session:
            hold(session, Job.FOLD)
            until = time.monotonic() + portion_s
            more = True
            while step is not None and not step.reads and more:
                step.run(session)
                step = next(steps, None)
                more = time.monotonic() < until
        wrote = True


def publish_rounds(now: datetime) -> int:
    """Publish what is due; how many were. With nothing due it only looks at the few rounds that wait.

    What somebody else keeps from being published now is published a minute later.
    """
    with reading() as session:
        due = rounds_due(session, now)
    if not due:
        return 0
    published = 0
    # Nobody makes blocks meanwhile, nor decides about copies.
    with alone(Job.PUBLISH) as is_alone:
        for round_id in due if is_alone else ():
            with reading() as session:
                copies = look_for_copies(session, round_id, now)
            with transaction() as session:
                keep_copies(session, copies, now)
            with reading() as session:
                counted = count_round(session, round_id)
            with transaction() as session:
                published += publish_round(session, counted, now)
            let_others_in()
    if published:
        fold_all()
    return published


def _are_counts_stale() -> bool:
    with reading() as session:
        return bool(stale_weeks(session))

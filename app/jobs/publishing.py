"""Publishing what has come to ten, a portion at a time, so that answers are let in between."""

import time
from collections.abc import Iterator
from datetime import datetime

from app.jobs.folding import fold_all
from app.services.figures.counting.rebuilding import stale_weeks
from app.services.figures.releases import Publication, Published, Step
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


def _are_counts_stale() -> bool:
    with reading() as session:
        return bool(stale_weeks(session))

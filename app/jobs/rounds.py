"""Publishing rounds on their results day: counted without a lock, kept in one transaction each."""

from datetime import datetime

from app.jobs.folding import fold_all
from app.services.figures.round_results import count_round, keep_copies, look_for_copies, publish_round, rounds_due
from app.services.locks import Job
from app.transaction import reading, transaction
from app.upkeep import alone, let_others_in


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

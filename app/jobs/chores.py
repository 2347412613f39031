"""The jobs themselves. Each may run at any time, twice, or on two machines at once: the services see to that.

What cannot be taken back is only done by a clock that is believed: an answer that was published before its week had
settled stays published, and what was forgotten is gone.
"""

from pathlib import Path

from flask import current_app

from app.domain.weeks import day_of
from app.jobs.clock import look_at_clock
from app.services.accounts.sign_in_delays import settle_future_delays
from app.services.codes.counter_slots import forget_slots
from app.services.figures.releases import publish_releases
from app.services.figures.tallies import FOLD_LIMIT, fold_marks
from app.services.held_files import forget_held_files, settle_future_files
from app.services.installation.clocks import doubt_of
from app.services.responses.arrivals import forget_arrivals, settle_future_arrivals
from app.transaction import empty_log, transaction


def fold() -> None:
    """Bring live counts up to date, a transaction at a time, so that answers are let in between."""
    marks = FOLD_LIMIT
    while marks == FOLD_LIMIT:
        with transaction() as session:
            marks = fold_marks(session).marks


def publish() -> None:
    """Publish what has come to ten. Problem `clock.doubted`."""
    clock = look_at_clock()
    if clock.is_doubted:
        raise doubt_of(clock)
    with transaction() as session:
        publish_releases(session, clock.now)


def forget() -> None:
    """Empty what is kept for 72 hours or for one hour only, and what can no longer matter.

    While the clock is doubted, only what is too old by the steady clock as well, so that the promise of 72 hours holds
    all the same; and what seems to lie in the future is left as it is, since it may be the present that is wrong.
    """
    clock = look_at_clock()
    folder, past = Path(current_app.instance_path), clock.surely_past
    with transaction() as session:
        if not clock.is_doubted:
            settle_future_arrivals(session, clock.now)
            settle_future_delays(session, clock.now)
        if past is not None:
            forget_arrivals(session, past)
            forget_slots(session, day_of(past))
    empty_log()
    if not clock.is_doubted:
        settle_future_files(folder, clock.now)
    if past is not None:
        forget_held_files(folder, past)

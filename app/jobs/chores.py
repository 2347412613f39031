"""The jobs themselves. Each may run at any time, twice, or on two machines at once: the services see to that.

What cannot be taken back is only done by a clock that is believed: an answer that was published before its week had
settled stays published, and what was forgotten is gone.
"""

from pathlib import Path

from flask import current_app

from app.config import Settings
from app.domain.weeks import day_of, week_of
from app.jobs.checking import check_cells
from app.jobs.clock import believed_now, look_at_clock, present_reading
from app.jobs.editions import make_editions, make_tables
from app.jobs.filling import fill_in
from app.jobs.folding import fold_all
from app.jobs.publishing import publish_all, publish_rounds
from app.jobs.rebuilding import go_on_rebuilding
from app.jobs.record.keeping import keep_record
from app.jobs.record.sealing import seal_all, watch_counts
from app.jobs.reports import forget_reports, make_reports
from app.jobs.screening import screen
from app.services.accounts.sign_in_delays import settle_future_delays
from app.services.codes.counter_slots import forget_slots
from app.services.figures.editions.print_files import forget_prints
from app.services.held_files import forget_held_files, settle_future_files
from app.services.locks import Job, hold
from app.services.responses.arrivals import KEPT, forget_arrivals, settle_future_arrivals
from app.services.responses.screening.findings import mark_unscreened
from app.services.responses.seals.sealing import keep_unsealed
from app.transaction import transaction
from app.upkeep import empty_log, learn_sizes

#: how long a round of folding goes on with a rebuild that an upgrade asked for, or that was broken off
_REBUILD_S = 20
#: and how long a round of publishing fills in what earlier releases lack
_FILL_IN_S = 20


def fold() -> None:
    """Bring live counts up to date."""
    go_on_rebuilding(for_seconds=_REBUILD_S)
    fold_all()


def seal() -> None:
    """Multiply what is new into the seals of its weeks. Problem `seals.state_unreadable`."""
    seal_all()
    settings: Settings = current_app.extensions["samvad.settings"]
    watch_counts(settings.record_folder)


def publish() -> None:
    """Screen what has arrived, publish what has come to ten, and fill in what earlier releases lack.

    Problem `clock.doubted`.
    """
    now = believed_now()
    screen(now)
    publish_all(now)
    fill_in(for_seconds=_FILL_IN_S)


def editions() -> None:
    """On Mondays: freeze what everybody below headquarters reads from 11:00 on, and the tables of it.

    Problem `clock.doubted`.
    """
    now = believed_now()
    make_editions(now)
    make_tables(Path(current_app.instance_path), now)


def rounds() -> None:
    """On their results day from 11:00 on: publish what came of polls and quizzes. Problem `clock.doubted`."""
    publish_rounds(believed_now())


def record() -> None:
    """Enter in the public record what is new, and sign it. Problems `clock.doubted` and `record.…`."""
    settings: Settings = current_app.extensions["samvad.settings"]
    keep_record(settings, believed_now())


def reports() -> None:
    """Make the reports of a month that somebody has asked for, or the timetable."""
    make_reports(Path(current_app.instance_path))


def check() -> None:
    """Every night: take away files whose time is over, look whether counts are what their answers say, and learn what
    the tables look like.
    """
    past = look_at_clock().surely_past
    if past is not None:
        forget_reports(Path(current_app.instance_path), past)
    check_cells(day_of(present_reading().at))
    learn_sizes()


def forget() -> None:
    """Empty what is kept for 72 hours or for one hour only, and what can no longer matter.

    While the clock is doubted, only what is too old by the steady clock as well, so that the promise of 72 hours holds
    all the same; and what seems to lie in the future is left as it is, since it may be the present that is wrong.
    """
    clock = look_at_clock()
    folder, past = Path(current_app.instance_path), clock.surely_past
    with transaction() as session:
        # Before any arrival is touched, as whoever seals them does.
        hold(session, Job.SEAL)
        if not clock.is_doubted:
            settle_future_arrivals(session, clock.now)
            settle_future_delays(session, clock.now)
        if past is not None:
            # The promise comes before screening: of what nobody has screened that alone is kept.
            mark_unscreened(session, past - KEPT, week_of(past))
            keep_unsealed(session, past - KEPT)
            forget_arrivals(session, past)
            forget_slots(session, day_of(past))
    empty_log()
    if not clock.is_doubted:
        settle_future_files(folder, clock.now)
    if past is not None:
        forget_held_files(folder, past)
        forget_prints(folder, past)

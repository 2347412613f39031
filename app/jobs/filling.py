"""Filling in joint vectors of releases that were published without them, a portion at a time."""

import logging
import time

from app.services.figures.joints.filling import MOST_READ, count_portion, keep_portion
from app.services.figures.joints.missing import is_any_missing, keep_listing, look_for_missing
from app.services.locks import Job
from app.transaction import reading, transaction
from app.upkeep import alone, let_others_in

_log = logging.getLogger(__name__)


def fill_in(for_seconds: float | None = None, most_read: int = MOST_READ) -> bool:
    """Fill in what is missing, for about as long as is said; whether all is done. With nothing missing it only reads.

    False as well if somebody else is at it. What was broken off goes on where it was, and may go on beside publishing.
    """
    with reading() as session:
        if not is_any_missing(session):
            return True
    began = time.monotonic()
    with alone(Job.FILL_IN) as is_alone:
        if not is_alone:
            return False
        is_listed = _list()
        while _fill_in_portion(most_read):
            if for_seconds is not None and time.monotonic() - began > for_seconds:
                return False
    return is_listed


def _list() -> bool:
    """Whether all were looked through. Not while somebody publishes, from what may have been counted before a reading
    was added.
    """
    with alone(Job.PUBLISH) as is_alone:
        while is_alone and _list_portion():
            let_others_in()
    return is_alone


def _list_portion() -> bool:
    """Whether there was anything to be looked through."""
    with reading() as session:
        listing = look_for_missing(session)
    if listing:
        with transaction() as session:
            keep_listing(session, listing)
    return bool(listing)


def _fill_in_portion(most_read: int) -> bool:
    """Whether there was anything to be filled in. Answers are read and counted without the lock."""
    with reading() as session:
        filled = count_portion(session, most_read)
    if not filled:
        return False
    let_others_in()
    with transaction() as session:
        keep_portion(session, filled)
    for one in filled:
        if one.joint is None:
            _log.warning(
                "joints.impossible: release %d gets no joint counters: its answers are not what it was counted from, "
                "or a part of it has none",
                one.release.id,
            )
    return True

"""Screening what has arrived, a portion at a time, so that answers are let in between."""

from collections.abc import Sequence
from datetime import date, datetime

from app.domain.weeks import last_settled_week, week_of
from app.services.responses.screening.arrived import Screened, keep_screened, screen_arrived
from app.services.responses.screening.screener import Screener, keep_ways, missing_ways, read_ways
from app.services.responses.screening.settled import LOT_KEY
from app.transaction import reading, transaction
from app.upkeep import let_others_in

#: arrivals that are written to in one transaction: a tenth of a second of work
_PORTION = 1_000
#: weeks whose ways are read, and then kept in one transaction
_WEEKS_AT_ONCE = 13


def screen(now: datetime) -> None:
    """Learn how people answered in weeks that have settled, and find what is alike among what arrived 35 hours ago."""
    screener = Screener(last_settled_week(now))
    _learn_ways(screener)
    while True:
        with reading() as session:
            screened = screen_arrived(session, screener, now)
        if not screened:
            return
        _keep(screened, week_of(now))


def _learn_ways(screener: Screener) -> None:
    with reading() as session:
        missing = missing_ways(session, screener)
    for start in range(0, len(missing), _WEEKS_AT_ONCE):
        with reading() as session:
            key: bytes = session.info[LOT_KEY]
            ways = {one: read_ways(session, screener, *one, key) for one in missing[start : start + _WEEKS_AT_ONCE]}
        with transaction() as session:
            keep_ways(session, ways, screener.weeks[0])
        let_others_in()


def _keep(screened: Sequence[Screened], week: date) -> None:
    for start in range(0, len(screened), _PORTION):
        with transaction() as session:
            keep_screened(session, screened[start : start + _PORTION], week)
        let_others_in()

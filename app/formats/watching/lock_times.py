"""How long the database's write lock was waited for and held, and on whose behalf."""

from contextvars import ContextVar
from itertools import product

from prometheus_client.core import Metric

from app.domain.installation.watching import LOCK_BOUNDS_S, LONG_HOLD_S, Work, in_tens, up_to
from app.formats.watching.exposition import Values, counter, histogram
from app.formats.watching.shared_counts import SharedCounts

#: where an application keeps its own
LOCK_TIMES = "samvad.lock_times"
_WORK: ContextVar[Work] = ContextVar("work", default=Work.COMMAND)
_WAIT, _HELD = "wait", "held"
_BOUNDS = (*LOCK_BOUNDS_S, float("inf"))


class at_work:
    """What is written in this block is written on behalf of this."""

    __slots__ = ("_before", "_work")

    def __init__(self, work: Work) -> None:
        self._work = work

    def __enter__(self) -> None:
        self._before = _WORK.set(self._work)

    def __exit__(self, *_: object) -> None:
        _WORK.reset(self._before)


class LockTimes:
    """Counted by bounds. The seconds themselves are kept nowhere."""

    def __init__(self) -> None:
        self._counts = SharedCounts[tuple[str, Work, float]](product((_WAIT, _HELD), Work, _BOUNDS))

    def take_row(self, process: int) -> None:
        """See `SharedCounts.take_row`."""
        self._counts.take_row(process)

    def note_wait(self, seconds: float) -> None:
        self._counts.add((_WAIT, _WORK.get(), up_to(LOCK_BOUNDS_S, seconds)))

    def note_hold(self, seconds: float) -> None:
        self._counts.add((_HELD, _WORK.get(), up_to(LOCK_BOUNDS_S, seconds)))

    def families(self) -> list[Metric]:
        """In steps of ten, since a transaction may be one answer.

        A hold above a second is told one by one, but not that of a request: no job takes as long for a single answer.
        """
        totals = self._counts.totals()
        long = {
            (work.value,): sum(totals[_HELD, work, bound] for bound in _BOUNDS if bound > LONG_HOLD_S) for work in Work
        }
        long[Work.REQUEST.value,] = in_tens(long[Work.REQUEST.value,])
        return [
            histogram("samvad_write_lock_wait_seconds", "Waiting for the write lock.", _sums(totals, _WAIT), ("work",)),
            histogram("samvad_write_lock_held_seconds", "Holding the write lock.", _sums(totals, _HELD), ("work",)),
            counter("samvad_write_lock_held_long_total", "Held for more than a second.", long, ("work",)),
        ]


def _sums(totals: dict[tuple[str, Work, float], int], kind: str) -> dict[Values, dict[float, int]]:
    """Up to each bound, all smaller ones among them, in steps of ten."""
    return {
        (work.value,): {
            bound: in_tens(sum(totals[kind, work, smaller] for smaller in _BOUNDS if smaller <= bound))
            for bound in _BOUNDS
        }
        for work in Work
    }

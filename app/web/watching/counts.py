"""What the processes that serve pages count: requests by the pattern of their address, and what became of answers."""

from collections.abc import Iterable
from itertools import product

from flask import Flask, current_app
from prometheus_client.core import Metric

from app.domain.installation.watching import REQUEST_BOUNDS_S, in_tens, up_to
from app.domain.responses.response import Status
from app.formats.watching.exposition import Values, counter, histogram
from app.formats.watching.lock_times import LockTimes
from app.formats.watching.shared_counts import SharedCounts

COUNTS = "samvad.counts"
#: what is asked for at an address that is none of ours
NO_ROUTE = "none"
STATIC_ROUTE = "/static/<path:name>"
_CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
_READERS = ("public", "api", "office", "static", NO_ROUTE)
_BOUNDS = (*REQUEST_BOUNDS_S, float("inf"))


class ServerCounts:
    """All that one server counts, whichever of its processes. Made when every route is known, before it forks."""

    def __init__(self, routes: Iterable[str], locks: LockTimes) -> None:
        self._routes = {*routes, STATIC_ROUTE, NO_ROUTE}
        self._requests = SharedCounts[tuple[str, str]](product(sorted(self._routes), _CLASSES))
        self._seconds = SharedCounts[tuple[str, float]](product(_READERS, _BOUNDS))
        self._receipts = SharedCounts[str](status.value for status in Status)
        self._locks = locks

    def take_row(self, process: int) -> None:
        """To be called once in each process, see `SharedCounts.take_row`."""
        for counts in (self._requests, self._seconds, self._receipts, self._locks):
            counts.take_row(process)

    def note_request(self, route: str, reader: str, status: int, seconds: float) -> None:
        self._requests.add((route if route in self._routes else NO_ROUTE, f"{status // 100}xx"))
        self._seconds.add((reader if reader in _READERS else NO_ROUTE, up_to(REQUEST_BOUNDS_S, seconds)))

    def note_receipts(self, statuses: Iterable[Status]) -> None:
        for status in statuses:
            self._receipts.add(status.value)

    def families(self) -> list[Metric]:
        """All of it in steps of ten: nearly every request is somebody's answer, or the way to it."""
        requests = {key: in_tens(total) for key, total in self._requests.totals().items()}
        receipts = {(status,): in_tens(total) for status, total in self._receipts.totals().items()}
        labels = ("route", "status")
        return [
            counter("samvad_requests_total", "Requests by the pattern of their address.", requests, labels),
            histogram("samvad_request_seconds", "From request to answer, by reader.", self._durations(), ("reader",)),
            counter("samvad_receipts_total", "What became of answers that came in.", receipts, ("status",)),
            *self._locks.families(),
        ]

    def _durations(self) -> dict[Values, dict[float, int]]:
        totals = self._seconds.totals()
        return {
            (reader,): {
                bound: in_tens(sum(totals[reader, smaller] for smaller in _BOUNDS if smaller <= bound))
                for bound in _BOUNDS
            }
            for reader in _READERS
        }


def counts_of(app: Flask) -> ServerCounts:
    counts: ServerCounts = app.extensions[COUNTS]
    return counts


def note_receipts(statuses: Iterable[Status]) -> None:
    """Count what became of answers, once that is certain."""
    counts: ServerCounts = current_app.extensions[COUNTS]
    counts.note_receipts(statuses)

"""Requests that arrive slowly: how long one may take, and how many threads may wait for such.

A thread that waits for a body answers nobody, and whoever sends a byte at a time could hold all of them: a proxy that
passes bodies on as they come, as Caddy does, is no help. So the threads of a process that wait are counted; if half of
them do, the next request that would have to wait is told at once to come again. What comes in one piece, as a page, a
form or an answer does over any network but the slowest, never waits. gunicorn.conf.py hangs this into the server.
"""

import select
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from app.domain.problem import Problem, ProblemType

#: told as failures of the server, since a phone keeps its answers against those alone
BODY_SLOW = ProblemType(
    "request.too_slow", 503, "This took too long to arrive, so it was not read. Please send it once more."
)
BODIES_WAIT = ProblemType(
    "request.must_wait", 503, "Many large things arrive slowly at this moment. Please wait a minute and send once more."
)
_COME_AGAIN_S = 30


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a body may take: some seconds, more for what has arrived, and never longer than so many."""

    first_s: float = 10
    #: as slow as a telephone line of old
    bytes_per_s: float = 2_000
    most_s: float = 120
    #: between two requests of one connection
    between_s: float = 5

    def seconds_for(self, received: int) -> float:
        return min(self.first_s + received / self.bytes_per_s, self.most_s)


PATIENCE = Patience()


class Unreader(Protocol):
    sock: "socket.socket | PatientSocket"


class ServerRequest(Protocol):
    """What gunicorn has read of a request: all but its body, which is read through the socket of `unreader`."""

    unreader: Unreader

    def should_close(self) -> bool: ...


class ServerConfig(Protocol):
    threads: int


class ServerWorker(Protocol):
    cfg: ServerConfig


class PatientSocket:
    """A client's socket, from which nobody waits for ever, nor more than a part of the threads at once.

    Within a request what is refused is a Problem; between two, where gunicorn reads what nobody wanted of a body, and
    the head of the next request, it is a TimeoutError, upon which gunicorn closes the connection.
    """

    def __init__(self, real: socket.socket, places: threading.BoundedSemaphore, patience: Patience = PATIENCE) -> None:
        self._real, self._places, self._patience = real, places, patience
        self._began: float | None = None
        self._received = 0
        self._has_place = self._refused = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)

    def begin(self) -> None:
        """A request has begun: its head has been read."""
        self._began, self._received = time.monotonic(), 0

    def end(self, *, last: bool = False) -> None:
        """It has been answered. After the last one nothing more is read.

        gunicorn closes a connection in the thread that all others of the process depend on, and waits there for the
        client to close it as well, unless reading has ended.
        """
        self._began = None
        self._give_back()
        if last or self._refused:
            self._stop_reading()

    def recv(self, size: int) -> bytes:
        """What has arrived, waiting for it if need be."""
        while True:
            try:
                data = self._real.recv(size, socket.MSG_DONTWAIT)
            except BlockingIOError:
                self._wait()
            else:
                self._received += len(data)
                return data

    def _wait(self) -> None:
        if not (self._has_place or self._places.acquire(blocking=False)):
            raise self._refusal(BODIES_WAIT)
        self._has_place = True
        try:
            readable, _, _ = select.select([self._real], [], [], max(0, self._seconds_left()))
        finally:
            if self._began is None:
                self._give_back()
        if not readable:
            raise self._refusal(BODY_SLOW)

    def _seconds_left(self) -> float:
        if self._began is None:
            return min(self._real.gettimeout() or self._patience.between_s, self._patience.between_s)
        return self._began + self._patience.seconds_for(self._received) - time.monotonic()

    def _refusal(self, type_: ProblemType) -> Exception:
        if self._began is None:
            self._stop_reading()
            return TimeoutError()
        self._refused = True
        return Problem(type_, retry_after=_COME_AGAIN_S)

    def _stop_reading(self) -> None:
        # The client may have gone meanwhile.
        with suppress(OSError):
            self._real.shutdown(socket.SHUT_RD)

    def _give_back(self) -> None:
        if self._has_place:
            self._has_place = False
            self._places.release()


def begin_request(worker: ServerWorker, request: ServerRequest) -> None:
    """gunicorn's `pre_request`."""
    real = request.unreader.sock
    if isinstance(real, ssl.SSLSocket):
        # It has a buffer of its own, into which nobody can look. Such a server stands behind no proxy of ours.
        return
    if not isinstance(real, PatientSocket):
        real = request.unreader.sock = PatientSocket(real, _places(max(1, worker.cfg.threads // 2)))
    real.begin()


def end_request(_worker: ServerWorker, request: ServerRequest, _environ: object, _response: object) -> None:
    """gunicorn's `post_request`."""
    patient = request.unreader.sock
    if isinstance(patient, PatientSocket):
        patient.end(last=request.should_close())


@cache
def _places(number: int) -> threading.BoundedSemaphore:
    """Those of this process; made after it was forked, with its first request."""
    return threading.BoundedSemaphore(number)

"""Sending bytes into a command of the operator's: it took all of them and ended well, or a Problem says what it did."""

import os
import select
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from typing import IO, cast

from app.domain.problem import Problem, ProblemType

COMMAND_FAILED = ProblemType("backup.command_failed", 500, "The command ended with %(status)s, so nothing is saved.")
COMMAND_CUT = ProblemType("backup.command_cut", 500, "The command took only a part of the backup, so nothing is saved.")
COMMAND_HANGS = ProblemType(
    "backup.command_hangs", 504, "The command did nothing for %(seconds)d seconds and was ended, so nothing is saved."
)


def send_to_command(command: str, write: Callable[[IO[bytes]], object], patience_s: float) -> None:
    """Run a line of shell, give it what `write` writes, and wait until it has ended.

    Problems `backup.command_…`: it ended with another status than 0, left before it had everything, or took nothing,
    or did not end, for as long as the patience lasts. It is then ended with all that it has started.
    """
    # A line of the operator's own, who may run anything anyway: it holds pipes and names of hosts. What it says goes
    # where its caller looks, who may be a timer: so nothing is read of it here.
    shell = ["/bin/sh", "-c", command]
    reading_end, writing_end = os.pipe()
    process = subprocess.Popen(shell, stdin=reading_end, start_new_session=True)  # noqa: S603
    os.close(reading_end)
    try:
        is_cut = _give(writing_end, write, patience_s)
        # Why it left says more than that it did.
        if status := _ending(process, patience_s):
            raise Problem(COMMAND_FAILED, status=status)
        if is_cut:
            raise Problem(COMMAND_CUT)
    except (subprocess.TimeoutExpired, TimeoutError):
        raise Problem(COMMAND_HANGS, seconds=patience_s) from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _give(descriptor: int, write: Callable[[IO[bytes]], object], patience_s: float) -> bool:
    """Write all of it and close the pipe; whether the other side closed it before."""
    try:
        write(cast(IO[bytes], _Pipe(descriptor, patience_s)))
    except BrokenPipeError:
        return True
    finally:
        os.close(descriptor)
    return False


class _Pipe:
    """The writing end of a pipe that loses patience: TimeoutError."""

    def __init__(self, descriptor: int, patience_s: float) -> None:
        self._descriptor = descriptor
        self._patience_s = patience_s
        os.set_blocking(descriptor, False)

    def write(self, content: bytes) -> int:
        left = memoryview(content)
        while left:
            _, ready, _ = select.select([], [self._descriptor], [], self._patience_s)
            if not ready:
                raise TimeoutError
            with suppress(BlockingIOError):
                left = left[os.write(self._descriptor, left) :]
        return len(content)


def _ending(process: "subprocess.Popen[bytes]", patience_s: float) -> str:
    """How it ended, in words; empty if well."""
    status = process.wait(patience_s)
    if status < 0:
        return f"signal {signal.Signals(-status).name}"
    return f"status {status}" if status else ""

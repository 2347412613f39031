"""How long the write lock is held at most, and what a citizen feels of it, while all jobs are at work.

A thousand answers a minute arrive at a web server for five minutes, one a request, while folding, publishing, a whole
rebuild and a backup take turns without a pause. `SAMVAD_BENCH_SECONDS` makes it shorter. Wall time, since waiting is
what is measured: on a machine that does other things besides it is an upper bound.
"""

import http.client
import itertools
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from app.config import Settings
from app.formats.canonical_json import write_json
from app.upkeep import learn_sizes
from tests.benchmarks.harness.growing import WEEKS, GrowingState
from tests.benchmarks.harness.measure import Figure
from tests.benchmarks.harness.rooms import Room, room, server
from tests.benchmarks.ingest import SURVEY, item_of

ANSWERS = 20_000
SECONDS = float(os.environ.get("SAMVAD_BENCH_SECONDS", "300"))
A_SECOND = 1_000 / 60
_SENDERS = 4


def figures() -> Iterator[Figure]:
    with room(SURVEY) as place:
        state = GrowingState(place, ANSWERS)
        for week in range(WEEKS):
            state.live(week)
        learn_sizes()
        quiet, _, _ = _measure(place, jobs=False, seconds=min(SECONDS, 30))
        busy, longest, done = _measure(place, jobs=True, seconds=SECONDS)
    yield Figure("a citizen's answer, nothing else at work, p99", _share(quiet, 0.99), "s")
    yield Figure("a citizen's answer, all jobs at work, p50", _share(busy, 0.5), "s")
    yield Figure("a citizen's answer, all jobs at work, p99", _share(busy, 0.99), "s")
    yield Figure("  the slowest", max(busy), "s", 10)
    yield Figure("  answers that arrived", len(busy), "")
    yield Figure("  commands that ran meanwhile", done, "")
    yield Figure("write lock, the longest hold", longest, "s", 1)


def _measure(place: Room, *, jobs: bool, seconds: float) -> tuple[list[float], float, int]:
    """What each answer took, how long the lock was busy at most, and how many commands ran."""
    over = Event()
    with server(place.settings) as web, ThreadPoolExecutor(_SENDERS + 2) as pool:
        senders = [pool.submit(_send, place, web.port, over) for _ in range(_SENDERS)]
        watcher = pool.submit(_watch, place.settings.instance / "samvad.db", over)
        worker = pool.submit(_work, place.settings, over) if jobs else None
        time.sleep(seconds)
        over.set()
        taken = [one for sender in senders for one in sender.result()]
        return taken, watcher.result(), worker.result() if worker else 0


def _send(place: Room, port: int, over: Event) -> list[float]:
    """Answers at their times, whatever those before took; refused ones end the run."""
    taken = []
    due = time.monotonic()
    while not over.wait(max(0.0, due - time.monotonic())):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        body = write_json({"responses": [item_of(place)]})
        began = time.monotonic()
        connection.request("POST", "/api/v1/responses", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        taken.append(time.monotonic() - began)
        connection.close()
        if answer.status != 200 or b'"stored"' not in text:
            raise RuntimeError(f"an answer was not taken: {answer.status} {text[:300]!r}")
        due += _SENDERS / A_SECOND
    return taken


def _watch(database: Path, over: Event) -> float:
    """Ask for the lock again and again; the longest time that it could not be had."""
    longest, since = 0.0, None
    connection = sqlite3.connect(database, isolation_level=None, timeout=0)
    while not over.is_set():
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            since = since or time.monotonic()
            pause = 0.002
        else:
            connection.execute("ROLLBACK")
            longest = max(longest, time.monotonic() - since) if since else longest
            since, pause = None, 0.02
        time.sleep(pause)
    connection.close()
    return longest


def _work(settings: Settings, over: Event) -> int:
    """What the worker and an operator do, as commands of their own, one after the other."""
    environment = {
        **os.environ,
        "SAMVAD_MODE": settings.mode.value,
        "SAMVAD_INSTANCE": str(settings.instance),
        "SAMVAD_DATABASE_URL": settings.database_url,
        "SAMVAD_ADDRESS": settings.address,
    }
    backup = settings.instance.parent / "backup.tar"
    commands = (["tallies", "rebuild"], ["releases", "publish"], ["tallies", "fold"], ["backup", str(backup)])
    for number, command in enumerate(itertools.cycle(commands)):
        with subprocess.Popen(
            [sys.executable, "-m", "app", *command], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            while process.poll() is None:
                if over.wait(0.1):
                    process.terminate()
                    return number
            if process.returncode and process.stderr is not None:
                raise RuntimeError(f"samvad {' '.join(command)}: {process.stderr.read().decode()[-300:]}")
        backup.unlink(missing_ok=True)
    return 0


def _share(taken: list[float], share: float) -> float:
    return sorted(taken)[int(share * (len(taken) - 1))]

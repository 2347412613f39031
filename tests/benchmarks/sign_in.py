"""Citizens' pages while forty people sign in without a pause: how long the slowest of a hundred takes, side by side.

Quiet and busy rounds take turns on one server with one process. Each sign-in comes from an address and under a name of
its own, so that none is refused before its password is looked at; who is told to wait waits as told. The first seconds,
when all forty have come at one moment, are told apart from what follows.
"""

import http.client
import re
import secrets
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlencode

from tests.benchmarks.harness.measure import Figure
from tests.benchmarks.harness.rooms import room, server
from tests.benchmarks.page import HEADERS, survey

SIGN_INS = 40
ROUNDS, ROUND_S = 5, 12
#: until the forty who came at one moment have come apart
SETTLING_S = 6
#: seconds between two citizens
APART_S = 0.05
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def figures() -> Iterator[Figure]:
    quiet: list[float] = []
    first: list[float] = []
    busy: list[float] = []
    answers: Counter[int] = Counter()
    with room(survey()) as place, server(place.settings) as web:
        address = f"/S/{place.token}"
        _citizens(web.port, address, 2)
        for _ in range(ROUNDS):
            quiet += _citizens(web.port, address, ROUND_S)
            with _people_signing_in(web.port, answers):
                first += _citizens(web.port, address, SETTLING_S)
                busy += _citizens(web.port, address, ROUND_S)
    p99_quiet, p99_first, p99_busy = _p99(quiet), _p99(first), _p99(busy)
    yield Figure("sign-in, passwords looked at", answers[401], "")
    yield Figure("sign-in, told that it is busy", answers[503], "")
    yield Figure("sign-in, a citizen's page, quiet, median", statistics.median(quiet) * 1e3, "ms")
    yield Figure("sign-in, a citizen's page, quiet, p99", p99_quiet * 1e3, "ms")
    yield Figure("sign-in, a citizen's page, busy, median", statistics.median(busy) * 1e3, "ms")
    yield Figure("sign-in, a citizen's page, busy, p99", p99_busy * 1e3, "ms")
    yield Figure("sign-in, a citizen's page, first seconds, p99", p99_first * 1e3, "ms")
    yield Figure("sign-in, p99 in the first seconds, of quiet", p99_first / p99_quiet, "times")
    yield Figure("sign-in, p99 afterwards, of quiet", p99_busy / p99_quiet, "times", 1.5)
    yield Figure("sign-in, answers of another kind", answers.total() - answers[401] - answers[503], "", 0)


def _citizens(port: int, address: str, seconds: float) -> list[float]:
    """How long each took, who came one after the other."""
    taken = []
    until = time.monotonic() + seconds
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as client:
        while time.monotonic() < until:
            began = time.perf_counter()
            client.request("GET", address, headers=HEADERS)
            client.getresponse().read()
            taken.append(time.perf_counter() - began)
            time.sleep(APART_S)
    return taken


@contextmanager
def _people_signing_in(port: int, answers: Counter[int]) -> Iterator[None]:
    over = threading.Event()
    people = [threading.Thread(target=_sign_in, args=(port, answers, over)) for _ in range(SIGN_INS)]
    for each in people:
        each.start()
    yield
    over.set()
    for each in people:
        each.join()


def _sign_in(port: int, answers: Counter[int], over: threading.Event) -> None:
    """Tries again and again until it is over."""
    token = cookie = ""
    while not over.is_set():
        source = f"127.{secrets.randbelow(255)}.{secrets.randbelow(255)}.{2 + secrets.randbelow(250)}"
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(source, 0))) as client:
            if not token:
                client.request("GET", "/office/sign-in")
                page = client.getresponse()
                cookie = (page.headers["Set-Cookie"] or "").partition(";")[0]
                found = _TOKEN.search(page.read().decode())
                token = found[1] if found else ""
            fields = {"csrf_token": token, "username": secrets.token_hex(6), "password": "neela aasman 1947"}
            kind = "application/x-www-form-urlencoded"
            client.request("POST", "/office/sign-in", urlencode(fields), {"Content-Type": kind, "Cookie": cookie})
            answer = client.getresponse()
            answer.read()
        answers[answer.status] += 1
        if answer.status == http.client.SERVICE_UNAVAILABLE:
            over.wait(float(answer.headers["Retry-After"]))


def _p99(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=100)[98]

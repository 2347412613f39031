"""Taking answers: by the hundred and one by one, beside SQLite alone with the same rows.

The budgets count every table that an answer writes, the framework and the HTTP server.
"""

import http.client
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from app.domain.responses.response import Incoming
from app.formats.canonical_json import write_json
from app.formats.wire.responses import read_batch
from app.services.responses.incoming import read_incoming
from app.services.responses.ingest import ingest_batch
from app.transaction import transaction
from app.web.context import context
from tests.benchmarks.harness.measure import Figure, cpu_side_by_side
from tests.benchmarks.harness.rooms import Room, Server, room, server
from tests.factories.surveys.surveys import definition, question

BATCH = 100
TABLES = ("response", "verdict", "arrival", "tally_mark")
# Twelve answers, as a long station visit has: some depend on others, and one has a bound.
SURVEY = definition(
    [
        question("purpose", "select_one", "complaint", "passport", "other"),
        question("wait", "scale"),
        question("respect", "scale"),
        question("heard", "scale"),
        question("overall", "scale"),
    ],
    [
        question("money", "select_one", "yes", "no", "unsure"),
        question("change", "select_multiple", "time", "manners", "place", "none", exclusive=["none"]),
        question("minutes", "integer"),
        question("copy", "select_one", "yes", "no"),
        question("women", "select_one", "yes", "no"),
        question("watched", "select_one", "yes", "no"),
        question("again", "scale"),
    ],
)
_random = random.Random(20261123)  # noqa: S311 - the same answers in every run


def figures() -> Iterator[Figure]:
    with room(SURVEY) as place, server(place.settings) as web:
        together = _server_cpu(web, [_bodies(place, BATCH) for _ in range(150)]) / BATCH
        alone = _server_cpu(web, [_bodies(place, 1) for _ in range(2000)])
        split = _split(place)
    yield Figure("ingest, 100 a request, all of it", together * 1e6, "µs CPU", 120)
    yield Figure("ingest, 1 a request, all of it", alone * 1e3, "ms CPU", 1.5)
    for name, seconds in split.items():
        yield Figure(f"  of 100 a request: {name}", seconds / BATCH * 1e6, "µs CPU")


def _server_cpu(web: Server, requests: list[bytes]) -> float:
    """Processor seconds of the server for one request."""
    connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=30)
    for body in requests[:5]:
        _post(connection, body)
    began = web.cpu_s()
    for body in requests[5:]:
        _post(connection, body)
    # The kernel books a worker's last tick when it sleeps.
    time.sleep(0.05)
    spent = web.cpu_s() - began
    connection.close()
    return spent / (len(requests) - 5)


def _post(connection: http.client.HTTPConnection, body: bytes) -> None:
    connection.request("POST", "/api/v1/responses", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200 or b'"rejected"' in text:
        raise RuntimeError(f"the server did not take the answers: {answer.status} {text[:500]!r}")


def _split(place: Room) -> dict[str, float]:
    """Where the time of a batch goes, in this process, part by part and side by side.

    Each starts cold here, so that all of them together cost more than the same in a busy server.
    """
    ingest, now = context().ingest, datetime.now(UTC)
    prepared: list[Incoming] = []

    def read() -> None:
        prepared[:] = [
            item for raw in read_batch(_bodies_made()) if isinstance(item := read_incoming(raw, ingest), Incoming)
        ]

    def judge_and_store() -> None:
        with transaction() as session:
            ingest_batch(session, prepared, ingest=ingest, now=now)

    def answer_request() -> None:
        client.post("/api/v1/responses", data=_bodies_made(), content_type="application/json")

    made, client = [_bodies(place, BATCH) for _ in range(80)], place.app.test_client()
    _bodies_made: Callable[[], bytes] = iter(made).__next__
    raw = _raw_insert(place.settings.instance / "samvad.db")
    parts = {
        "read, verify": read,
        "check, store, commit": judge_and_store,
        "(both, and the framework)": answer_request,
        "(SQLite alone, the same rows)": raw,
    }
    return cpu_side_by_side(parts, rounds=30)


def _raw_insert(database: Path) -> Callable[[], None]:
    """The same tables in a file of their own, and a hundred rows of each by executemany."""
    beside = database.with_name("raw.db")
    connection = sqlite3.connect(beside, isolation_level=None)
    with closing(sqlite3.connect(database)) as source:
        for (statement,) in source.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall():
            connection.execute(statement)
        rows = {table: source.execute(f"SELECT * FROM {table} LIMIT {BATCH}").fetchall() for table in TABLES}  # noqa: S608
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return lambda: _insert_again(connection, rows)


def _insert_again(connection: sqlite3.Connection, rows: dict[str, list[tuple[object, ...]]]) -> None:
    """Insert the rows under new keys: an answer has a row in each of three tables, and a batch has one mark."""
    keys = [uuid4().bytes for _ in range(BATCH)]
    connection.execute("BEGIN IMMEDIATE")
    for table, of_table in rows.items():
        marks = table == "tally_mark"
        fresh = (
            [(None, *of_table[0][1:])] if marks else [(key, *row[1:]) for key, row in zip(keys, of_table, strict=True)]
        )
        places = ", ".join("?" * len(fresh[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({places})", fresh)  # noqa: S608
    connection.execute("COMMIT")


def _bodies(place: Room, number: int) -> bytes:
    return write_json({"responses": [item_of(place) for _ in range(number)]})


def item_of(place: Room) -> dict[str, object]:
    choose = _random.choice
    scales = {name: choose((1, 2, 3, 4, 5)) for name in ("wait", "respect", "heard", "overall", "again")}
    yes_or_no = {name: choose(("yes", "no")) for name in ("money", "copy", "women", "watched")}
    answers = {**scales, **yes_or_no, "purpose": "passport", "change": ["time", "place"], "minutes": choose(range(200))}
    return {
        "v": 1,
        "id": str(uuid4()),
        "token": place.token,
        "survey_version": place.survey_version,
        "language": "hi",
        "stamp": place.stamp,
        "body": answers,
    }

"""What is told on the port for whoever watches. That nothing else is, is what matters most here."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from app.config import Settings
from app.domain.installation.watching import LOCK_BOUNDS_S, REQUEST_BOUNDS_S, STEP, Work
from app.domain.responses.response import Status
from app.formats.watching.loopback import Page
from app.jobs.schedule import EVERY_MINUTES, EVERY_NIGHT, LONG_EVERY_MINUTES, run_once
from app.services.installation.watching.examination import QUICK_DATABASE, QUICK_MACHINE
from app.services.installation.watching.work import LONGEST_PAUSE
from app.web.watching.counts import NO_ROUTE, STATIC_ROUTE
from app.web.watching.lookout import Lookout
from app.web.watching.pages import watching_pages
from tests.fixtures.outbox import ANSWERS, Outbox
from tests.meta import ROOT


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told is looked at here, and not how quickly a busy machine tells it."""
    monkeypatch.setattr(Lookout.__init__, "__defaults__", (60.0,))


JOBS = {job.__name__ for job in (*EVERY_MINUTES, *LONG_EVERY_MINUTES, *EVERY_NIGHT)}
CODES = {"database.unreachable", "database.slow"}


def page(app: Flask, settings: Settings, path: str) -> Page:
    return watching_pages(app, settings)[path]()


def samples(app: Flask, settings: Settings) -> Iterator[Sample]:
    text = page(app, settings, "/metrics").body.decode()
    # Other programs write to the disk as well.
    return (
        sample
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not family.name.startswith("samvad_disk_")
    )


def figures(app: Flask, settings: Settings) -> dict[tuple[str, str], float]:
    return {(sample.name, json.dumps(sample.labels)): sample.value for sample in samples(app, settings)}


def test_nothing_moves_before_the_tenth_answer(migrated: Flask, settings: Settings, outbox: Outbox) -> None:
    # By the clock that whoever watches goes by.
    migrated.config.pop("CLOCK")
    before = figures(migrated, settings)
    receipts = ("samvad_receipts_total", json.dumps({"status": "stored"}))
    for number in range(1, STEP):
        assert outbox.statuses(outbox.item({**ANSWERS, "overall": 1 + number % 5})) == ["stored"]
        assert figures(migrated, settings) == before, f"after {number}"
    assert outbox.statuses(outbox.item()) == ["stored"]
    after = figures(migrated, settings)
    assert after[receipts] == STEP
    assert {value for key, value in after.items() if key not in before} <= {0.0, STEP}
    assert after["samvad_marks_waiting", "{}"] == STEP


def test_no_label_holds_anything_but_names_of_our_own(migrated: Flask, settings: Settings, outbox: Outbox) -> None:
    for _ in range(2 * STEP):
        outbox.statuses(outbox.item(), outbox.item(token="A" * 26))
        outbox.client.get(f"/s/{outbox.token.lower()}?lang=en")
        outbox.client.get(f"/n/12345678/{outbox.token}")
        outbox.client.get("/office/places/1")
    assert run_once(migrated.app_context) == []
    bounds = {str(bound) for bound in (*LOCK_BOUNDS_S, *REQUEST_BOUNDS_S)} | {"+Inf"}
    allowed = {
        "route": {rule.rule for rule in migrated.url_map.iter_rules()} | {NO_ROUTE, STATIC_ROUTE},
        "status": {"1xx", "2xx", "3xx", "4xx", "5xx"} | set(Status),
        "reader": {"public", "api", "office", "static", NO_ROUTE},
        "work": set(Work),
        "job": JOBS,
        "purpose": {"signing", "sealing"},
        "le": bounds,
        "code": codes_in_the_checks(),
    }
    seen: dict[str, set[str]] = {}
    for sample in samples(migrated, settings):
        for name, value in sample.labels.items():
            seen.setdefault(name, set()).add(value)
    assert {"route", "status", "reader", "work", "job", "le"} <= seen.keys() <= allowed.keys()
    assert {name: values - allowed[name] for name, values in seen.items() if values - allowed[name]} == {}
    assert {"/s/<token>", "/api/v1/responses", NO_ROUTE} <= seen["route"]
    assert {"stored", "rejected"} <= seen["status"]


def codes_in_the_checks() -> set[str]:
    """What the checks may name, as it stands in their texts."""
    told = " ".join(check.__doc__ or "" for check in (*QUICK_MACHINE, *QUICK_DATABASE))
    return CODES | {word for word in told.replace("`", " ").replace(",", " ").split() if "." in word.strip(".")}


def test_every_job_of_the_timetable_has_a_name_that_is_told_and_is_missed_when_it_stands_still() -> None:
    assert set(Work) >= JOBS
    assert LONGEST_PAUSE.keys() == JOBS


def readiness(app: Flask, settings: Settings) -> tuple[str, dict[str, str]]:
    answer = page(app, settings, "/readyz")
    document = json.loads(answer.body)
    assert document["ready"] == answer.status.startswith("200")
    found = {each["code"]: each["detail"] for each in document["defects"] if each["code"] != "disk.full"}
    return answer.status[:3], found


def change(settings: Settings, statement: str) -> None:
    with closing(sqlite3.connect(settings.instance / "samvad.db")) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "status", "code", "sentence"),
    [
        ("SELECT 1", "200", "worker.never", "start samvad-worker"),
        ("UPDATE alembic_version SET version_num = '9999'", "200", "start.schema_newer", "a newer Samvad made"),
        ("UPDATE alembic_version SET version_num = '0003'", "503", "start.schema_older", "run `samvad db upgrade`"),
        ("DELETE FROM alembic_version", "503", "start.no_tables", "has no tables yet"),
        ("INSERT INTO signing_key VALUES (9, '2026-11-01', NULL)", "503", "start.key_missing", "signing key 9"),
    ],
)
def test_what_is_wrong_is_named_in_a_sentence(
    migrated: Flask, settings: Settings, statement: str, status: str, code: str, sentence: str
) -> None:
    change(settings, statement)
    seen, found = readiness(migrated, settings)
    assert (seen, sentence in found[code]) == (status, True), found


def test_a_database_that_is_gone_leaves_what_the_server_itself_knows(migrated: Flask, settings: Settings) -> None:
    (settings.instance / "samvad.db").rename(settings.instance / "elsewhere.db")
    assert readiness(migrated, settings)[0] == "503"
    told = figures(migrated, settings)
    assert told["samvad_ready", "{}"] == 0
    assert told["samvad_defect", json.dumps({"code": "database.unreachable"})] == 1
    assert page(migrated, settings, "/healthz").body == b"ok\n"


def test_the_names_are_those_of_the_handbook(migrated: Flask, settings: Settings, outbox: Outbox) -> None:
    handbook = (ROOT / "docs" / "operations.md").read_text("utf-8")
    text = page(migrated, settings, "/metrics").body.decode()
    names = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}
    assert [name for name in sorted(names) if f"`{name}" not in handbook] == []

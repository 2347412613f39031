"""samvad editions, from outside."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from app.cli import commands
from app.domain.clocks import ClockReading
from app.jobs.clock import read_clocks
from app.models import Edition
from app.services.figures.releases import publish_releases
from app.services.installation.clocks import believe
from app.transaction import transaction
from tests.factories import add_place, add_responses, add_survey

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
REASON = ["--reason-hi", "गिनती में ग़लती थी।", "--reason-en", "One block was counted twice."]


@pytest.fixture
def department(app: Flask) -> Flask:
    """It is Monday, half past eleven, and a station has forty answers."""
    reading = read_clocks()
    app.config["CLOCKS"] = lambda: ClockReading(NOW, reading.boot, reading.ran)
    with transaction() as session:
        station = add_place(session, code="S-1")
        version = add_survey(session, slug="visit")
        add_responses(session, station, version, date(2026, 10, 5), [{"overall": 4}] * 25 + [{"overall": 2}] * 15)
        session.flush()
        publish_releases(session, NOW)
    return app


def run(app: Flask, *arguments: str) -> Result:
    return CliRunner().invoke(commands, ["editions", *arguments], obj=ScriptInfo(create_app=lambda: app))


def test_made_listed_and_checked(department: Flask) -> None:
    assert run(department, "list", "S-1").stdout == "This place has no edition yet.\n"
    assert run(department, "make").stdout == "Editions of 2026-11-30: 1 made.\n"
    assert run(department, "make").stdout == "Nothing is due.\n"
    (line,) = run(department, "list", "S-1").stdout.splitlines()
    assert line.startswith("2026-11-30\t1\t")
    assert run(department, "verify").stdout == "Whole: 1 editions.\n"
    with transaction() as session:
        session.query(Edition).one().digest = "0" * 64
    damaged = run(department, "verify")
    assert damaged.exit_code == 1
    assert "S-1 of 2026-11-30, number 1: its content does not match its fingerprint" in damaged.stderr


def test_a_correction_is_another_one_and_can_be_corrected_again(department: Flask) -> None:
    missing = run(department, "correct", "S-1", "--cause", "error", *REASON)
    assert "[edition.unknown]" in missing.stderr
    run(department, "make")
    wordless = run(
        department, "correct", "S-1", "--cause", "error", "--reason-hi", " ", "--reason-en", "Counted twice."
    )
    assert "[edition.reason_missing]" in wordless.stderr
    same = run(department, "correct", "S-1", "--cause", "error", *REASON)
    assert "This correction would change no figure" in same.stderr
    assert len(run(department, "list", "S-1").stdout.splitlines()) == 1
    for number in (2, 3):
        done = run(department, "correct", "S-1", "--cause", "error", *REASON, "--yes")
        assert done.stdout.startswith(f"Edition of 2026-11-30, number {number}: "), done.output
    newest, second, first = run(department, "list", "S-1").stdout.splitlines()
    assert "corrects (error)" in newest
    assert "One block was counted twice." in second
    assert first.startswith("2026-11-30\t1\t")
    assert run(department, "verify").stdout == "Whole: 3 editions.\n"
    with transaction() as session:
        documents = [json.loads(row.document) for row in session.query(Edition).order_by(Edition.number)]
    assert [document["number"] for document in documents] == [1, 2, 3]
    assert [document["replaces"] for document in documents] == [document["previous"] for document in documents]
    assert documents[0]["surveys"] == documents[2]["surveys"]


def test_nothing_is_made_by_a_clock_that_has_jumped(department: Flask) -> None:
    reading = read_clocks()
    with transaction() as session:
        believe(session, ClockReading(NOW, reading.boot, reading.ran))
    ahead = NOW + timedelta(days=400)
    department.config["CLOCKS"] = lambda: ClockReading(ahead, reading.boot, reading.ran)
    assert "[clock.doubted]" in run(department, "make").stderr

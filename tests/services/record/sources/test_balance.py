"""The weekly sums of all answers: never before their Monday's hour, once, and every answer in one part of them."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app.config import Settings
from app.domain.record.canonical import Value
from app.formats.record.notes import RecordKey
from app.jobs.editions import make_editions
from app.jobs.folding import fold_all
from app.models import EditionDay, Place, Release, StaleWeek, SurveyVersion
from app.services.places.changes import retire_place
from app.transaction import reading, transaction
from app.workflows.record.export import export_record
from tests.factories import add_place, add_responses
from tests.factories.record.department import SEVEN, WEEK, RecordedDepartment, entries, monday
from tests.fixtures.secrets import SECRETS
from tests.record_verifier import findings_in

pytestmark = pytest.mark.both_databases

UNTIL = WEEK + SEVEN


@pytest.fixture
def department(app: Flask, settings: Settings) -> RecordedDepartment:
    return RecordedDepartment(settings)


def arrive(department: RecordedDepartment, number: int, weeks: int, *reasons: str, place: int | None = None) -> None:
    """Answers about a station in a week that has not settled."""
    with transaction() as session:
        version = session.get_one(SurveyVersion, department.version)
        about = session.get_one(Place, place or department.places[0])
        answers = [{"overall": 1 + each % 5} for each in range(number)]
        add_responses(session, about, version, WEEK + weeks * SEVEN, answers, reasons=reasons)


def balances() -> list[dict[str, Value]]:
    told = [entry for entry in entries() if entry["type"] == "balance"]
    return [{key: entry[key] for key in entry if key not in ("v", "type", "on")} for entry in told]


def test_every_answer_is_in_one_part_once_the_page_is_read(department: RecordedDepartment, tmp_path: Path) -> None:
    arrive(department, 17, 1)
    arrive(department, 18, 1, "late")
    # Of the week that is not over.
    arrive(department, 30, 2)
    department.live(0)
    department.keep(monday(0, hour=10, minute=59))
    # With the opening editions, which are of the Monday before.
    opening = {"until": WEEK.isoformat(), "received": 20, "released": 20}
    assert balances() == [opening]
    department.keep(monday(0))
    told = {"until": UNTIL.isoformat(), "received": 50, "released": 20, "set_aside": 10, "waiting": 10}
    assert balances() == [opening, told]
    department.keep(monday(0, minute=1))
    department.live(1)
    department.keep(monday(1, hour=10, minute=59))
    assert balances() == [opening, told]
    department.keep(monday(1))
    # The eighteen are in a block now and still counted once; the thirty are of the week that is over by now.
    told = {"until": (UNTIL + SEVEN).isoformat(), "received": 110, "released": 60, "set_aside": 10, "waiting": 30}
    assert balances()[2] == told
    with reading() as session:
        assert [json.loads(release.set_aside)["responses"] for release in session.query(Release)].count(18) == 2
    export_record(tmp_path, monday(1))
    key = RecordKey("localhost/r/record", SECRETS.record).vkey
    # For a week nobody kept the record here, and that is all.
    (only,) = findings_in(tmp_path, keys=("--key", key))
    assert "no seal between" in only


def test_what_is_published_after_the_editions_waits_for_the_next(department: RecordedDepartment) -> None:
    department.live(0)
    with transaction() as session:
        session.get_one(EditionDay, monday(0).date()).last_release_id = 0
    department.keep(monday(0))
    assert balances() == [{"until": UNTIL.isoformat(), "received": 20, "waiting": 20}]


def test_nothing_is_told_while_counts_are_behind(department: RecordedDepartment) -> None:
    department.live(0)
    with transaction() as session:
        session.add(StaleWeek(week=WEEK))
    department.keep(monday(0, minute=1))
    assert balances() == []
    with transaction() as session:
        session.execute(delete(StaleWeek))
        session.execute(update(Release).values(responses=Release.responses + 30).where(Release.kind == "own"))
    department.keep(monday(0, minute=2))
    assert balances() == []
    with transaction() as session:
        session.execute(update(Release).values(responses=Release.responses - 30).where(Release.kind == "own"))
    department.keep(monday(0, minute=3))
    assert balances() == [{"until": UNTIL.isoformat(), "received": 20, "released": 20}]


def test_places_that_stand_for_themselves_are_counted_once(department: RecordedDepartment) -> None:
    with transaction() as session:
        alone = add_place(session, kind="district", code="D-2").id
        retire_place(session, department.places[1], None, monday(0))
    arrive(department, 16, 0, place=alone)
    department.live(0)
    department.keep(monday(0))
    assert [entry["received"] for entry in balances()] == [40]


def test_fewer_than_ten_are_not_told(department: RecordedDepartment) -> None:
    arrive(department, 9, 1)
    fold_all()
    make_editions(monday(0, hour=10, minute=20))
    department.keep(monday(0))
    assert balances() == []

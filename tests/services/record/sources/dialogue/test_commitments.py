"""Promises in the record: made, moved, done and dropped, with their words beside."""

import json
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from flask import Flask

from app.config import Settings
from app.domain.dialogue.commitment import Step
from app.domain.installation.public_results import Depth
from app.domain.record.canonical import from_bytes
from app.domain.weeks import day_of
from app.formats.record.notes import RecordKey
from app.jobs.record.keeping import keep_record
from app.services.dialogue.commitments import finish, move
from app.services.installation.public_results import decide_public_results
from app.services.record.log.entries import size_of
from app.services.record.log.files import file_bytes
from app.transaction import reading, transaction
from app.workflows.record.export import export_record
from tests.factories.dialogue.commitments import DAY, MONDAY, SAID, WILL, PromisingDepartment
from tests.factories.record.department import entries
from tests.fixtures.secrets import SECRETS
from tests.record_verifier import findings_in

pytestmark = pytest.mark.both_databases


def told() -> list[dict[str, object]]:
    return [dict(entry) for entry in entries() if entry["type"] == "commitment"]


def text_of(entry: dict[str, object]) -> object:
    with reading() as session:
        text = file_bytes(session, f"texts/{entry['text']}.json", size_of(session))
    assert text is not None
    return from_bytes(text)["texts"]


def test_what_became_of_a_promise_names_the_entry_that_made_it(app: Flask, settings: Settings) -> None:
    department = PromisingDepartment.begin()
    made, other = department.open(), department.open()
    head = department.heads["busy"]
    with transaction() as session:
        move(session, made, day_of(MONDAY + 60 * DAY), SAID, head, MONDAY)
        finish(session, made, Step.DONE, SAID, head, MONDAY)
        finish(session, other, Step.NOT_DONE, SAID, head, MONDAY)
    department.propose()
    keep_record(settings, MONDAY + timedelta(minutes=1))
    found = told()
    assert [entry["state"] for entry in found] == ["made", "made", "made", "done", "dropped"]
    assert "of" not in found[0]
    whole = [dict(entry) for entry in entries()]
    numbers = [whole.index(entry) for entry in found]
    assert [entry.get("of") for entry in found[2:]] == [numbers[0], numbers[0], numbers[1]]
    assert {(entry["place"], entry["survey"], entry["question"]) for entry in found} == {
        ("S.D1/B-1", "visit", "overall")
    }
    assert [entry["due"] for entry in found[:3]] == ["2026-12-30", "2026-12-30", "2027-01-29"]
    assert [text_of(entry) for entry in (found[0], found[3])] == [WILL, SAID]
    assert "counters" not in json.dumps(whole, ensure_ascii=False)
    # The same words twice have two digests.
    assert len({entry["text"] for entry in found}) == 5
    keep_record(settings, MONDAY + timedelta(minutes=2))
    assert told() == found


def test_of_places_whose_results_are_closed_nothing_is_told(app: Flask, settings: Settings) -> None:
    department = PromisingDepartment.begin()
    made = department.open()
    with transaction() as session:
        decide_public_results(session, Depth.DISTRICT, MONDAY.date(), None, MONDAY)
        finish(session, made, Step.WITHDRAWN, SAID, department.heads["busy"], MONDAY)
    keep_record(settings, MONDAY + timedelta(minutes=1))
    assert told() == []
    with transaction() as session:
        decide_public_results(session, Depth.STATION, MONDAY.date(), None, MONDAY)
    keep_record(settings, MONDAY + timedelta(minutes=2))
    first, last = told()
    assert (first["state"], last["state"]) == ("made", "dropped")
    assert entries()[cast(int, last["of"])] == first


def test_a_stranger_who_checks_a_copy_finds_nothing_wrong(app: Flask, settings: Settings, tmp_path: Path) -> None:
    department = PromisingDepartment.begin()
    made, other = department.open(), department.open()
    head = department.heads["busy"]
    with transaction() as session:
        move(session, made, day_of(MONDAY + 60 * DAY), SAID, head, MONDAY)
        finish(session, other, Step.WITHDRAWN, SAID, head, MONDAY)
    keep_record(settings, MONDAY + timedelta(minutes=1))
    export_record(tmp_path / "copy", MONDAY + timedelta(minutes=1))
    key = RecordKey("localhost/r/record", SECRETS.record).vkey
    assert [line for line in findings_in(tmp_path / "copy", keys=("--key", key)) if "no seal between" not in line] == []
    assert len(list((tmp_path / "copy" / "texts").iterdir())) == len(told()) == 4

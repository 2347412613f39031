"""Keeping the public record: what is entered, and when it is shown."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from flask import Flask

from app.config import Settings
from app.domain.installation.public_results import Depth
from app.domain.record.canonical import Value
from app.domain.record.merkle import leaf_hash, root_of
from app.domain.record.tiles import tiles_of, unbundle
from app.formats.record.notes import RecordKey, open_checkpoint
from app.jobs.record import keeping
from app.jobs.record.keeping import keep_record
from app.models import SealWeek
from app.services.record.log.checkpoints import newest_checkpoint, sign_head
from app.services.record.log.entries import contents_between
from app.services.record.log.files import tile_bytes
from app.services.record.receipts import count_receipts
from app.transaction import reading, transaction
from tests.factories.record.department import WEEK, RecordedDepartment, entries, monday, types
from tests.fixtures.secrets import SECRETS

pytestmark = pytest.mark.both_databases

KEY = RecordKey("localhost/r/record", SECRETS.record)


@pytest.fixture
def department(app: Flask, settings: Settings) -> RecordedDepartment:
    return RecordedDepartment(settings)


def test_what_is_entered_is_signed_and_its_tiles_say_the_same(department: RecordedDepartment) -> None:
    department.publish(0)
    with reading() as session:
        checkpoint = newest_checkpoint(session)
        assert checkpoint is not None
        contents = contents_between(session, 0, checkpoint.size)
        opened = open_checkpoint(checkpoint.note, KEY.vkey)
        assert (opened.size, opened.root) == (len(contents), root_of([leaf_hash(each) for each in contents]))
        bundles = [tile_bytes(session, tile) for tile in tiles_of(checkpoint.size) if tile.level is None]
        assert [each for bundle in bundles for each in unbundle(bundle)] == contents
    assert list(dict.fromkeys(types()))[:4] == ["genesis", "policy", "setting", "survey"]
    assert types()[-2:] == ["edition", "balance"]
    told = [entry for entry in entries() if entry["type"] == "release"]
    # Two stations, and the district above them.
    assert [entry["kind"] for entry in told] == ["own", "own", "sum"]
    assert {entry["answers"] for entry in told} == {10, 25}
    assert cast(dict[str, Value], told[2]["parts"])["count"] == 2
    # What was done once is not done again.
    department.keep(monday(0, minute=1))
    with reading() as session:
        assert newest_checkpoint(session) == checkpoint


def test_a_figure_is_never_told_before_the_page_tells_it(department: RecordedDepartment) -> None:
    department.keep(monday(0, hour=9))
    before = types()
    # The opening editions are shown at once, that of today, in which nothing is new, at its hour.
    department.live(0)
    department.keep(monday(0, hour=10, minute=21))
    assert types(monday(0, hour=10, minute=21)).count("edition") == 1
    department.live(1)
    department.keep(monday(1, hour=10, minute=21))
    shown = types(monday(1, hour=10, minute=59, second=59))
    assert (shown.count("edition"), shown.count("release")) == (2, 3)
    assert (types(monday(1)).count("edition"), types(monday(1)).count("release")) == (3, 6)
    assert before == shown[: len(before)]


def test_results_that_are_opened_later_are_told_late(app: Flask, settings: Settings) -> None:
    department = RecordedDepartment(settings, Depth.DISTRICT)
    department.publish(0)
    department.open(Depth.STATION)
    # Their figures are read at once, so what they are made of is told at once.
    department.keep(monday(0, hour=15))
    assert types().count("release") == 3
    department.publish(1)
    told = [(entry["place"], "late" in entry) for entry in entries() if entry["type"] == "release"]
    # The opening editions are of the Monday before.
    assert told == [("D-1", True), ("S-0", True), ("S-1", True), ("S-0", False), ("S-1", False), ("D-1", False)]


def test_a_day_never_falls(department: RecordedDepartment) -> None:
    department.keep(monday(3))
    before = len(entries())
    department.open(Depth.DISTRICT)
    department.keep(monday(0))
    assert "setting" in types()[before:]
    assert {entry["on"] for entry in entries()} == {monday(3).date().isoformat()}


def test_without_a_key_there_is_no_record(department: RecordedDepartment) -> None:
    keep_record(replace(department.settings, secrets=replace(SECRETS, record=b"")), monday(0))
    assert entries() == []


def test_every_hour_binds_the_department_to_the_answers_that_it_has(department: RecordedDepartment) -> None:
    department.publish(0)
    told = [entry for entry in entries() if entry["type"] == "seal"]
    assert {entry["kind"] for entry in told} == {"hour"}
    assert len({entry["hour"] for entry in told}) == len(told)


def test_numbers_are_listed_behind_the_answers_that_they_came_with(department: RecordedDepartment) -> None:
    with transaction() as session:
        count_receipts(session, range(60), monday(0) - timedelta(days=3))
    department.keep(monday(0, hour=7))
    assert "receipts" not in types()
    none = {"answers": 60, "answers_product": bytes(384), "verdicts": 0, "verdicts_product": bytes(384)}
    with transaction() as session:
        session.add(SealWeek(week=WEEK, **none, mark=bytes(32), told_answers=60, told_verdicts=0))
    department.keep(monday(0, hour=7, minute=1))
    assert (types()[-1], entries()[-1]["numbers"]) == ("receipts", 60)


@pytest.mark.parametrize("call", [1, 2])
def test_whoever_dies_before_signing_leaves_nothing_that_is_shown_too_early(
    department: RecordedDepartment, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    """Also the next one, which finds everything entered, signs it for its hour."""
    department.publish(0)
    department.live(1)
    calls = iter(range(1, 10))

    def die_at(*given: Any) -> Any:
        if next(calls) == call:
            raise KeyboardInterrupt
        return sign_head(*given)

    with monkeypatch.context() as dying:
        dying.setattr(keeping, "sign_head", die_at)
        with pytest.raises(KeyboardInterrupt):
            department.keep(monday(1, hour=10, minute=21))
    department.keep(monday(1, hour=10, minute=22))
    before = monday(1, hour=10, minute=59, second=59)
    assert types(before).count("edition") == types(monday(1)).count("edition") - 1
    assert types(before).count("release") == 3

"""Editions in the record: under the entry of their Monday, and their corrections."""

import json
from typing import cast

import pytest
from flask import Flask

from app.config import Settings
from app.domain.installation.public_results import Depth
from app.domain.record.canonical import Value, from_bytes
from app.domain.record.merkle import leaf_hash, root_from_path
from app.models import Edition
from app.services.record.log.entries import size_of
from app.services.record.log.files import file_bytes
from app.services.record.sources.editions import proof_of
from app.transaction import reading, transaction
from tests.factories.record.department import RecordedDepartment, entries, monday, told_editions, types

pytestmark = pytest.mark.both_databases


def test_every_edition_has_its_path_to_the_entry_of_its_monday(app: Flask, settings: Settings) -> None:
    RecordedDepartment(settings).publish(0)
    told = entries()
    with reading() as session:
        for edition in session.query(Edition):
            proof = proof_of(session, edition.digest)
            assert proof is not None
            root = root_from_path(leaf_hash(bytes.fromhex(edition.digest)), proof.index, proof.size, proof.path)
            assert told[proof.entry]["root"] == root.hex()
        (entry,) = told_editions()
        listed = file_bytes(session, f"editions/{entry['root']}.txt", len(told))
        assert listed is not None
        assert len(listed.split()) == entry["places"] == 3
        assert proof_of(session, "ab" * 32) is None


def test_of_places_that_are_not_public_only_that_they_stand(app: Flask, settings: Settings) -> None:
    department = RecordedDepartment(settings, Depth.DISTRICT)
    department.publish(0)
    assert [entry["place"] for entry in entries() if entry["type"] == "release"] == ["D-1"]
    (entry,) = told_editions()
    hidden = cast(dict[str, Value], entry["hidden"])
    assert (entry["places"], hidden["places"]) == (1, 2)
    with reading() as session:
        edition = session.query(Edition).filter_by(place_id=department.places[0]).one()
        proof = proof_of(session, edition.digest)
        assert proof is not None
        leaf = leaf_hash(bytes.fromhex(edition.digest))
        assert root_from_path(leaf, proof.index, proof.size, proof.path).hex() == hidden["root"]


def test_a_correction_is_entered_without_its_words(app: Flask, settings: Settings) -> None:
    department = RecordedDepartment(settings)
    department.publish(0)
    with transaction() as session:
        wrong = session.query(Edition).filter_by(place_id=department.places[0]).one()
        reason = json.dumps({"en": "A mistake.\nIt was ours.", "hi": "एक गलती।"}, ensure_ascii=False)
        columns = {"place_id": wrong.place_id, "due_on": wrong.due_on, "number": 2, "made_at": monday(0, minute=30)}
        columns |= {"digest": "cd" * 32, "previous_digest": wrong.digest, "cause": "error", "reason": reason}
        session.add(Edition(**columns, document=wrong.document.replace('"number":1', '"number":2')))
    department.keep(monday(0, minute=31))
    correction = entries()[-1]
    assert (correction["type"], correction["was"]) == ("correction", wrong.digest)
    assert entries()[cast(int, correction["of"])] == told_editions()[0]
    assert "mistake" not in json.dumps(correction)
    with reading() as session:
        text = file_bytes(session, f"texts/{correction['text']}.json", size_of(session))
        assert text is not None
        assert from_bytes(text)["texts"] == {"en": "A mistake. It was ours.", "hi": "एक गलती।"}
        proof = proof_of(session, "cd" * 32)
        assert proof is not None
        assert (proof.entry, proof.path) == (len(entries()) - 1, ())


def test_of_places_that_are_not_public_no_correction_is_told(app: Flask, settings: Settings) -> None:
    department = RecordedDepartment(settings, Depth.DISTRICT)
    department.publish(0)
    with transaction() as session:
        wrong = session.query(Edition).filter_by(place_id=department.places[0]).one()
        columns = {"place_id": wrong.place_id, "due_on": wrong.due_on, "number": 2, "made_at": monday(0, minute=30)}
        columns |= {"digest": "cd" * 32, "previous_digest": wrong.digest, "cause": "error", "reason": '{"en": "x"}'}
        session.add(Edition(**columns, document=wrong.document))
    department.keep(monday(0, minute=31))
    assert "correction" not in types()
    department.open(Depth.STATION)
    department.keep(monday(0, minute=32))
    assert "correction" in types()

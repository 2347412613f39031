"""A lost key of the record is replaced once, and what was broken off is gone on with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete

from app.config import Secrets, Settings
from app.domain.problem import Problem
from app.formats.crypto.secret_files import write_secrets
from app.jobs.record.keeping import keep_record
from app.models import RecordCheckpoint, RecordEntry, RecordNode
from app.services.record.log.beginning import key_of_record, keys_of_record
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.entries import size_of
from app.services.record.log.signed_heads import read_signed_head
from app.transaction import reading, transaction
from app.workflows.record import replacing
from tests.factories.record.department import RecordedDepartment, entries, monday, types
from tests.fixtures.secrets import SECRETS

NOW = monday(0, minute=30)
pytestmark = pytest.mark.both_databases


@pytest.fixture
def path(app: Flask, database: str, settings: Settings) -> Iterator[Path]:
    """Secrets without the key of a record that has begun."""
    RecordedDepartment(settings).publish(0)
    file = settings.instance / "secrets.json"
    write_secrets(file, replace(SECRETS, record=b""))
    return file


def held(settings: Settings, path: Path) -> Settings:
    return replace(settings, secrets=Secrets.from_file(path))


def test_what_was_broken_off_before_the_head_was_written_is_gone_on_with(
    settings: Settings, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = newest()

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(replacing, "write_signed_head", fail)
        with pytest.raises(OSError, match="full"):
            replacing.replace_key(held(settings, path), path, NOW)
    assert newest() == before
    drawn = Secrets.from_file(path).record
    signed = replacing.replace_key(held(settings, path), path, NOW)
    assert Secrets.from_file(path).record == drawn, "a key that is entered is the one that signs"
    assert types().count("key") == 2
    assert signed.size == before + 2
    with pytest.raises(Problem) as kept:
        replacing.replace_key(held(settings, path), path, NOW)
    assert kept.value.code == "record.key_kept"
    assert types().count("key") == 2
    keep_record(held(settings, path), NOW + timedelta(minutes=1))
    assert newest() > signed.size


def test_the_keys_stand_in_the_record_and_outside_the_database(settings: Settings, path: Path) -> None:
    with reading() as session:
        old = key_of_record(session)
    replacing.replace_key(held(settings, path), path, NOW)
    told = [(entry["key"], entry["state"]) for entry in entries() if entry["type"] == "key"]
    with reading() as session:
        new, first = keys_of_record(session)
    assert first == old
    assert told == [(old, "lost"), (new, "added")]
    head = read_signed_head(settings.record_folder)
    assert head is not None
    assert head.vkey == new


def test_what_was_taken_away_meanwhile_is_told_as_well(settings: Settings, path: Path) -> None:
    with transaction() as session:
        size = size_of(session)
        session.execute(delete(RecordEntry).where(RecordEntry.number >= size - 1))
        session.execute(delete(RecordNode).where(RecordNode.position >= size - 1))
        session.execute(delete(RecordCheckpoint).where(RecordCheckpoint.size > size - 1))
    replacing.replace_key(held(settings, path), path, NOW)
    assert types()[-3:] == ["break", "key", "key"]


def test_a_record_that_has_not_begun_has_no_key_to_lose(app: Flask, database: str, settings: Settings) -> None:
    with pytest.raises(Problem) as refused:
        replacing.replace_key(settings, settings.instance / "secrets.json", NOW)
    assert refused.value.code == "record.not_begun"


def newest() -> int:
    with reading() as session:
        checkpoint = newest_checkpoint(session)
    return checkpoint.size if checkpoint else 0

"""A further key: the secrets file and the note in the database, whoever fails and whoever comes at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.config import Secrets, Settings
from app.formats.crypto.secret_files import write_secrets
from app.models import SigningKey
from app.services.installation.sealing_keys import Rotation, sealing_keys_since
from app.transaction import reading
from app.workflows.keys import rotate_sealing, rotate_signing
from tests.fixtures.faults import failing_commit
from tests.fixtures.secrets import SECRETS

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.fixture
def secrets_file(app: Flask, settings: Settings) -> Path:
    path = settings.instance / "secrets.json"
    write_secrets(path, SECRETS)
    return path


def test_a_key_whose_note_failed_is_noted_by_the_next_rotation(secrets_file: Path) -> None:
    for rotate in (rotate_signing, rotate_sealing):
        with failing_commit(), pytest.raises(OperationalError):
            rotate(secrets_file, NOW)
    held = Secrets.from_file(secrets_file)
    assert (set(held.signing), set(held.sealing)) == ({0, 1}, {1, 2})
    assert (rotate_signing(secrets_file, NOW), rotate_sealing(secrets_file, NOW).added) == (2, 3)
    with reading() as session:
        assert set(session.scalars(select(SigningKey.id))) == {0, 1, 2}
        assert set(sealing_keys_since(session)) == {1, 2, 3}


def test_a_key_is_forgotten_400_days_after_its_successor_came(secrets_file: Path) -> None:
    write_secrets(secrets_file, replace(SECRETS, sealing={}))
    days = [0, 10, 400, 410, 411]
    said = [rotate_sealing(secrets_file, NOW + timedelta(days=day)) for day in days]
    # The second came on day 10, so the first goes on day 411; the third came on day 400.
    assert said == [Rotation(1, ()), Rotation(2, ()), Rotation(3, ()), Rotation(4, ()), Rotation(5, (1,))]
    assert set(Secrets.from_file(secrets_file).sealing) == {2, 3, 4, 5}
    with reading() as session:
        assert set(sealing_keys_since(session)) == {1, 2, 3, 4, 5}


def test_a_number_is_never_given_twice(secrets_file: Path) -> None:
    write_secrets(secrets_file, replace(SECRETS, sealing={}))
    rotate_sealing(secrets_file, NOW)
    write_secrets(secrets_file, replace(SECRETS, sealing={}))
    assert rotate_sealing(secrets_file, NOW).added == 2


def test_a_key_without_a_note_is_noted(secrets_file: Path) -> None:
    assert rotate_sealing(secrets_file, NOW) == Rotation(2, ())
    with reading() as session:
        assert set(sealing_keys_since(session)) == {1, 2}


@pytest.mark.both_databases
def test_no_key_is_lost_when_several_rotate_at_once(secrets_file: Path, app: Flask) -> None:
    start = Barrier(6)

    def one(rotate: Callable[[Path, datetime], object]) -> None:
        with app.app_context():
            start.wait()
            rotate(secrets_file, datetime.now(UTC))

    with ThreadPoolExecutor(max_workers=6) as pool:
        list(pool.map(one, [rotate_signing, rotate_sealing] * 3))
    held = Secrets.from_file(secrets_file)
    assert set(held.signing) == {0, 1, 2, 3}
    assert len(held.sealing) == len(SECRETS.sealing) + 3
    assert {file.name for file in secrets_file.parent.iterdir() if "secrets" in file.name} == {
        "secrets.json",
        ".secrets.json.lock",
    }

"""The drill: a backup that would do is told from one that would not, and nothing is left of it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import flask_migrate
import psycopg
import pytest
from sqlalchemy import insert

from app.config import Settings
from app.domain.problem import Problem
from app.extensions import db
from app.factory import create_app
from app.formats.crypto.secret_files import write_secrets
from app.models import Place
from app.services.installation.backups.backup import Installation, save_backup
from app.services.record import audit
from app.transaction import transaction
from app.workflows.backup_drill import drill_backup
from tests.factories.installation.installed import NOW
from tests.fixtures.secrets import SECRETS


@pytest.fixture
def here(settings: Settings) -> Settings:
    write_secrets(settings.instance / "secrets.json", SECRETS)
    return settings


def fill(settings: Settings, revision: str = "head") -> Installation:
    """An installation at a migration, with two places and two entries in its audit."""
    with create_app(settings).app_context():
        flask_migrate.upgrade(revision=revision)
        with transaction() as session:
            for at in range(2):
                # By its columns of old: the row as a model has those of today.
                session.execute(insert(Place).values(code=f"P-{at}", kind="station", name_en=f"Place {at}"))
                audit.record(session, "place.added", "place:1", None, {}, NOW)
        for engine in db.engines.values():
            engine.dispose()
    return Installation(settings.instance, settings.database_url)


def test_a_backup_that_would_do(here: Settings, tmp_path: Path) -> None:
    installation = fill(here)
    save_backup(installation, tmp_path / "b.tar", NOW)
    before = sorted(installation.instance.iterdir())
    drilled = drill_backup(installation, tmp_path / "b.tar")
    assert (drilled.counts["places"], drilled.counts["audit entries"], drilled.head.sequence) == (2, 2, 2)
    assert (drilled.backup.made_at, sorted(installation.instance.iterdir())) == (NOW, before)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ("UPDATE audit_entry SET details = '{\"x\":1}' WHERE sequence = 1", "audit.broken"),
        ("INSERT INTO parentage (place_id, parent_id, from_on) VALUES (404, 405, '2026-01-01')", "backup.drill_failed"),
    ],
)
def test_a_backup_that_would_not(here: Settings, tmp_path: Path, damage: str, code: str) -> None:
    installation = fill(here)
    with closing(sqlite3.connect(installation.file)) as connection, connection:
        connection.execute(damage)
    save_backup(installation, tmp_path / "b.tar", NOW)
    with pytest.raises(Problem) as caught:
        drill_backup(installation, tmp_path / "b.tar")
    assert caught.value.code == code


def test_a_backup_of_an_earlier_version_is_upgraded_for_the_drill(here: Settings, tmp_path: Path) -> None:
    installation = fill(here, "0013")
    save_backup(installation, tmp_path / "b.tar", NOW)
    drilled = drill_backup(installation, tmp_path / "b.tar")
    assert (drilled.backup.schema, drilled.counts["places"]) == ("0013", 2)


@pytest.mark.usefixtures("postgres_tools")
def test_on_postgresql_in_a_database_of_its_own(here: Settings, postgres_url: str, tmp_path: Path) -> None:
    installation = fill(replace(here, database_url=postgres_url))
    save_backup(installation, tmp_path / "b.tar", NOW)
    server = postgres_url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(server, autocommit=True) as connection:
        # As a drill that was killed leaves it, and as somebody else might call a database.
        for name in ("samvad_drill_0123456789abcdef", "samvad_drill_of_mine"):
            connection.execute(f"DROP DATABASE IF EXISTS {name}")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        assert drill_backup(installation, tmp_path / "b.tar").counts["places"] == 2
        left = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'samvad_drill%'").fetchall()
        assert left == [("samvad_drill_of_mine",)]
        connection.execute("DROP DATABASE samvad_drill_of_mine")

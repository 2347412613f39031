"""PostgreSQL saved and loaded by its own commands."""

import os
from dataclasses import replace
from pathlib import Path

import flask_migrate
import pytest
from sqlalchemy import make_url, text

from app.config import Settings
from app.domain.problem import Problem
from app.extensions import db
from app.factory import create_app
from app.formats.crypto.secret_files import write_secrets
from app.services.installation.backups.backup import Installation, restore_backup, save_backup
from app.services.installation.backups.postgres_dumps import dump_postgres, load_postgres
from app.transaction import reading
from tests.factories.installation.installed import NOW, SCHEMAS
from tests.fixtures.secrets import SECRETS


@pytest.mark.usefixtures("postgres_tools")
def test_postgres_goes_there_and_back(settings: Settings, postgres_url: str, tmp_path: Path) -> None:
    write_secrets(settings.instance / "secrets.json", SECRETS)
    installation = Installation(settings.instance, postgres_url)
    insert = text("INSERT INTO place (code, kind, name_en) VALUES (:code, 'station', 'x')")
    with create_app(replace(settings, database_url=postgres_url)).app_context():
        flask_migrate.upgrade()
        with db.engine.begin() as connection:
            connection.execute(insert, {"code": "before"})
        save_backup(installation, tmp_path / "backup.tar", NOW)
        with db.engine.begin() as connection:
            connection.execute(insert, {"code": "after"})
        restore_backup(installation, tmp_path / "backup.tar", SCHEMAS, force=True)
        with reading() as session:
            assert list(session.scalars(text("SELECT code FROM place"))) == ["before"]
        for engine in db.engines.values():
            engine.dispose()


def test_without_the_tools_postgres_is_refused_in_words(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_secrets(settings.instance / "secrets.json", SECRETS)
    monkeypatch.setenv("PATH", str(tmp_path))
    installation = Installation(settings.instance, "postgresql+psycopg://someone@/nowhere")
    with pytest.raises(Problem, match=r"backup\.tool_missing"):
        save_backup(installation, tmp_path / "backup.tar", NOW)
    assert not (tmp_path / "backup.tar").exists()


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with commands that write down how they were called, in the place of PostgreSQL's."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for tool in ("pg_dump", "psql", "pg_restore"):
        script = f'#!/bin/sh\necho "$@ with $PGPASSWORD" > {folder}/{tool}.called\necho 0042\n: > {tmp_path}/copy\n'
        (folder / tool).write_text(script)
        (folder / tool).chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


DATABASE = make_url("postgresql+psycopg://samvad:s3cret@db.example/samvad")


def test_a_password_is_told_to_the_commands_where_no_list_of_processes_shows_it(tools: Path, tmp_path: Path) -> None:
    assert dump_postgres(DATABASE, tmp_path / "copy", frozenset({"arrival"})) == "0042"
    load_postgres(DATABASE, tmp_path / "copy")
    assert "s3cret" not in (tools / "pg_restore.called").read_text()
    for tool in ("pg_dump", "psql"):
        arguments, _, password = (tools / f"{tool}.called").read_text().strip().rpartition(" with ")
        assert "--dbname=postgresql://samvad@db.example/samvad" in arguments
        assert "s3cret" not in arguments
        assert password == "s3cret"


def test_a_dump_leaves_out_what_was_promised_to_vanish_and_is_for_its_owner_alone(tools: Path, tmp_path: Path) -> None:
    dump_postgres(DATABASE, tmp_path / "copy", frozenset({"arrival"}))
    assert "--exclude-table-data=arrival" in (tools / "pg_dump.called").read_text()
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0


def test_what_a_command_complains_of_is_told(tools: Path, tmp_path: Path) -> None:
    (tools / "pg_restore").write_text("#!/bin/sh\necho 'the disk is full' >&2\nexit 1\n")
    with pytest.raises(Problem, match=r"backup\.tool_failed: pg_restore failed: the disk is full"):
        load_postgres(DATABASE, tmp_path / "copy")

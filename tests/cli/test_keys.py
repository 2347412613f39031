"""samvad keys: the sealing keys, from a file of an older version to one that is rotated every year."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import select

from app.cli import commands
from app.config import Secrets, Settings
from app.factory import create_app
from app.formats.crypto.secret_files import read_sheet, write_secrets
from app.models import AuditEntry
from app.transaction import reading
from tests.fixtures.secrets import SECRETS


@pytest.fixture
def secrets_file(app: Flask, settings: Settings) -> Path:
    """The secrets of this application, in their file, as the first version wrote them: without sealing keys."""
    path = settings.instance / "secrets.json"
    write_secrets(path, SECRETS)
    old = json.loads(path.read_text("utf-8"))
    del old["sealing"]
    path.write_text(json.dumps(old), "utf-8")
    return path


def run(settings: Settings, *arguments: str) -> Result:
    environment = {
        "SAMVAD_MODE": "test",
        "SAMVAD_INSTANCE": str(settings.instance),
        "SAMVAD_DATABASE_URL": settings.database_url,
        "SAMVAD_ADDRESS": settings.address,
    }
    info = ScriptInfo(create_app=lambda: create_app(Settings.from_env(environment)))
    return CliRunner(env=environment).invoke(commands, arguments, obj=info)


def test_a_file_of_an_older_version_starts_without_sealing(secrets_file: Path) -> None:
    assert Secrets.from_file(secrets_file).sealing == {}


def test_a_first_key_is_added_once(secrets_file: Path, settings: Settings, tmp_path: Path) -> None:
    done = run(settings, "keys", "rotate-sealing", "--if-none")
    assert done.exit_code == 0, done.output
    assert "Added sealing key 1. Restart the servers" in done.stdout
    held = Secrets.from_file(secrets_file)
    assert (set(held.sealing), held.signing) == ({1}, SECRETS.signing)
    assert secrets_file.stat().st_mode & 0o777 == 0o600
    assert run(settings, "keys", "rotate-sealing", "--if-none").stdout == ""
    assert "Added sealing key 2." in run(settings, "keys", "rotate-sealing").stdout
    lines = [line.split("\t") for line in run(settings, "keys", "list").stdout.splitlines()]
    assert [line[:2] + line[3:] for line in lines] == [
        ["signing", "0", "newest"],
        ["sealing", "1", "older"],
        ["sealing", "2", "newest"],
    ]
    sheet = tmp_path / "sheet.txt"
    assert run(settings, "keys", "sheet", str(sheet)).exit_code == 0
    assert read_sheet(sheet.read_text("utf-8")) == Secrets.from_file(secrets_file)
    with reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)).all()[-1]
        assert (entry.action, entry.subject) == ("sealing_key.added", "sealing_key:2")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_left_alone(secrets_file: Path, settings: Settings) -> None:
    os.chown(secrets_file, 12345, 12345)
    before = secrets_file.read_bytes()
    done = run(settings, "keys", "rotate-sealing")
    assert done.exit_code == 1
    assert "[keys.owner]" in done.stderr
    assert secrets_file.read_bytes() == before

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import Settings
from app.extensions import db
from app.factory import create_app
from tests.meta import ROOT

HTTPS = "https://samvad.example.in"


def start(**settings: str) -> subprocess.CompletedProcess[str]:
    """Load what a WSGI server loads, with nothing but these settings."""
    environment = {"PATH": os.environ["PATH"], **{f"SAMVAD_{name}": value for name, value in settings.items()}}
    command = [sys.executable, "-c", "import wsgi; print(wsgi.app.name)"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def instance(tmp_path: Path, migrated_file: Path) -> Path:
    """Secrets and tables as an installation has them."""
    shutil.copyfile(migrated_file, tmp_path / "samvad.db")
    names = ("session", "audit", "accounts", "receipts")
    secrets = tmp_path / "secrets.json"
    secrets.write_text(json.dumps({**dict.fromkeys(names, "ab" * 32), "signing": {"0": "cd" * 32}}), "utf-8")
    secrets.chmod(0o600)
    return tmp_path


def test_an_installation_starts(instance: Path) -> None:
    done = start(INSTANCE=str(instance), ADDRESS=HTTPS)
    assert (done.returncode, done.stdout, done.stderr) == (0, "app\n", "")


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"ADDRESS": HTTPS, "INSTANCE": "/nowhere"}, "no secrets"),
        ({"ADDRESS": "http://samvad.example.in"}, "https://"),
    ],
)
def test_a_wrong_start_is_refused_in_one_sentence(instance: Path, settings: dict[str, str], why: str) -> None:
    done = start(**{"INSTANCE": str(instance), **settings})
    assert done.returncode != 0
    assert why in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_making_the_application_opens_no_database(settings: Settings) -> None:
    """Workers are forked after it is made: a connection that two processes share ruins the database."""
    app = create_app(settings)
    with app.app_context():
        assert [engine.pool.status() for engine in db.engines.values() if engine.pool.checkedin()] == []
    assert not (settings.instance / "samvad.db").exists()

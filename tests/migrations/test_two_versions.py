"""While an upgrade goes on, an earlier version still serves: its code runs on the tables of the present one.

So migrations only add. The earlier version is taken from the history of this repository.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import flask_migrate
import pytest

from app.config import Settings
from app.extensions import db
from app.factory import create_app
from tests.fixtures.earlier import DEVICES, LEFT_AT, restore
from tests.meta import ROOT

#: the last commit with migration 0013 as its newest
EARLIER = "0dfdd6c"
SCRIPT = Path(__file__).with_name("one_version.py")
NEEDED = ["app", "templates", "static", "printables", "wsgi.py"]


@pytest.fixture(scope="session")
def earlier_code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of the earlier version."""
    git = shutil.which("git")
    known = git and subprocess.run(
        [git, "cat-file", "-e", f"{EARLIER}^{{commit}}"], cwd=ROOT, capture_output=True, check=False
    )
    if not git or not known or known.returncode:
        pytest.skip(f"this checkout has no history up to {EARLIER}: fetch all of it to run the earlier version")
    packed = subprocess.run([git, "archive", EARLIER, *NEEDED], cwd=ROOT, capture_output=True, check=True)
    folder = tmp_path_factory.mktemp("earlier")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


Serve = Callable[[str], dict[str, Any]]


@contextmanager
def running(code: Path, settings: Settings, errors: Path) -> Iterator[Serve]:
    """A version that serves: `serve(device)` tells of an answer that waited on a device, and of the jobs after it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    surroundings = {
        **kept,
        "PYTHONPATH": str(code),
        "SAMVAD_INSTANCE": str(settings.instance),
        "SAMVAD_ADDRESS": settings.address,
        "SAMVAD_DATABASE_URL": settings.database_url,
    }
    command = [sys.executable, str(SCRIPT), LEFT_AT.isoformat()]
    with (
        errors.open("w", encoding="utf-8") as said,
        subprocess.Popen(
            command, cwd=code, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True
        ) as process,
    ):
        assert process.stdin
        assert process.stdout
        hand, ear = process.stdin, process.stdout

        def serve(device: str) -> dict[str, Any]:
            (row,) = DEVICES[device]["outbox"]
            hand.write(json.dumps(row["item"]) + "\n")
            hand.flush()
            line = ear.readline()
            assert line, errors.read_text("utf-8")
            told: dict[str, Any] = json.loads(line)
            return told

        yield serve


def test_an_earlier_version_serves_on_the_present_tables(earlier_code: Path, tmp_path: Path) -> None:
    settings = restore(tmp_path / "instance")
    with create_app(settings).app_context():
        flask_migrate.upgrade()
        for engine in db.engines.values():
            engine.dispose()
    with (
        running(earlier_code, settings, tmp_path / "earlier.txt") as earlier,
        running(ROOT, settings, tmp_path / "present.txt") as present,
    ):
        first = earlier("phone")
        assert (first["code"], first["receipts"], first["marks"], first["faults"]) == ("earlier", ["stored"], 0, [])
        # The present one goes on with what that has written, and the earlier one with what this has.
        second = present("tablet")
        assert (second["code"], second["receipts"], second["marks"], second["faults"]) == ("present", ["stored"], 0, [])
        assert second["answers"] == first["answers"] + 1
        third = earlier("tablet")
    assert (third["receipts"], third["answers"], third["faults"]) == (["duplicate"], second["answers"], [])
    assert third["releases"] >= second["releases"] >= first["releases"] > 0

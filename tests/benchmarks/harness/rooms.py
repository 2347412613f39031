"""A place to measure in: an installation of its own with one station, one survey and one poster."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
from flask import Flask

from app.config import Mode, Secrets, Settings
from app.domain.codes.channel import Channel
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.surveys.survey import SurveyDefinition
from app.extensions import db
from app.factory import create_app
from app.transaction import transaction
from app.web.context import context
from tests.factories import add_place, add_placement, add_survey

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_SECRETS = {name: name[0].encode().hex() * 32 for name in ("session", "audit", "accounts", "receipts", "record")}


@dataclass(frozen=True, slots=True)
class Room:
    """An application whose context is pushed, with what a phone needs to answer."""

    app: Flask
    settings: Settings
    placement_id: int
    token: str
    stamp: str
    survey_version: int


@contextmanager
def room(survey: SurveyDefinition) -> Iterator[Room]:
    with tempfile.TemporaryDirectory(prefix="samvad-bench-") as folder:
        settings = _settings(Path(folder))
        app = create_app(settings)
        with app.app_context():
            flask_migrate.upgrade()
            with transaction() as session:
                version = add_survey(session, survey)
                placement = add_placement(session, add_place(session), version)
                survey_version, placement_id = version.id, placement.id
            token = context().tokens.sign(Token(Channel.POSTER, 0, placement_id))
            stamp = context().stamps.sign(Stamp.at(datetime.now(UTC), 0, placement_id))
            yield Room(app, settings, placement_id, token, stamp, survey_version)
            for engine in db.engines.values():
                engine.dispose()


@dataclass(frozen=True, slots=True)
class Server:
    """A real web server with one worker, as production runs it."""

    port: int
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """As by a power cut: server and worker at once, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def cpu_s(self) -> float:
        """The processor time of the server and its worker so far, in steps of the kernel's clock."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return sum(_cpu_of(pid) for pid in (str(self.process.pid), *children))


@contextmanager
def server(settings: Settings, port: int | None = None) -> Iterator[Server]:
    port = port or _free_port()
    environment = {
        **os.environ,
        "SAMVAD_MODE": settings.mode.value,
        "SAMVAD_INSTANCE": str(settings.instance),
        "SAMVAD_DATABASE_URL": settings.database_url,
        "SAMVAD_ADDRESS": settings.address,
    }
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "1", "--threads", "8"]
    command += ["--preload", "--no-control-socket", "--log-level", "error", "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    with subprocess.Popen(command, env=environment, start_new_session=True) as process:
        try:
            _wait_for(port)
            yield Server(port, process)
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _settings(folder: Path) -> Settings:
    instance = folder / "instance"
    instance.mkdir(mode=0o700)
    secrets = instance / "secrets.json"
    secrets.write_text(json.dumps({**_SECRETS, "signing": {"0": "ab" * 32}, "sealing": {"1": "cd" * 32}}), "utf-8")
    secrets.chmod(0o600)
    url = f"sqlite:///{instance / 'samvad.db'}"
    return Settings(Mode.TEST, instance, url, "http://127.0.0.1:8000", Secrets.from_file(secrets))


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start within a minute")


def _cpu_of(pid: str) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * _TICK_S

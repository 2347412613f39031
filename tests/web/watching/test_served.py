"""A real server with two processes, and the worker beside it: what they tell, and everything they write down."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from app.config import Settings
from app.formats.crypto.secret_files import write_secrets
from app.formats.watching.loopback import HOST
from tests.fixtures.outbox import Outbox
from tests.fixtures.secrets import SECRETS
from tests.meta import ROOT

ADDRESS, AGENT = "198.51.100.77", "Telltale/9"
PATIENCE_S = 120


@dataclass(frozen=True, slots=True)
class Running:
    port: int
    watch_port: int
    log: Path
    server: "subprocess.Popen[bytes]"
    worker: "subprocess.Popen[bytes]"

    def ask(self, path: str, port: int | None = None, body: bytes | None = None, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection(HOST, port or self.port, timeout=PATIENCE_S)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET" if body is None else "POST", path, body, named)
        answer = connection.getresponse()
        seen = answer.status, answer.read().decode()
        connection.close()
        return seen

    def send(self, *lines: bytes) -> None:
        """What no client should send."""
        with socket.create_connection((HOST, self.port), timeout=PATIENCE_S) as connection:
            connection.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass

    def processes(self) -> list[int]:
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text().split()
        return [int(child) for child in children]

    def figure(self, name: str, port: int | None = None, **labels: str) -> float:
        text = self.ask("/metrics", port or self.watch_port)[1]
        samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
        return sum(
            sample.value for sample in samples if sample.name == name and labels.items() <= sample.labels.items()
        )


def free_ports() -> tuple[int, int]:
    """One, and one after which the next is free as well."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind((HOST, 0))
            try:
                second.bind((HOST, first.getsockname()[1] + 1))
            except (OSError, OverflowError):
                continue
            return port, first.getsockname()[1]


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until, "it has not come to be"
        time.sleep(0.05)


@pytest.fixture
def running(migrated: Flask, settings: Settings, outbox: Outbox, tmp_path: Path) -> Iterator[Running]:
    write_secrets(settings.instance / "secrets.json", SECRETS)
    port, watch_port = free_ports()
    log = tmp_path / "log"
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "SAMVAD_MODE": "test",
        "SAMVAD_INSTANCE": str(settings.instance),
        "SAMVAD_ADDRESS": "http://localhost",
        "SAMVAD_PROXIES": "1",
        "SAMVAD_WATCH_PORT": str(watch_port),
        "PYTHONPATH": str(ROOT),
    }
    gunicorn = ["-m", "gunicorn", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload"]
    # As talkative as it can be, and told to write an access log.
    gunicorn += ["--no-control-socket", "--bind", f"{HOST}:{port}", "--log-level", "debug", "--access-logfile", "-"]
    with log.open("wb") as out:
        options = {"cwd": ROOT, "env": environment, "stdout": out, "stderr": subprocess.STDOUT}
        with (
            subprocess.Popen([sys.executable, *gunicorn, "wsgi:app"], **options) as server,
            subprocess.Popen([sys.executable, "-m", "app", "worker"], **options) as worker,
        ):
            run = Running(port, watch_port, log, server, worker)
            try:
                for each in (port, watch_port, watch_port + 1):
                    wait_until(lambda each=each: is_open(each, server, worker))
                yield run
            finally:
                server.terminate()
                worker.send_signal(signal.SIGINT)
                try:
                    worker.wait(PATIENCE_S)
                except subprocess.TimeoutExpired:
                    worker.kill()


def is_open(port: int, *processes: "subprocess.Popen[bytes]") -> bool:
    assert all(process.poll() is None for process in processes), "it has ended"
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def test_what_a_server_tells_and_what_it_writes_down(running: Running, outbox: Outbox) -> None:
    token = outbox.token
    telling = {"X_Forwarded_For": ADDRESS, "User_Agent": AGENT}

    # Any of the processes answers, and tells what all have counted, those that have ended too.
    assert running.ask("/healthz", running.watch_port) == (200, "ok\n")
    assert running.ask("/healthz", running.watch_port + 1) == (200, "ok\n")
    for _ in range(20):
        assert running.ask(f"/s/{token}?lang=en", **telling)[0] == 200
    requests = {"route": "/s/<token>", "status": "2xx"}
    assert running.figure("samvad_requests_total", **requests) == 20
    ended, *_ = running.processes()
    os.kill(ended, signal.SIGKILL)
    wait_until(lambda: ended not in running.processes() and len(running.processes()) == 2)
    assert running.figure("samvad_requests_total", **requests) == 20
    wait_until(lambda: "worker.never" not in running.ask("/readyz", running.watch_port)[1])
    assert running.figure("samvad_job_last_success_timestamp_seconds", job="fold") > 0
    assert running.ask("/metrics", running.watch_port + 1)[0] == 200

    # Nothing of it at the address of the citizens, and nothing for a proxy.
    for path in ("/healthz", "/readyz", "/metrics"):
        assert running.ask(path, **telling)[0] == 404
        assert running.ask(path, running.watch_port, **telling)[0] == 403

    item = json.dumps({"responses": [outbox.item()]}).encode()
    assert running.ask("/api/v1/responses", body=item, Content_Type="application/json", **telling)[0] == 200
    # What no client should send.
    for path in (f"/s/{token}%00", f"/{token}", f"/static/{token}", f"/static/%00{token}", f"/n/12345678/{token}"):
        running.ask(path, Referer=f"http://x/{token}", **telling)
    running.ask(f"/s/{token}", body=f"_do=send&overall={token}".encode(), Origin=f"http://[{token}", **telling)
    running.ask("/api/v1/responses", body=f'{{"{token}'.encode(), Content_Type="application/json", **telling)
    running.send(f"GET /s/{token} HTTP/1.1".encode(), b"Host: x", b"no header", f"X: {token}".encode())
    running.send(f"{token} /s/{token} HTTP/9.9".encode())
    running.send(f"POST /s/{token} HTTP/1.1".encode(), b"Host: x", b"Content-Length: -1")

    running.server.terminate()
    running.server.wait(PATIENCE_S)
    written = running.log.read_text("utf-8")
    for what in (token, token.lower(), ADDRESS, AGENT, "127.0.0.1 - ", "lang=en", "overall", outbox.stamp):
        assert what not in written, what
    events = [json.loads(line) for line in written.splitlines()]
    assert all({"time", "level", "event"} <= event.keys() for event in events)
    # Nor when a request came, unless it failed or was none.
    assert {event["level"] for event in events if event["event"] == "server.message"} >= {"debug", "error"}
    assert [event for event in events if event.get("message", "") in ("%s %s", "Closing connection. %s")] == []

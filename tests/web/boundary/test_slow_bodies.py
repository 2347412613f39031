"""Forty clients that send a byte and then nothing: a page is answered meanwhile, by the server as it is run."""

import json
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPResponse

import pytest
from flask import Flask
from sqlalchemy import text

from app.config import Settings
from app.domain.problem import Problem
from app.services.installation.schemas import newest_schema
from app.transaction import transaction
from app.web.boundary.slow_bodies import Patience, PatientSocket
from tests.benchmarks.harness.rooms import server

SLOW, THREADS = 40, 8
IMPATIENT = Patience(first_s=0, most_s=0, between_s=0)


@pytest.fixture
def address(app: Flask, settings: Settings) -> Iterator[str]:
    """Of a real server with eight threads, beside an application that made its tables."""
    names = ("session", "audit", "accounts", "receipts")
    secrets = settings.instance / "secrets.json"
    secrets.write_text(json.dumps({**dict.fromkeys(names, "ab" * 32), "signing": {"0": "cd" * 32}}), "utf-8")
    secrets.chmod(0o600)
    with transaction() as session:
        session.execute(
            text("CREATE TABLE alembic_version AS SELECT :newest AS version_num"), {"newest": newest_schema()}
        )
    with server(settings) as running:
        yield f"127.0.0.1:{running.port}"


def begin_slowly(address: str) -> socket.socket:
    """A request whose head says that a thousand bytes follow, and one of them."""
    host, port = address.split(":")
    client = socket.create_connection((host, int(port)), timeout=60)
    head = "POST /api/v1/responses HTTP/1.1", "Host: localhost", "Content-Type: application/json"
    client.sendall("\r\n".join([*head, "Content-Length: 1000", "", "{"]).encode())
    return client


def answered(clients: list[socket.socket], number: int) -> list[bytes]:
    """The answers of so many of the clients, whichever they are, once they have them."""
    while len(ready := select.select(clients, [], [], 60)[0]) < number:
        assert ready, "nobody was answered"
        # Some are, so that select returns at once: look again when the next may be.
        threading.Event().wait(0.02)
    return [whole(client) for client in ready]


def whole(client: socket.socket) -> bytes:
    """An answer to the end of its problem: head and body may come in two pieces."""
    told = b""
    while not told.rstrip().endswith(b"}") and (piece := client.recv(4096)):
        told += piece
    return told


def test_pages_and_answers_are_served_while_forty_send_slowly(address: str) -> None:
    with ExitStack() as open_:
        slow = [open_.enter_context(closing(begin_slowly(address))) for _ in range(SLOW)]
        client = open_.enter_context(closing(HTTPConnection(address, timeout=60)))
        client.request("GET", "/robots.txt")
        page = client.getresponse()
        assert (page.status, page.read()[:4]) == (200, b"User")
        # Head and body in one piece, as phones send what is short: a body that comes later has to wait with the others.
        head = (
            "POST /api/v1/responses HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "Content-Length: 16",
        )
        client.sock.sendall("\r\n".join([*head, "", '{"responses":[]}']).encode())
        answer = HTTPResponse(client.sock)
        answer.begin()
        assert json.load(answer) == {"receipts": []}
        for refused in answered(slow, SLOW - THREADS // 2):
            assert refused.startswith(b"HTTP/1.1 503")
            assert b"request.must_wait" in refused or b"request.too_slow" in refused
            assert b"Retry-After: 30" in refused


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    client, real = socket.socketpair()
    with client, real:
        yield client, real


def test_what_is_there_is_read_without_a_place(pair: tuple[socket.socket, socket.socket]) -> None:
    client, real = pair
    none_left = threading.BoundedSemaphore(1)
    none_left.acquire()
    patient = PatientSocket(real, none_left, IMPATIENT)
    patient.begin()
    client.sendall(b"whole")
    assert patient.recv(100) == b"whole"
    with pytest.raises(Problem, match=r"request\.must_wait"):
        patient.recv(100)


def test_a_body_that_does_not_come_is_let_go_and_its_place_is_free(pair: tuple[socket.socket, socket.socket]) -> None:
    places = threading.BoundedSemaphore(1)
    patient = PatientSocket(pair[1], places, IMPATIENT)
    patient.begin()
    with pytest.raises(Problem, match=r"request\.too_slow"):
        patient.recv(100)
    assert not places.acquire(blocking=False)
    patient.end()
    assert places.acquire(blocking=False)
    assert pair[1].recv(100) == b""


def test_a_body_that_comes_is_waited_for_the_longer_the_more_came(pair: tuple[socket.socket, socket.socket]) -> None:
    client, real = pair
    patient = PatientSocket(real, threading.BoundedSemaphore(1), Patience(first_s=60))
    patient.begin()
    later = threading.Timer(0.05, client.sendall, [b"later"])
    later.start()
    assert patient.recv(100) == b"later"
    later.join()
    assert Patience().seconds_for(4_000) == Patience().first_s + 2
    assert Patience().seconds_for(10**9) == Patience().most_s


def test_between_two_requests_the_connection_is_closed(pair: tuple[socket.socket, socket.socket]) -> None:
    """gunicorn takes this error for what it is, a Problem for a failure of its own, and finds nothing to wait for."""
    places = threading.BoundedSemaphore(1)
    patient = PatientSocket(pair[1], places, IMPATIENT)
    patient.begin()
    patient.end()
    with pytest.raises(TimeoutError):
        patient.recv(100)
    assert pair[1].recv(100) == b""
    assert places.acquire(blocking=False)

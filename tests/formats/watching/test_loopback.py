import logging
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from app.formats.watching.loopback import HOST, LoopbackServer, Page, pages_at


def break_down() -> Page:
    raise RuntimeError("secret words")


@pytest.fixture
def port() -> Iterator[int]:
    pages = {"/good": lambda: Page.of({"well": True}), "/broken": break_down}
    server = LoopbackServer(0, pages_at(pages))
    server.begin()
    yield server.port
    server.end()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    connection = HTTPConnection(HOST, port)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    seen = answer.status, answer.read().decode()
    connection.close()
    return seen


def test_it_answers_what_it_knows_and_nothing_else(port: int) -> None:
    assert ask(port, "/good?x=1") == (200, '{"well": true}\n')
    assert ask(port, "/good", "HEAD") == (200, "")
    assert ask(port, "/good", "POST")[0] == 405
    assert ask(port, "/")[0] == 404


@pytest.mark.parametrize("header", ["X_Forwarded_For", "Forwarded", "X_Real_IP", "Via"])
def test_what_a_proxy_passes_on_is_refused(port: int, header: str) -> None:
    assert ask(port, "/good", **{header: "192.0.2.1"})[0] == 403


def test_a_page_that_fails_is_told_and_ends_nothing(port: int, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        status, text = ask(port, "/broken")
    assert (status, "secret" in text) == (500, False)
    assert [record.event for record in caplog.records] == ["watch.failed"]
    assert ask(port, "/good")[0] == 200


def test_a_port_that_is_taken_is_found_at_once(port: int) -> None:
    with pytest.raises(OSError, match="in use"):
        LoopbackServer(port, pages_at({}))

"""What answering costs on the wire: counted as the server sends it, so the figure is the same everywhere."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.conftest import LiveServer, open_context
from tests.browser.test_citizen_page import VISIT

BUDGET_BYTES = 15_000
BUDGET_REQUESTS = 6


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_what_answering_needs_is_light(
    live_server: LiveServer, app: Flask, browser: Browser, hang_up: Any, encoding: str
) -> None:
    context = open_context(browser)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(hang_up(VISIT))
    page.wait_for_load_state("networkidle")
    context.close()
    # A browser fetches the icon outside of what a page may watch.
    icon = f"{live_server.url}/static/icons/samvad.svg"
    paths = [url.removeprefix(live_server.url) for url in {*asked, icon}]
    assert all(path.startswith("/") for path in paths), "something comes from elsewhere"
    assert len(paths) <= BUDGET_REQUESTS
    assert sum(weight(app, path, encoding) for path in paths) <= BUDGET_BYTES


def weight(app: Flask, path: str, encoding: str) -> int:
    """Bytes of status line, headers and compressed body."""
    host = urlsplit("http://samvad.example.gov.in").netloc
    response = app.test_client().get(path, headers={"Accept-Encoding": encoding, "Host": host})
    assert response.status_code == 200
    head = sum(len(name) + len(value) + 4 for name, value in response.headers.items())
    return (
        len(f"HTTP/1.1 {response.status}\r\n")
        + head
        + len("Date: Mon, 23 Nov 2026 00:00:00 GMT\r\n\r\n")
        + len(response.data)
    )

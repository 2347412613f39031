import json
import logging
from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from app.formats.watching.log_lines import JsonLines
from app.web.watching.counts import COUNTS
from app.web.watching.requests import Watched

TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    records = (record for record in caplog.records if record.name.startswith("app.web.watching"))
    return [json.loads(JsonLines().format(record)) for record in records]


def fail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(TOKEN)

    monkeypatch.setattr("app.web.department.reading", broken)


def test_a_request_that_fails_is_one_line_with_the_pattern_of_its_address(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fail(app, monkeypatch)
    with caplog.at_level(logging.INFO):
        page = app.test_client().get(f"/s/{TOKEN}?lang=en&x={TOKEN}", headers={"X-Request-Id": TOKEN})
    assert page.status_code == 500
    (line,) = lines(caplog)
    assert TOKEN not in json.dumps(line)
    assert (line["event"], line["route"], line["status"]) == ("request.failed", "/s/<token>", 500)
    assert len(str(line["request"])) == 16
    assert line["errors"][0]["kind"] == "RuntimeError"


def test_of_citizens_no_request_is_logged_that_went_well_and_of_the_office_each(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        for path in ("/privacy", f"/s/{TOKEN}", "/nothing", "/static/css/public.css", "/office/"):
            app.test_client().get(path)
    assert [(line["event"], line["route"]) for line in lines(caplog)] == [("office.request", "/office/")]


def test_what_falls_through_everything_is_counted_and_left_to_the_server(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_environ: object, _start: object) -> Iterable[bytes]:
        raise RuntimeError(TOKEN)

    with caplog.at_level(logging.ERROR), pytest.raises(RuntimeError):
        Client(Watched(broken, app.extensions[COUNTS])).get(f"/{TOKEN}")
    assert [(line["event"], line["route"]) for line in lines(caplog)] == [("request.failed", "none")]

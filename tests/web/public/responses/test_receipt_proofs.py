"""A proof that a number arrived, for whoever asks with the number: in the page, as a file, and nowhere else."""

import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from app.config import Settings
from app.formats.record.notes import RecordKey, signature_of
from app.formats.record.received import key_of_receipts
from app.services.record.receipts import count_receipts
from app.transaction import transaction
from app.web.limits import Limit
from app.web.public.responses import receipt_proofs
from tests.factories.record.department import RecordedDepartment, monday
from tests.fixtures.secrets import SECRETS

CAME = datetime(2026, 12, 3, tzinfo=UTC)
NUMBER, DIGITS = 12, "000000000012"
VKEY = key_of_receipts(RecordKey("localhost/r/record", SECRETS.record)).vkey
TEXT = f"samvad received 1\nlocalhost/r/record\n{DIGITS}\n2026-11-30\n"
Ask = Callable[..., TestResponse]


@pytest.fixture
def recorded(app: Flask, settings: Settings) -> None:
    """A department with a record; one number arrived."""
    RecordedDepartment(settings).keep(monday(0))
    with transaction() as session:
        count_receipts(session, [NUMBER], CAME)


@pytest.fixture
def ask(recorded: None, client: FlaskClient) -> Ask:
    """What is answered to a number, in English unless another language is said."""

    def post(number: str, language: str = "en", **more: str) -> TestResponse:
        return client.post("/r/receipts", data={"number": number, "_lang": language, **more})

    return post


@pytest.mark.parametrize(
    ("language", "says"), [("hi", "30 नवंबर 2026 से 6 दिसंबर 2026"), ("en", "30 November 2026 to 6 December 2026")]
)
def test_a_number_that_arrived_is_proved(ask: Ask, language: str, says: str) -> None:
    page = ask(" ००००-0000 0012", language)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert f'<html lang="{language}"' in page.text
    assert says in page.text
    note = unescape(page.text.partition('translate="no">')[2].partition("</pre>")[0])
    assert note.startswith(TEXT)
    assert signature_of(note, VKEY)
    file = ask("0000 0000 0012", language, file="1")
    assert file.text == note
    assert (file.content_type, file.headers["Cache-Control"]) == ("text/plain; charset=utf-8", "no-store")
    assert file.headers["Content-Disposition"] == 'attachment; filename="samvad-received.txt"'


@pytest.mark.parametrize("number", [DIGITS, "0000 0000 0013", "12 <b>"])
def test_the_other_language_keeps_what_was_asked(ask: Ask, number: str) -> None:
    """The page was posted: a link would lead to the lists, and the number into its address."""
    page = ask(number, "hi")
    button = re.search(r'<button form="again" name="_lang" value="(\w+)" lang="en">', page.text)
    form = re.search(r'<form id="again" action="/r/receipts" method="post" hidden><input([^>]*)>', page.text)
    assert button
    assert form
    assert "?lang=" not in page.text.partition('id="content"')[0]
    kept = re.search(r'name="number" value="([^"]*)"', form[1])
    assert kept
    again, expected = ask(unescape(kept[1]), button[1]), ask(number, "en")
    assert (again.status_code, again.text) == (expected.status_code, expected.text)
    assert '<html lang="en"' in again.text


def test_one_that_came_in_two_weeks_has_two(ask: Ask) -> None:
    with transaction() as session:
        count_receipts(session, [NUMBER], CAME + timedelta(weeks=2))
    notes = ask(DIGITS, file="1").text.splitlines(keepends=True)
    assert ["".join(notes[at : at + 4])[-11:] for at in (0, 6)] == ["2026-11-30\n", "2026-12-14\n"]
    assert signature_of("".join(notes[6:]), VKEY)


@pytest.mark.parametrize(("language", "says"), [("hi", "कोई अंक ग़लत है"), ("en", "A digit is wrong")])
def test_one_that_did_not_is_not(ask: Ask, language: str, says: str) -> None:
    for more in ({}, {"file": "1"}):
        page = ask("0000 0000 0013", language, **more)
        assert (page.status_code, page.headers["Cache-Control"]) == (404, "no-store")
        assert says in page.text
        assert "samvad received" not in page.text


@pytest.mark.parametrize(
    ("language", "says"), [("hi", "पुष्टि नंबर में बारह अंक होते हैं"), ("en", "A confirmation number has twelve digits")]
)
@pytest.mark.parametrize("typed", ["", "12", "1234 5678 901", "<b>twelve</b>"])
def test_what_is_no_number_is_said_beside_the_field(ask: Ask, language: str, says: str, typed: str) -> None:
    page = ask(typed, language)
    assert (page.status_code, page.headers["Cache-Control"]) == (422, "no-store")
    assert page.text.count(says) == 2
    assert 'aria-invalid="true"' in page.text
    assert "<b>" not in page.text


def test_reading_the_page_shows_the_form_and_asks_nothing(ask: Ask, client: FlaskClient) -> None:
    for address in ("/r/receipts?lang=en", f"/r/receipts?lang=en&number={DIGITS}&file=1"):
        page = client.get(address)
        assert '<form class="card" action="/r/receipts" method="post"' in page.text
        assert "samvad received" not in page.text
        assert page.text.index("First look in the list") < page.text.index("Ask for a proof")


def test_without_a_key_in_the_record_there_is_no_form(app: Flask, client: FlaskClient) -> None:
    assert "Ask for a proof" not in client.get("/r/receipts?lang=en").text
    assert client.post("/r/receipts", data={"number": DIGITS}).status_code == 404


def test_another_site_asks_in_vain(ask: Ask, client: FlaskClient) -> None:
    refused = client.post("/r/receipts", data={"number": DIGITS}, headers={"Origin": "https://elsewhere.example"})
    assert refused.status_code == 403


def test_whoever_tries_many_waits(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipt_proofs, "NUMBERS", Limit("proofs", burst=1, per_second=0.01))
    assert ask(DIGITS).status_code == 200
    slowed = ask(DIGITS)
    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) > 0


@pytest.mark.parametrize(("number", "status"), [(DIGITS, 200), ("000000000013", 404), ("00000000001", 422)])
def test_the_number_stands_in_no_address_no_log_and_no_table(
    ask: Ask, caplog: pytest.LogCaptureFixture, number: str, status: int
) -> None:
    written: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        written.append(statement.lstrip()[:6].upper())

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with caplog.at_level(logging.DEBUG):
            page = ask(number)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert page.status_code == status
    assert set(written) <= {"SELECT", "BEGIN", "PRAGMA", "COMMIT", "ROLLBA"}
    assert "SELECT" in written
    assert number not in caplog.text
    assert not page.history
    assert "Location" not in page.headers
    links = [part.partition('"')[0] for part in page.text.replace('action="', 'href="').split('href="')[1:]]
    assert not any(number in link for link in links)

"""An installation that an earlier version left behind goes on: what was printed opens, what was known still holds."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import flask_migrate
import pyotp
import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from app.config import Settings
from app.extensions import db
from app.factory import create_app
from app.models import Base, Response, Tally, Verdict
from app.services.figures.counting.rebuilding import rebuild_tallies, stale_weeks
from app.services.record.audit import Head, verify_audit
from app.transaction import reading, transaction
from tests.fixtures.earlier import DEVICES, FOLDER, KNOWN, LEFT_AT, restore

HOME = KNOWN["address"]
STATION = "थाना चंदनपुर कोतवाली"
MODELS = [mapper.class_ for mapper in Base.registry.mappers]
EVIDENCE = {"phone": "open", "tablet": "kiosk"}
ANSWERS = {
    "phone": {"purpose": "complaint", "respect": 4, "heard": 3, "satisfied": 4},
    "tablet": {"purpose": "papers", "respect": 5},
}
REPORT = f"/office/reports/{KNOWN['station_id']}"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return restore(tmp_path / "instance")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application of today on the database of then, upgraded, at the hour at which it was left."""
    app = create_app(settings)
    app.testing = True
    app.config.update(CLOCK=lambda: LEFT_AT, WTF_CSRF_ENABLED=False)
    with app.app_context():
        flask_migrate.upgrade()
        yield app
        for engine in db.engines.values():
            engine.dispose()


def path_of(address: str) -> str:
    """What a phone asks the server for, in the letters that were printed."""
    assert address.lower().startswith(HOME)
    return address.removeprefix(HOME).removeprefix(HOME.upper())


class TestDatabase:
    def test_it_is_the_very_same_as_a_new_one(self, app: Flask, settings: Settings, tmp_path: Path) -> None:
        new = create_app(replace(settings, database_url=f"sqlite:///{tmp_path / 'new.db'}"))
        with new.app_context():
            flask_migrate.upgrade()
            expected = schema()
            for engine in db.engines.values():
                engine.dispose()
        assert schema() == expected

    def test_every_row_can_be_read(self, app: Flask) -> None:
        kept = Counter(re.findall(r'^INSERT INTO "(\w+)"', (FOLDER / "database.sql").read_text("utf-8"), re.M))
        with reading() as session:
            weeks = session.scalars(select(Tally.week).distinct()).all()
            read = Counter({model.__table__.name: len(session.scalars(select(model)).all()) for model in MODELS})
        # What is counted anew after the upgrade is asked for, and nothing else has come or gone.
        asked = Counter({"stale_week": len(weeks)})
        assert read == kept - Counter(["alembic_version"]) + asked

    def test_the_counts_made_anew_are_those_that_were_there(self, app: Flask) -> None:
        columns = (Tally.place_id, Tally.survey_version_id, Tally.week, Tally.channel, Tally.verdict, Tally.counters)
        tallies = select(*columns).order_by(*columns[:-1])
        with transaction() as session:
            before = session.execute(tallies).all()
            assert rebuild_tallies(session) == len(before)
            assert stale_weeks(session) == []
            assert session.execute(tallies).all() == before

    def test_the_audit_chain_is_whole_and_fits_the_head_that_was_printed(self, app: Flask) -> None:
        sequence, mark = KNOWN["audit_head"].split(":")
        with reading() as session:
            assert verify_audit(session, Head(int(sequence), mark)).sequence >= int(sequence)


class TestPrinted:
    @pytest.mark.parametrize(("what", "place"), [("poster", STATION), ("screen_code", STATION), ("link", "नमूना राज्य")])
    def test_a_code_opens_its_page(self, client: FlaskClient, what: str, place: str) -> None:
        page = client.get(path_of(KNOWN[what]))
        assert page.status_code == 200
        assert place in page.text

    def test_a_code_that_was_taken_down_stays_so(self, client: FlaskClient) -> None:
        assert client.get(path_of(KNOWN["retired_poster"])).status_code == 410

    @pytest.mark.parametrize("number", ["poster_number", "slip_number"])
    def test_a_typed_number_leads_to_its_page(self, client: FlaskClient, number: str) -> None:
        page = client.get(f"/n/{KNOWN[number]}", follow_redirects=True)
        assert page.status_code == 200
        assert STATION in page.text

    @pytest.mark.parametrize("what", ["slip", "invitation"])
    def test_a_slip_opens_its_page(self, client: FlaskClient, what: str) -> None:
        assert client.get(path_of(KNOWN[what]).partition("#")[0]).status_code == 200
        page = open_slip(client, what)
        assert page.status_code == 200
        assert STATION in page.text

    def test_a_slip_that_was_cancelled_stays_so(self, client: FlaskClient) -> None:
        assert open_slip(client, "cancelled_slip").status_code == 410

    @pytest.mark.parametrize(
        ("what", "verdict"), [("slip", ("counted", "[]")), ("used_slip", ("set_aside", '["serial_used"]'))]
    )
    def test_a_slip_counts_once(self, client: FlaskClient, what: str, verdict: tuple[str, str]) -> None:
        before = verdicts()
        fields = dict(re.findall(r'<input type="hidden" name="(_\w+)" value="([^"]*)"', open_slip(client, what).text))
        assert client.post("/S/", data={**fields, "_do": "send", "sex": "woman"}).status_code == 303
        assert list((verdicts() - before).elements()) == [verdict]

    def test_a_tablet_gets_its_page_and_a_counter_screen_its_codes(self, client: FlaskClient) -> None:
        page = client.get(KNOWN["tablet"])
        assert page.status_code == 200
        assert STATION in page.text
        pad = client.post("/api/v1/screens/pad", json={"secret": KNOWN["screen_secret"]})
        assert pad.status_code == 200
        assert KNOWN["screen_code"].startswith(pad.get_json()["link"])
        assert pad.get_json()["place"]["hi"] == STATION


class TestOffice:
    def test_the_station_head_reads_the_same_figures(self, client: FlaskClient) -> None:
        sign_in(client, "kotwali")
        table = client.get(f"{REPORT}/report.csv?survey=station-visit", base_url=HOME)
        assert table.status_code == 200
        kept = (FOLDER / "figures.csv").read_text("utf-8")
        assert figures_in(table.text, kept.splitlines()[0].split(",")) == list(csv.DictReader(io.StringIO(kept)))
        assert KNOWN["digest"] in table.text

    def test_the_station_head_prints_the_same_figures(self, client: FlaskClient) -> None:
        sign_in(client, "kotwali")
        pdf = client.get(f"{REPORT}/report-en.pdf?survey=station-visit", base_url=HOME)
        assert pdf.status_code == 200
        pages = pypdfium2.PdfDocument(pdf.data)
        told = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
        assert KNOWN["digest"] in told
        with (FOLDER / "figures.csv").open(encoding="utf-8") as kept:
            rows = [row for row in csv.DictReader(kept) if row["question"] and row["kind"] == "about"]
        written_out = r"about (\d+) in 100, uncertain at least between (\d+) and (\d+)"
        short = r"(?<!short: )\b(\d+) \((\d+)–(\d+)\)"
        printed = {share for form in (written_out, short) for share in re.findall(form, told)}
        assert printed == {(row["in_100"], row["low"], row["high"]) for row in rows}

    def test_the_administrator_passes_with_the_authenticator_of_then(self, client: FlaskClient) -> None:
        assert sign_in(client, "admin").location == "/office/second-factor"
        code = pyotp.TOTP(KNOWN["totp"]).at(LEFT_AT)
        answer = client.post("/office/second-factor", data={"code": code}, base_url=HOME)
        assert (answer.status_code, answer.location) == (303, "/office/")

    def test_the_register_shows_the_codes_of_then(self, client: FlaskClient) -> None:
        sign_in(client, "chhapai")
        page = client.get("/office/placements", base_url=HOME)
        number = KNOWN["poster_number"]
        assert f"{number[:4]} {number[4:]}" in page.text
        for spot in ("मुख्य द्वार", "राशन दुकान", "न्यायालय परिसर"):
            assert spot in page.text


@pytest.mark.parametrize("device", ["phone", "tablet"])
def test_an_answer_that_waited_is_stored_once_and_counts(client: FlaskClient, device: str) -> None:
    (row,) = DEVICES[device]["outbox"]
    for status in ("stored", "duplicate"):
        (receipt,) = client.post("/api/v1/responses", json={"responses": [row["item"]]}).get_json()["receipts"]
        assert (receipt["id"], receipt["status"]) == (row["id"], status)
    with reading() as session:
        response = session.get_one(Response, UUID(row["id"]))
        assert (response.evidence, response.language, response.week) == (EVIDENCE[device], "hi", date(2026, 6, 8))
        assert json.loads(response.answers) == ANSWERS[device]
        verdict = session.scalars(select(Verdict).where(Verdict.response_id == response.id)).one()
        assert (verdict.verdict, verdict.reasons) == ("counted", "[]")


def open_slip(client: FlaskClient, what: str) -> TestResponse:
    """As the page's script does, which alone can read what stands behind the #."""
    path, _, token = path_of(KNOWN[what]).partition("#")
    return client.post(path, data={"_token": token})


def verdicts() -> Counter[tuple[str, str]]:
    with reading() as session:
        rows = session.execute(select(Verdict.verdict, Verdict.reasons))
        return Counter((verdict, reasons) for verdict, reasons in rows)


def schema() -> list[tuple[str, ...]]:
    """Every table, column, key, check and index of the current database, in SQLite's own words."""
    with db.engine.connect() as connection:
        rows = connection.execute(text("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema"))
        return sorted(tuple(row) for row in rows)


def sign_in(client: FlaskClient, username: str) -> TestResponse:
    answer = client.post("/office/sign-in", data={"username": username, "password": KNOWN["password"]}, base_url=HOME)
    assert answer.status_code == 303
    return answer


def figures_in(table: str, columns: list[str]) -> list[dict[str, str]]:
    """The lines of a report that hold a figure, without the words beside it."""
    lines = csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))
    return [{column: line[column] for column in columns} for line in lines if line["evidence"]]

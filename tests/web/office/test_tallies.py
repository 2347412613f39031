"""Live counts: for headquarters alone, by place and week, and the answers that were set aside."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.channel import Channel
from app.domain.role import Role
from app.services.tallies import fold_marks
from app.transaction import transaction
from tests.factories import add_place, add_responses, add_survey

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
WEEK = date(2026, 11, 9)
SignIn = Callable[..., FlaskClient]
Places = dict[str, int]


@pytest.fixture
def places(app: Flask) -> Places:
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State", code="S")
        district = add_place(session, kind="district", parent=state, name_hi="ज़िला एक", name_en="District One")
        first = add_place(session, parent=district, name_hi="थाना पहेली", name_en="Paheli", code="B-1")
        second = add_place(session, parent=district, name_hi="=थाना जुगनू", name_en="=Jugnu", code="B-2")
        version = add_survey(session, slug="visit")
        add_responses(session, first, version, WEEK, [{"overall": 4}] * 7)
        add_responses(session, first, version, WEEK - timedelta(weeks=1), [{"overall": 4}] * 3, channel=Channel.HANDLE)
        add_responses(session, first, version, WEEK, [{"overall": 1, "purpose": None}] * 2, reasons=["late"])
        add_responses(session, second, version, WEEK, [{"purpose": "passport"}] * 23, reasons=["stamp_missing"])
        session.flush()
        fold_marks(session)
        return {"state": state.id, "district": district.id, "first": first.id, "second": second.id}


def text_of(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STATE_ADMIN])
@pytest.mark.parametrize("ending", ["", "/set-aside", "/tallies.csv"])
def test_nobody_below_headquarters_sees_a_live_count(places: Places, sign_in: SignIn, role: Role, ending: str) -> None:
    client = sign_in(role, places["district"])
    assert client.get(f"/office/tallies/{places['first']}{ending}").status_code == 403
    assert client.get("/office/tallies").status_code == 403


def test_the_whole_and_each_place_below(places: Places, sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN, places["state"])
    text = text_of(client, "/office/tallies")
    assert "Counted 10" in text
    assert "Set aside 25" in text
    assert f'href="/office/tallies/{places["district"]}?span=13"' in client.get("/office/tallies").text
    below = text_of(client, f"/office/tallies/{places['district']}")
    assert "Paheli 10 2" in below
    assert "=Jugnu 0 23" in below


def test_by_week_and_channel(places: Places, sign_in: SignIn) -> None:
    text = text_of(sign_in(Role.STATE_ADMIN, places["state"]), f"/office/tallies/{places['first']}?span=4")
    assert "Poster 7 (2 set aside)" in text
    assert "Official account 3" in text
    assert "9 November 2026 to 15 November 2026 7" in text
    assert "2 November 2026 to 8 November 2026 3" in text


def test_an_empty_time_says_so(places: Places, sign_in: SignIn, app: Flask) -> None:
    app.config["CLOCK"] = lambda: NOW + timedelta(days=400)
    client = sign_in(Role.STATE_ADMIN, places["state"])
    assert "No answers in this time" in text_of(client, "/office/tallies")
    assert "Nothing was set aside here" in text_of(client, f"/office/tallies/{places['first']}/set-aside")


def test_before_anything_is_published_the_page_is_empty(app: Flask, sign_in: SignIn) -> None:
    assert "No answers in this time" in text_of(sign_in(Role.STATE_ADMIN), "/office/tallies")


def test_set_aside_answers_have_reason_week_and_place_and_nothing_finer(places: Places, sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN, places["state"])
    html = client.get(f"/office/tallies/{places['first']}/set-aside").text
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    assert "it came more than 30 days late" in text
    assert "9 November 2026 to 15 November 2026" in text
    assert "Very bad" in text
    assert "rather not say" in text
    assert not re.search(r"\d{1,2}:\d{2}", text)
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", html)


def test_set_aside_answers_come_in_pages(places: Places, sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN, places["state"])
    address = f"/office/tallies/{places['second']}/set-aside"
    assert "Page 1 of 2" in text_of(client, address)
    assert client.get(address).text.count("<article") == 20
    assert client.get(f"{address}?page=2").text.count("<article") == 3
    assert client.get(f"{address}?page=99").status_code == 200
    assert client.get(f"{address}?page=-1&span=x").status_code == 200


def test_the_table_has_every_cell_and_runs_no_formula(places: Places, sign_in: SignIn) -> None:
    response = sign_in(Role.STATE_ADMIN, places["state"]).get(f"/office/tallies/{places['state']}/tallies.csv")
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert {"place_code", "week", "channel", "counted", "set_aside"} <= rows[0].keys()
    assert sum(int(row["counted"]) for row in rows if row["place_code"] == "B-1") == 10
    (second,) = (row for row in rows if row["place_code"] == "B-2")
    assert second["place_en"] == "'=Jugnu"
    assert (second["week"], second["channel"], second["set_aside"]) == ("2026-W46", "poster", "23")


def test_a_foreign_place_stays_closed(places: Places, sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN, places["district"])
    assert client.get(f"/office/tallies/{places['state']}").status_code == 403
    assert "Sample State" not in text_of(client, f"/office/tallies/{places['first']}")

"""Alike answers in the office: seen, proposed about and confirmed by two accounts, and by nobody else."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.domain.weeks import IST
from app.jobs.folding import fold_all
from app.jobs.publishing import publish_all
from app.jobs.screening import screen
from app.models import Verdict
from app.transaction import reading, transaction
from tests.factories import add_place, add_survey
from tests.factories.figures.tree import WEEK, settled
from tests.factories.responses.alike import ASKED, COPY, add_arrived
from tests.fixtures.accounts import SignIn

CAME = datetime(2026, 6, 2, 9, tzinfo=IST)
NOW = settled(0) + timedelta(hours=6)
ADDRESS = "/office/copies"
REASON = "Everybody in the camp filled it in together."


@pytest.fixture
def station(app: Flask) -> int:
    """A station at which forty copies of one form were set aside."""
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State")
        place = add_place(session, parent=state, name_hi="थाना एक", name_en="Station One")
        add_arrived(session, place, add_survey(session, ASKED), WEEK, [COPY] * 40, CAME)
        station = place.id
    screen(CAME + timedelta(hours=37))
    fold_all()
    publish_all(NOW)
    fold_all()
    return station


def read(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return text_of(answer.text)


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.split("<main")[1])).split())


def link(client: FlaskClient) -> str:
    return re.findall(rf'href="({ADDRESS}/[^"]+)"', client.get(ADDRESS).text)[0]


def newest() -> set[str]:
    with reading() as session:
        events = session.execute(select(Verdict.sequence, Verdict.verdict)).all()
        last = max(row.sequence for row in events)
        return {row.verdict for row in events if row.sequence == last}


def test_one_proposes_and_another_confirms(station: int, sign_in: SignIn) -> None:
    one, other = sign_in(Role.STATE_ADMIN), sign_in(Role.STATE_ADMIN)
    listed = read(one, ADDRESS)
    assert "Station One" in listed
    assert "12 July 2026" in listed
    page = read(one, link(one))
    assert re.search(r"Set aside as alike: (3[6-9]|40)\.", page)
    assert re.search(r"The very same: (3[6-9]|40)", page)
    assert "How was respect? 5" in page or "How was respect? Very good" in page
    sent = one.post(link(one), data={"decision": "count", "reason": REASON})
    assert (sent.status_code, sent.location) == (303, ADDRESS)
    assert "Waits for another account to confirm" in read(one, ADDRESS)
    assert "Please confirm or take back" in read(other, ADDRESS)
    assert REASON in read(other, link(other))
    own = one.post(f"{link(one)}/confirm", follow_redirects=True)
    assert "Somebody else has to confirm what you proposed." in text_of(own.text)
    done = other.post(f"{link(other)}/confirm", follow_redirects=True)
    assert "Decided. Counts follow within a minute." in text_of(done.text)
    assert "Nothing waits for a decision" in read(one, ADDRESS)
    assert newest() == {"counted"}


def test_a_proposal_needs_both_fields_and_can_be_taken_back(station: int, sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN)
    empty = client.post(link(client), data={})
    assert empty.status_code == 422
    assert "Please choose one of the two." in text_of(empty.text)
    short = client.post(link(client), data={"decision": "keep", "reason": "because"})
    assert "Please give a reason of 10 to 500 letters." in text_of(short.text)
    client.post(link(client), data={"decision": "keep", "reason": REASON})
    back = client.post(f"{link(client)}/withdraw", follow_redirects=True)
    assert "The proposal is taken back." in text_of(back.text)
    assert newest() == {"set_aside"}


def test_nobody_else_sees_them(station: int, sign_in: SignIn) -> None:
    address = link(sign_in(Role.STATE_ADMIN))
    for role in (Role.DISTRICT_HEAD, Role.STATION_HEAD, Role.AUDITOR):
        client = sign_in(role, station)
        assert client.get(ADDRESS).status_code == 403
        assert client.get(address).status_code == 403
        assert client.post(f"{address}/confirm").status_code == 403


@pytest.mark.parametrize("end", ["1/1/open/2026-13-01", "1/1/nobody/2026-06-15", "1/1/open/2026-06-15"])
def test_an_address_that_names_nothing_leads_nowhere(app: Flask, sign_in: SignIn, end: str) -> None:
    client = sign_in(Role.STATE_ADMIN)
    assert client.get(f"{ADDRESS}/{end}").status_code == 404


def test_in_hindi_without_any(app: Flask, sign_in: SignIn) -> None:
    assert "कोई फ़ैसला बाक़ी नहीं है" in read(sign_in(Role.STATE_ADMIN, language="hi"), ADDRESS)

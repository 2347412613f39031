"""Counter screens in the office: added where codes are issued, set up by a code, ended alone."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.models import Department, Parentage, Placement, Screen
from app.services.codes.counter_screens import enrol_screen
from app.transaction import reading, transaction
from app.web.context import now
from tests.factories import VISIT, add_place, add_survey

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def station(app: Flask) -> int:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        add_survey(session, VISIT)
        district = add_place(session, kind="district", name_en="Namunagarh")
        return add_place(session, parent=district, name_en="Chandanpur").id


def district_of(station: int) -> int:
    with reading() as session:
        return session.scalars(select(Parentage.parent_id).where(Parentage.place_id == station)).one()


@pytest.fixture
def officer(station: int, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.PRINTING_OFFICER, district_of(station), language="en")


def add(officer: FlaskClient, station: int) -> int:
    page = officer.get(f"/office/screens/new/{station}")
    survey = re.search(r'<option[^>]*value="(\d+)"', page.text)
    assert survey
    made = officer.post(f"/office/screens/new/{station}", data={"hung_at": " help  desk ", "survey": survey[1]})
    assert made.status_code == 302
    with reading() as session:
        return session.scalars(select(Screen.placement_id)).one()


def test_from_nothing_to_a_screen_in_use_to_an_ended_one(officer: FlaskClient, station: int) -> None:
    assert "No counter screens yet" in officer.get("/office/screens").text
    assert "Counter screens" in officer.get("/office/placements").text
    screen = add(officer, station)
    one = f"/office/screens/{screen}"
    assert "Waiting to be set up" in officer.get(one).text
    assert one in officer.get(f"/office/placements/{screen}").text
    given = officer.post(f"{one}/code")
    assert "/c</b>" in given.text
    code = re.search(r'<p class="big code">([A-Z0-9 ]{11})</p>', given.text)
    assert code
    with transaction() as session:
        enrol_screen(session, code[1], b"s" * 32, now=now())
        session.get_one(Screen, screen).fetched_on = now().date()
    listed = officer.get("/office/screens").text
    assert "Chandanpur" in listed
    assert "help desk" in listed
    assert "In use" in listed
    assert "End this screen?" in officer.get(f"{one}/end").text
    assert officer.post(f"{one}/end", follow_redirects=True).status_code == 200
    with reading() as session:
        assert session.get_one(Placement, screen).retired_at is not None
    ended = officer.get(one).text
    assert "Ended" in ended
    assert "Show a code" not in ended
    assert "not in use any more" in officer.post(f"{one}/code", follow_redirects=True).text


def test_a_spot_is_asked_for_beside_its_field(officer: FlaskClient, station: int) -> None:
    refused = officer.post(f"/office/screens/new/{station}", data={"hung_at": "", "survey": "1"})
    assert refused.status_code == 422
    assert "Please say where it stands" in refused.text


def test_a_poster_is_no_screen(officer: FlaskClient) -> None:
    assert officer.get("/office/screens/4711").status_code == 404


@pytest.mark.parametrize("role", [Role.STATION_HEAD, Role.DISTRICT_HEAD, Role.OUTREACH, Role.AUDITOR])
def test_whom_the_answers_are_about_sets_up_no_screen(sign_in: SignIn, station: int, role: Role) -> None:
    client = sign_in(role, station)
    assert client.get("/office/screens").status_code == 403
    assert client.get(f"/office/screens/new/{station}").status_code == 403


def test_a_station_sees_its_screens_and_neither_sets_up_nor_ends_them(
    officer: FlaskClient, station: int, sign_in: SignIn
) -> None:
    screen = add(officer, station)
    client = sign_in(Role.PRINTING_OFFICER, station, language="en")
    one = f"/office/screens/{screen}"
    assert one in client.get("/office/screens").text
    assert "New counter screen" not in client.get("/office/screens").text
    assert "Show a code" not in client.get(one).text
    assert "A single station does not" in client.get(f"/office/placements/{screen}").text
    for path in ("/office/screens/new", f"/office/screens/new/{station}", f"{one}/end"):
        assert client.get(path).status_code == 403
    ending = [f"/office/placements/{screen}/{what}" for what in ("retire", "compromised", "replace")]
    for path in (f"/office/screens/new/{station}", f"{one}/code", f"{one}/end", *ending):
        refused = client.post(path, data={"hung_at": "x", "survey": "1"})
        assert refused.status_code == 403
        assert "screen.station" in refused.text
    with reading() as session:
        assert session.get_one(Placement, screen).retired_at is None
        assert session.scalars(select(Screen.code_digest)).all() == [None]

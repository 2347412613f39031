"""Headquarters' page of accounts."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.models import Account
from app.transaction import reading, transaction
from tests.factories.places.places import add_place
from tests.fixtures.accounts import PASSWORD, SignIn, add_account


@pytest.fixture
def station(app: Flask) -> int:
    with transaction() as session:
        state = add_place(session, kind="state", name_hi="नमूना प्रदेश", name_en="Sample Pradesh", code="SP")
        district = add_place(session, parent=state, kind="district", name_hi="नीलपुर", name_en="Nilpur", code="NIL")
        add_place(session, parent=district, name_hi="कोतवाली", name_en="Kotwali", code="K1")
        return add_place(session, parent=district, name_hi="सदर", name_en="Sadar", code="K2").id


def create(client: FlaskClient, **fields: str):  # type: ignore[no-untyped-def]
    given = {"username": "sho.sadar", "name": "थाना प्रभारी", "role": "station_head", "place": "Sadar", "language": "hi"}
    return client.post("/office/accounts/new", data={**given, **fields})


def test_a_new_account_signs_in_with_the_password_that_is_shown_once(
    sign_in: SignIn, station: int, client: FlaskClient
) -> None:
    chief = sign_in(Role.STATE_ADMIN)
    page = create(chief).text
    password = re.search(r"[a-z2-9]{5}(-[a-z2-9]{5}){3}", page)
    assert password is not None
    answer = client.post("/office/sign-in", data={"username": "sho.sadar", "password": password[0]})
    assert answer.status_code == 303
    assert client.get("/office/").location == "/office/account/password"
    with reading() as session:
        account = session.scalars(select(Account).where(Account.username == "sho.sadar")).one()
    assert (account.place_id, account.role, account.language) == (station, "station_head", "hi")
    assert password[0] not in chief.get(f"/office/accounts/{account.id}").text


@pytest.mark.usefixtures("station")
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"username": "थाना"}, "username"),
        ({"username": "taken"}, "username"),
        ({"name": " "}, "name"),
        ({"role": "emperor"}, "role"),
        ({"place": "Nowhere"}, "place"),
        ({"place": "Nilpur"}, "place"),
        ({"role": "state_admin"}, "place"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(sign_in: SignIn, fields: dict[str, str], field: str) -> None:
    add_account(Role.AUDITOR, username="taken")
    answer = create(sign_in(Role.STATE_ADMIN), **fields)
    assert answer.status_code in (409, 422)
    assert f'id="{field}-error"' in answer.text
    assert "थाना प्रभारी" in answer.text or "name" in fields


@pytest.mark.usefixtures("station")
def test_where_several_places_fit_their_codes_are_named(sign_in: SignIn) -> None:
    with transaction() as session:
        add_place(session, name_hi="सदर", name_en="Sadar", code="ELSEWHERE")
        state = session.scalars(select(Account.place_id)).first()
        del state
    client = sign_in(Role.STATE_ADMIN)
    answer = create(client, place="K")
    assert answer.status_code == 422
    assert "K1" in answer.text
    assert "K2" in answer.text
    assert create(client, place="k2").status_code == 200


def test_disabling_enabling_and_a_new_password(sign_in: SignIn, station: int, client: FlaskClient) -> None:
    account_id = add_account(Role.STATION_HEAD, station, username="sho")
    chief = sign_in(Role.STATE_ADMIN)
    at = f"/office/accounts/{account_id}"

    def can_sign_in(password: str) -> bool:
        return client.post("/office/sign-in", data={"username": "sho", "password": password}).status_code == 303

    assert can_sign_in(PASSWORD)
    assert chief.post(f"{at}/disable").status_code == 303
    assert not can_sign_in(PASSWORD)
    assert chief.post(f"{at}/enable").status_code == 303
    assert can_sign_in(PASSWORD)
    password = re.search(r"[a-z2-9]{5}(-[a-z2-9]{5}){3}", chief.post(f"{at}/password").text)
    assert password is not None
    assert not can_sign_in(PASSWORD)
    assert can_sign_in(password[0])


def test_role_and_place_are_changed_and_the_account_signs_in_again(sign_in: SignIn, station: int) -> None:
    head = sign_in(Role.STATION_HEAD, station, username="sho", name="थाना प्रभारी")
    chief = sign_in(Role.STATE_ADMIN, username="chief")
    with reading() as session:
        ids = dict(session.execute(select(Account.username, Account.id)).all())
    at = f"/office/accounts/{ids['sho']}/role"
    shown = chief.get(at).text
    assert 'value="K2"' in shown
    assert re.search(r'value="station_head"[^>]*checked|checked[^>]*value="station_head"', shown)
    for fields, wrong in (
        ({"role": "state_admin", "place": "NIL"}, "place"),
        ({"role": "emperor"}, "role"),
        ({"place": "Nowhere"}, "place"),
        ({"name": " "}, "name"),
    ):
        answer = chief.post(at, data={"name": "x", "role": "district_head", "place": "NIL", **fields})
        assert answer.status_code == 422
        assert f'id="{wrong}-error"' in answer.text
    assert head.get("/office/").status_code == 200
    answer = chief.post(at, data={"name": "अधीक्षक", "role": "district_head", "place": "NIL"}, follow_redirects=True)
    assert "has been changed" in answer.text
    assert head.get("/office/").status_code == 302
    with reading() as session:
        changed = session.get_one(Account, ids["sho"])
        assert (changed.role, changed.name) == ("district_head", "अधीक्षक")
    own = chief.post(f"/office/accounts/{ids['chief']}/role", data={"name": "x", "role": "auditor", "place": "NIL"})
    assert own.status_code == 409
    assert "Change role" not in chief.get(f"/office/accounts/{ids['chief']}").text


def test_the_last_administrator_is_told_so(sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN, username="chief")
    with reading() as session:
        own = session.scalars(select(Account.id).where(Account.username == "chief")).one()
    answer = client.post(f"/office/accounts/{own}/disable", follow_redirects=True)
    assert "cannot do this to your own account" in answer.text


def test_hostile_names_are_shown_as_text(sign_in: SignIn, station: int) -> None:
    add_account(Role.STATION_HEAD, station, username="x", name="<script>alert(1)</script>{{ 7*7 }}")
    page = sign_in(Role.STATE_ADMIN).get("/office/accounts?q=<script>").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "{{ 7*7 }}" in page

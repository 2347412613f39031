"""Quiet periods in the office: two people of headquarters decide, auditors read, and pages say what is refused."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.domain.installation.quiet_period import BY_DEFAULT, QuietBlock
from app.domain.weeks import IST
from app.models import Department
from app.services.installation.quiet_periods import decided_periods
from app.transaction import reading, transaction
from tests.factories import add_place
from tests.fixtures.accounts import SignIn

NOW = datetime(2026, 12, 1, 6, tzinfo=UTC)
FORM = {"order": "437/6", "from_at": "2026-12-01 08:00", "until_at": "2026-12-09 18:00", "blocks": ["stories", "kits"]}


class House:
    def __init__(self) -> None:
        with transaction() as session:
            session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
            state = add_place(session, kind="state", name_hi="राज्य", name_en="State")
            district = add_place(session, kind="district", parent=state, name_hi="ज़िला", name_en="District", code="D1")
            other = add_place(session, kind="district", parent=state, name_hi="ज़िला दो", name_en="Second", code="D2")
            station = add_place(session, parent=district, name_hi="थाना", name_en="Station", code="S1")
            self.state, self.district, self.other, self.station = state.id, district.id, other.id, station.id


@pytest.fixture
def house(app: Flask) -> House:
    app.config["CLOCK"] = lambda: NOW
    return House()


@pytest.fixture
def first(house: House, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.STATE_ADMIN, house.state, language="en")


@pytest.fixture
def second(house: House, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.STATE_ADMIN, house.state, language="en")


def page(client: FlaskClient, address: str = "/office/quiet") -> str:
    return client.get(address).text


def act(client: FlaskClient, step: str, quiet_id: int = 1) -> str:
    answer = client.post(f"/office/quiet/{quiet_id}/{step}", follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def enter(client: FlaskClient, **changed: object) -> str:
    answer = client.post("/office/quiet/new", data=FORM | changed, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def test_one_enters_another_confirms_and_two_end_it(
    app: Flask, house: House, first: FlaskClient, second: FlaskClient
) -> None:
    assert "Nothing is kept quiet" in page(first)
    form = page(first, "/office/quiet/new")
    ticked = {name for name in QuietBlock if re.search(rf'<input checked[^>]*value="{name}"', form)}
    assert ticked == BY_DEFAULT
    text = enter(first, places=[house.district], codes="S1\n")
    assert "Waits for a second person" in text
    assert "Somebody else has to confirm what you entered." in text
    assert "Somebody else has to confirm" in act(first, "confirm")
    assert "Holds now" in act(second, "confirm")
    with reading() as session:
        (period,) = decided_periods(session)
    assert period.place_ids == {house.district, house.station}
    assert period.blocks == {QuietBlock.STORIES, QuietBlock.KITS}
    assert (period.starts_at, period.ends_at) == (NOW, datetime(2026, 12, 9, 18, tzinfo=IST))
    assert "End it now" not in act(first, "end")
    assert "End it now" in page(second)
    assert "It lasts until its day after all" in act(second, "end/withdraw")
    act(second, "end")
    assert "Ended." in act(first, "end/confirm")
    assert "Nothing is kept quiet" in page(first)
    assert "ended by" in page(first)


def test_a_refused_form_comes_back_filled_in(house: House, first: FlaskClient) -> None:
    wrong = {"order": "", "until_at": "soon", "codes": "S9"}
    answer = first.post("/office/quiet/new", data=FORM | wrong)
    assert answer.status_code == 422
    assert "Please write the number of the order." in answer.text
    answer = first.post("/office/quiet/new", data=FORM | {"codes": "S9", "until_at": "soon"})
    assert answer.status_code == 422
    assert "There is no such place." in answer.text
    assert 'value="soon"' in answer.text
    answer = first.post("/office/quiet/new", data=FORM | {"until_at": "soon"})
    assert "Write a day as 2026-12-09" in answer.text
    assert "Choose at least one place." in answer.text
    assert "S9" not in answer.text
    assert "Nothing is kept quiet" in page(first)


def test_what_nobody_confirmed_can_be_taken_back(house: House, first: FlaskClient, second: FlaskClient) -> None:
    enter(first, places=[house.state])
    assert "Taken back" in act(second, "withdraw")
    assert "somebody was faster" in act(second, "confirm")


def test_who_may_read_and_who_may_decide(house: House, first: FlaskClient, sign_in: SignIn) -> None:
    enter(first, places=[house.district])
    auditor = sign_in(Role.AUDITOR, house.state, language="en")
    assert "437/6" in page(auditor)
    assert "/office/quiet/new" not in page(auditor)
    assert auditor.post("/office/quiet/1/confirm").status_code == 403
    below = sign_in(Role.STATE_ADMIN, house.state, language="en")
    assert below.get("/office/quiet/new").status_code == 200
    for role in (Role.DISTRICT_HEAD, Role.STATION_HEAD, Role.OUTREACH, Role.PRINTING_OFFICER):
        place = house.station if role is Role.STATION_HEAD else house.district
        assert sign_in(role, place).get("/office/quiet").status_code == 403


def test_pages_that_it_concerns_say_so(
    app: Flask, house: House, first: FlaskClient, second: FlaskClient, sign_in: SignIn
) -> None:
    enter(first, places=[house.district], blocks=["commitments", "editions"])
    head = sign_in(Role.STATION_HEAD, house.station, language="en")
    far = sign_in(Role.DISTRICT_HEAD, house.other, language="en")
    assert "has a quiet period" not in page(head, "/office/promises")
    act(second, "confirm")
    shown = page(head, "/office/promises")
    assert "Order 437/6 has a quiet period until 9 December 2026, 18:00. Kept back meanwhile: New promises." in shown
    assert "Results on Mondays" in page(head, f"/office/reports/{house.station}")
    assert "has a quiet period" not in page(first, "/office/posts")
    assert "has a quiet period" not in page(far, "/office/promises")
    assert "has a quiet period" in page(first, "/office/promises")
    app.config["CLOCK"] = lambda: NOW + timedelta(days=9)
    assert "has a quiet period" not in page(head, "/office/promises")

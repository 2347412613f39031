"""Rules for alike answers in the office: tried, proposed, confirmed by another, and read by who audits."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.domain.responses.screening.dated_policies import NUMBERS
from app.domain.responses.screening.likeness import Fact, Rule
from app.domain.weeks import IST
from app.jobs.folding import fold_all
from app.services.responses.policies.dated import read_policies
from app.services.responses.screening.findings import keep_facts
from app.transaction import reading, transaction
from tests.factories import add_place, add_responses, add_survey
from tests.factories.figures.tree import WEEK
from tests.factories.responses.alike import ASKED, COPY
from tests.fixtures.accounts import SignIn

ADDRESS = "/office/screening"
NOW = datetime(2026, 6, 24, 12, tzinfo=IST)
TRIED = f"{ADDRESS}/try?fewest_alike=20&fewest_written_alike=3&least_tail=6"
REASON = "Clerks of the service centre fill in most of it."
PROPOSAL = {"since": "2026-07-06", "reason": REASON}


@pytest.fixture
def district(app: Flask) -> int:
    """A district in which twelve and thirty answers were found alike."""
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State")
        district = add_place(session, parent=state, kind="district", name_hi="ज़िला एक", name_en="District One")
        version = add_survey(session, ASKED)
        for number in (12, 30):
            place = add_place(session, parent=district)
            ids = add_responses(session, place, version, WEEK, [COPY] * number)
            keep_facts(session, {id_: [Fact(Rule.SHORT, number, 0, 20)] for id_ in ids}, WEEK)
        found = district.id
    fold_all()
    return found


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.split("<main")[1])).split())


def read(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return text_of(answer.text)


def numbers_of(page: str) -> list[int]:
    """Set aside before and by the tried values, what stays, and what would count after all."""
    facts = ("Set aside by the values before", "Set aside by these values", "Stay set aside", "Would count after all")
    return [int(re.findall(rf"{fact} (\d+)", page)[0]) for fact in facts]


def propose(client: FlaskClient) -> str:
    sent = client.post(TRIED, data=PROPOSAL)
    assert sent.status_code == 303
    return str(sent.location)


def test_one_sees_what_it_would_have_done_and_proposes_and_another_confirms(district: int, sign_in: SignIn) -> None:
    one, other = sign_in(Role.STATE_ADMIN), sign_in(Role.STATE_ADMIN)
    assert "In force: the measured values" in read(one, ADDRESS)
    assert "What it would have done" not in read(one, f"{ADDRESS}/try")
    tried = read(one, TRIED)
    before, after, both, back = numbers_of(tried)
    assert 35 < before <= 42
    assert 25 < after == both <= 30
    assert back == before - after
    assert f"District One {before} {after}" in tried
    page = propose(one)
    assert "Somebody else has to confirm what you proposed." in read(one, page)
    seen = read(other, page)
    assert numbers_of(seen) == [before, after, both, back]
    assert REASON in seen
    assert "Other values are proposed." in read(other, ADDRESS)
    own = one.post(f"{page}/confirm", follow_redirects=True)
    assert "Somebody else has to confirm what you proposed." in text_of(own.text)
    done = other.post(f"{page}/confirm", follow_redirects=True)
    told = text_of(done.text)
    assert "Confirmed. It holds from that Monday on." in told
    assert "From 6 July 2026 on Alike answers at least 20" in told
    assert f"{NUMBERS[0]} 6 July 2026 20 3 1,000,000 {REASON}" in told
    assert read(other, page, 404)
    with reading() as session:
        assert read_policies(session).newest.number == NUMBERS[0]


def test_from_its_monday_on_it_is_in_force(app: Flask, district: int, sign_in: SignIn) -> None:
    page = propose(sign_in(Role.STATE_ADMIN))
    sign_in(Role.STATE_ADMIN).post(f"{page}/confirm")
    app.config["CLOCK"] = lambda: NOW + timedelta(weeks=2)
    assert "In force since 6 July 2026 Alike answers at least 20" in read(sign_in(Role.STATE_ADMIN), ADDRESS)


def test_values_out_of_bounds_are_named_beside_their_fields(district: int, sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN)
    page = read(client, f"{ADDRESS}/try?fewest_alike=4&fewest_written_alike=3&least_tail=many", 422)
    assert "How many alike answers at least: Please write a whole number from 5 to 50." in page
    assert "How rare: a 1 with how many zeros: Please write a whole number from 6 to 12." in page
    assert "What it would have done" not in page
    assert client.post(f"{ADDRESS}/try?fewest_alike=4", data=PROPOSAL).status_code == 422


def test_a_proposal_needs_a_monday_and_a_reason_and_can_be_taken_back(district: int, sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN)
    for data in ({}, {"since": "2026-06-29", "reason": "because"}):
        answer = client.post(TRIED, data=data)
        assert answer.status_code == 422
        page = text_of(answer.text)
        assert "Why?: Please give a reason" in page
        assert "From which Monday on?:" in page
        assert numbers_of(page)
    same = client.post(f"{ADDRESS}/try?fewest_alike=5", data=PROPOSAL)
    assert "These are the values that hold by then already." in text_of(same.text)
    page = propose(client)
    second = client.post(TRIED, data=PROPOSAL)
    assert "Somebody has proposed other values. Look at that first." in text_of(second.text)
    back = client.post(f"{page}/withdraw", follow_redirects=True)
    assert "The proposal is taken back." in text_of(back.text)
    assert "Nothing else was ever chosen" in read(client, ADDRESS)


def test_an_auditor_looks_and_decides_nothing(district: int, sign_in: SignIn) -> None:
    page = propose(sign_in(Role.STATE_ADMIN))
    auditor = sign_in(Role.AUDITOR)
    assert "Try other values" not in read(auditor, ADDRESS)
    seen = read(auditor, page)
    assert numbers_of(seen)
    assert "Confirm" not in seen
    assert auditor.get(TRIED).status_code == auditor.post(f"{page}/confirm").status_code == 403
    assert auditor.post(f"{page}/withdraw").status_code == 403


def test_whoever_belongs_to_a_part_sees_that_part_and_decides_nothing(district: int, sign_in: SignIn) -> None:
    page = propose(sign_in(Role.STATE_ADMIN))
    with transaction() as session:
        elsewhere = add_place(session, kind="district").id
    assert "Nothing was alike" in read(sign_in(Role.AUDITOR, elsewhere), page)
    part = sign_in(Role.STATE_ADMIN, district)
    assert "Take the proposal back" not in read(part, page)
    assert part.get(TRIED).status_code == 403
    part.post(f"{page}/withdraw")
    assert read(part, page)


def test_nobody_else_sees_them(app: Flask, sign_in: SignIn) -> None:
    for role in (Role.DISTRICT_HEAD, Role.STATION_HEAD, Role.PRINTING_OFFICER):
        client = sign_in(role)
        assert client.get(ADDRESS).status_code == client.get(TRIED).status_code == 403


def test_in_hindi_without_any(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN, language="hi")
    assert "अब तक और कुछ नहीं चुना गया" in read(client, ADDRESS)
    assert "कुछ भी एक जैसा नहीं मिला" in read(client, TRIED)

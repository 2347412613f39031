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
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.models import Device, Place, Response, SurveyVersion, Verdict
from app.services.figures.tallies import fold_marks
from app.transaction import transaction
from tests.factories import add_device, add_place, add_placement, add_responses, add_survey

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
@pytest.mark.parametrize("ending", ["", "/set-aside", "/silent", "/tallies.csv"])
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
    assert "The top line is 9 answers in a week" in text
    assert "Week Counted Poster Official account Set aside 23 November 2026" in text
    assert "23 November 2026 to 29 November 2026 not over 0 0 0 0" in text
    assert "9 November 2026 to 15 November 2026 7 7 0 2" in text
    assert "2 November 2026 to 8 November 2026 3 0 3 0" in text


def test_what_needs_a_look_leads_to_its_list(places: Places, sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN, places["state"])
    assert "No place is silent" in text_of(client, f"/office/tallies/{places['state']}/silent")
    with transaction() as session:
        version = session.scalars(select(SurveyVersion)).one()
        quiet = add_place(session, parent=session.get_one(Place, places["district"]), name_en="Quiet")
        for place in (quiet, session.get_one(Place, places["first"])):
            add_placement(session, place, version)
        tablet = add_device(session, add_placement(session, quiet, version, channel=Channel.KIOSK))
        session.get_one(Device, tablet.id).last_sequence = 3
    text = text_of(client, "/office/tallies")
    assert "no answer for 4 weeks or more 1 " in text
    assert "neither on the server nor on the device 1 " in text
    assert "far fewer were used, 2026-Q4 0 " in text
    assert "Quiet never 2" in text_of(client, f"/office/tallies/{places['state']}/silent?page=7")
    below = text_of(client, f"/office/tallies/{places['first']}")
    assert "no answer for 4 weeks or more 0 " in below
    assert "neither on the server" not in below


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
    assert "it came more than 30 days late, or 90 from" in text
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


class TestExactFigures:
    def test_every_count_and_share_with_classes_side_by_side(self, places: Places, sign_in: SignIn) -> None:
        with transaction() as session:
            version = session.scalars(select(SurveyVersion)).one()
            first = session.get_one(Place, places["first"])
            add_responses(session, first, version, WEEK, [{"overall": 1}] * 2, channel=Channel.COUNTER)
            session.flush()
            fold_marks(session)
        client = sign_in(Role.STATE_ADMIN, places["state"])
        assert 'href="/office/figures"' in client.get("/office/").text
        text = text_of(client, "/office/figures")
        assert "People who were at the counter 2 answers counted" in text
        assert "People who answered by themselves 10 answers counted" in text
        overall = text.split("How was overall?")[1].split("How was")[0]
        assert "asked 10, answered 10, rather not say 0, left out 0" in overall
        assert "10 · 100.0 in 100" in overall
        assert "asked 2, answered 2" in overall
        one_week = text_of(client, f"/office/figures/{places['first']}?week=2026-W45")
        assert "3 answers counted" in one_week
        assert "2 November 2026 to 8 November 2026" in one_week

    def test_the_table_holds_weeks_and_places_apart(self, places: Places, sign_in: SignIn) -> None:
        client = sign_in(Role.STATE_ADMIN, places["state"])
        content = client.get(f"/office/figures/{places['district']}/figures.csv?span=4").get_data().decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(content)))
        good = [line for line in lines if (line["question"], line["answer"]) == ("overall", "4")]
        found = {(line["place"], line["first_week"], line["last_week"]): line["number"] for line in good}
        assert found[("District One", "2026-W45", "2026-W48")] == "10"
        assert found[("District One", "2026-W46", "2026-W46")] == "7"
        assert found[("Paheli", "2026-W45", "2026-W48")] == "10"
        assert {line["evidence"] for line in lines} == {"open"}
        assert good[0]["in_100_of_answered"] == "100.0"

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.STATE_ADMIN])
    @pytest.mark.parametrize("ending", ["", "/figures.csv"])
    def test_they_are_for_headquarters_alone(self, places: Places, sign_in: SignIn, role: Role, ending: str) -> None:
        client = sign_in(role, places["district"])
        assert client.get(f"/office/figures/{places['first']}{ending}").status_code == 403

    def test_nothing_yet_says_so(self, app: Flask, sign_in: SignIn) -> None:
        client = sign_in(Role.STATE_ADMIN)
        assert "No answers in this time" in text_of(client, "/office/figures?week=nonsense")
        place = next(iter(re.findall(r"/office/figures/(\d+)", client.get("/office/figures").text)), "1")
        assert client.get(f"/office/figures/{place}/figures.csv").status_code == 200


@pytest.mark.parametrize("depth", [20, 970, 3_000])
def test_what_stands_nested_without_end_is_shown_beside_the_others(places: Places, sign_in: SignIn, depth: int) -> None:
    """Such answers were taken in once, and one of them kept headquarters from all."""
    with transaction() as session:
        response = session.scalars(select(Response).where(Response.place_id == places["first"]).limit(1)).one()
        response.broken = '{"overall":' + "[" * depth + "]" * depth + "}"
        session.add(
            Verdict(
                response_id=response.id,
                sequence=2,
                verdict="set_aside",
                reasons='["rules_broken"]',
                policy_version=5,
                week=response.week,
            )
        )
    shown = text_of(sign_in(Role.STATE_ADMIN, places["state"]), f"/office/tallies/{places['first']}/set-aside")
    assert '[[[[[[["…"]]]]]]]' in shown

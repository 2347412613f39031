"""Rounds in the office: planned by one, approved by another, and no number of it on the page."""

from datetime import timedelta

from flask import Flask

from app.domain.accounts.role import Role
from app.services.surveys.round_queries import list_rounds
from app.transaction import reading, transaction
from tests.factories import add_place, add_survey
from tests.factories.surveys.rounds import (
    CLOSED_AT,
    OPEN_AT,
    PLANNED_AT,
    POLL,
    RESULTS_AT,
    add_ballot,
    answer,
    set_clock,
)
from tests.fixtures.accounts import SignIn

DAYS = {"first": "2026-06-09", "last": "2026-06-21", "results": "2026-06-29"}


def test_one_plans_another_approves_and_the_planner_cannot(app: Flask, sign_in: SignIn) -> None:
    with transaction() as session:
        place = add_place(session, kind="state").id
        survey = add_survey(session, POLL, slug="poll").survey_id
    set_clock(app, PLANNED_AT)
    outreach, first, second = (sign_in(role, place) for role in (Role.OUTREACH, Role.STATE_ADMIN, Role.STATE_ADMIN))
    assert "None yet" in outreach.get("/office/rounds").text
    chosen = {"survey": survey, "place": place}
    planned = first.post("/office/rounds/new", data={**chosen, **DAYS})
    assert planned.status_code == 303
    assert "Approve and announce" not in first.get(planned.location).text
    assert "Approve and announce" in second.get(planned.location).text
    assert "Approve and announce" not in outreach.get(planned.location).text
    assert outreach.post(f"{planned.location}/announce").status_code == 403
    refused = first.post(f"{planned.location}/announce", follow_redirects=True).text
    assert "Whoever planned this cannot approve it" in refused
    assert "Announced. From now on" in second.post(f"{planned.location}/announce", follow_redirects=True).text
    assert "/r/rounds/1" in outreach.get("/office/rounds").text


def test_a_refused_form_comes_back_filled_in_beside_the_day_that_is_wrong(app: Flask, sign_in: SignIn) -> None:
    with transaction() as session:
        place = add_place(session, kind="state").id
        survey = add_survey(session, POLL, slug="poll").survey_id
    set_clock(app, PLANNED_AT)
    outreach = sign_in(Role.OUTREACH, place)
    wrong = {"survey": survey, "place": place, **DAYS, "results": "2026-06-30"}
    page = outreach.post("/office/rounds/new", data=wrong)
    assert page.status_code == 422
    assert "Results come on a Monday" in page.text
    assert 'value="2026-06-30"' in page.text
    with reading() as session:
        assert list_rounds(session, PLANNED_AT) == []


def test_whether_answers_arrive_is_told_and_not_how_many(app: Flask, sign_in: SignIn) -> None:
    with transaction() as session:
        ballot = add_ballot(session)
    page = f"/office/rounds/{ballot.round_id}"
    set_clock(app, OPEN_AT)
    admin = sign_in(Role.STATE_ADMIN, ballot.state_id)
    assert "None has arrived for three days or more." in admin.get(page).text
    answer(ballot, {"first": "patrol", "second": "yes"})
    one = admin.get(page).text
    assert "Answers are arriving." in one
    answer(ballot, *[{"first": "traffic", "second": "no"}] * 20)
    assert admin.get(page).text == one
    set_clock(app, OPEN_AT + timedelta(days=2))
    later = sign_in(Role.STATE_ADMIN, ballot.state_id).get(page).text
    assert "None has arrived since Wednesday, 10 June." in later


def test_cancelling_asks_for_a_reason_in_each_language(app: Flask, sign_in: SignIn) -> None:
    with transaction() as session:
        ballot = add_ballot(session)
    set_clock(app, CLOSED_AT)
    admin = sign_in(Role.STATE_ADMIN, ballot.state_id)
    cancel = f"/office/rounds/{ballot.round_id}/cancel"
    assert sign_in(Role.OUTREACH, ballot.state_id).get(cancel).status_code == 403
    refused = admin.post(cancel, data={"reason_hi": "भूल हुई", "reason_en": ""})
    assert refused.status_code == 422
    assert "भूल हुई" in refused.text
    done = admin.post(cancel, data={"reason_hi": "भूल हुई", "reason_en": "A mistake"}, follow_redirects=True).text
    assert "Cancelled. Everybody can read why." in done
    assert "A mistake" in done


def test_links_show_no_count_before_the_results(app: Flask, sign_in: SignIn) -> None:
    with transaction() as session:
        ballot = add_ballot(session)
    set_clock(app, RESULTS_AT - timedelta(seconds=1))
    admin = sign_in(Role.STATE_ADMIN, ballot.state_id)
    before = admin.get("/office/handles").text
    assert "on 29 Jun" in before
    counts = admin.get("/office/tallies?survey=ballot").text
    assert "It is counted on 29 June 2026, 11:00. Until then nobody sees a number of it." in counts
    answer(ballot, *[{"first": "traffic", "second": "no"}] * 23)
    assert admin.get("/office/handles").text == before
    assert admin.get("/office/tallies?survey=ballot").text == counts

"""Rounds changed: planned by one person, announced by another, cancelled with a reason, and nothing else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.installation.quiet_period import QuietBlock
from app.domain.problem import Problem
from app.domain.surveys.rounds.round import RoundState
from app.models import Account, AuditEntry, Place, SurveyVersion
from app.services.installation.quiet.changes import confirm_end, propose_end
from app.services.surveys.round_queries import get_round
from app.services.surveys.rounds import (
    RoundPlan,
    announce_round,
    cancel_round,
    plan_round,
    require_code_fits,
)
from app.services.surveys.surveys import close_survey, publish_draft
from app.transaction import transaction
from tests.factories import add_place, add_placement, add_responses, add_survey
from tests.factories.installation.quiet_periods import add_quiet
from tests.factories.surveys.rounds import (
    CLOSED_AT,
    DATES,
    OPEN_AT,
    PLANNED_AT,
    POLL,
    add_ballot,
)

pytestmark = pytest.mark.both_databases

WHY = {"hi": "सवाल में भूल थी", "en": "There was a mistake in the question"}


def refusal(call: object, *arguments: object, **named: object) -> str:
    with pytest.raises(Problem) as refused:
        call(*arguments, **named)  # type: ignore[operator]
    return refused.value.code


def test_another_person_announces_what_one_has_planned(any_session: Session) -> None:
    session = any_session
    ballot = add_ballot(session, announced=False)
    assert get_round(session, ballot.round_id, PLANNED_AT).state is RoundState.PLANNED
    announce = {"now": PLANNED_AT}
    assert refusal(announce_round, session, ballot.round_id, actor_id=ballot.planner, **announce) == "round.same_person"
    assert announce_round(session, ballot.round_id, actor_id=ballot.approver, **announce) == 1
    assert (
        refusal(announce_round, session, ballot.round_id, actor_id=ballot.approver, **announce) == "round.not_planned"
    )
    view = get_round(session, ballot.round_id, PLANNED_AT)
    assert (view.number, view.state, view.approved_by) == (1, RoundState.ANNOUNCED, ballot.approver)
    actions = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)))
    assert actions == ["round.planned", "round.announced"]


def test_it_is_too_late_to_announce_on_the_day_before(any_session: Session) -> None:
    ballot = add_ballot(any_session, announced=False)
    late = DATES.opens_at - timedelta(hours=23)
    assert refusal(announce_round, any_session, ballot.round_id, actor_id=ballot.approver, now=late) == "round.too_soon"


def test_what_can_have_dates(any_session: Session) -> None:
    session = any_session
    state = add_place(session, kind="state", code="MP")
    survey, poll = add_survey(session), add_survey(session, POLL, slug="poll")
    draft = add_survey(session, POLL, slug="draft", published_at=None)

    def planned(version: SurveyVersion) -> str:
        return refusal(
            plan_round, session, RoundPlan(version.survey_id, state.id, DATES), actor_id=None, now=PLANNED_AT
        )

    assert planned(survey) == planned(draft) == "round.survey"
    batch = add_placement(session, state, poll, channel=Channel.SLIP)
    assert planned(poll) == "round.codes"
    batch.retired_at = PLANNED_AT
    elsewhere = add_placement(session, add_place(session, kind="state", code="UP"), poll)
    assert planned(poll) == "round.place"
    elsewhere.retired_at = PLANNED_AT
    add_responses(session, state, poll, DATES.first_day - timedelta(days=8), [{"first": "patrol"}])
    assert planned(poll) == "round.answered"


def test_a_version_has_its_dates_once_unless_nobody_was_told(any_session: Session) -> None:
    session = any_session
    ballot = add_ballot(session, announced=False)
    plan = RoundPlan(ballot.survey_id, ballot.state_id, DATES)
    assert refusal(plan_round, session, plan, actor_id=ballot.planner, now=PLANNED_AT) == "round.taken"
    cancel_round(session, ballot.round_id, {}, actor_id=ballot.approver, now=PLANNED_AT)
    assert get_round(session, ballot.round_id, PLANNED_AT).state is RoundState.WITHDRAWN
    again = plan_round(session, plan, actor_id=ballot.planner, now=PLANNED_AT)
    announce_round(session, again, actor_id=ballot.approver, now=PLANNED_AT)
    cancel_round(session, again, WHY, actor_id=ballot.approver, now=OPEN_AT)
    assert refusal(plan_round, session, plan, actor_id=ballot.planner, now=PLANNED_AT) == "round.taken"


def test_cancelling_needs_a_reason_and_is_for_good(any_session: Session) -> None:
    session = any_session
    ballot = add_ballot(session)
    assert refusal(cancel_round, session, ballot.round_id, {"en": "No"}, actor_id=1, now=OPEN_AT) == "round.reason"
    cancel_round(session, ballot.round_id, WHY, actor_id=ballot.approver, now=CLOSED_AT)
    view = get_round(session, ballot.round_id, OPEN_AT)
    assert (view.state, view.reason) == (RoundState.CANCELLED, WHY)
    assert refusal(cancel_round, session, ballot.round_id, WHY, actor_id=1, now=OPEN_AT) == "round.over"


def test_its_questions_are_neither_changed_nor_closed_before_its_results(any_session: Session) -> None:
    session = any_session
    ballot = add_ballot(session)
    for change in (publish_draft, close_survey):
        assert refusal(change, session, "ballot", actor_id=None, now=OPEN_AT) == "round.holds"
    cancel_round(session, ballot.round_id, WHY, actor_id=ballot.approver, now=OPEN_AT)
    close_survey(session, "ballot", actor_id=None, now=OPEN_AT)


def test_codes_that_would_tell_how_many_answered_are_not_issued(any_session: Session) -> None:
    session = any_session
    ballot = add_ballot(session)
    fits = (session, ballot.survey_id, ballot.state_id)
    require_code_fits(*fits, Channel.COUNTER, OPEN_AT)
    assert refusal(require_code_fits, *fits, Channel.KIOSK, OPEN_AT) == "round.codes"
    other = add_place(session, kind="state", code="UP")
    assert refusal(require_code_fits, session, ballot.survey_id, other.id, Channel.POSTER, OPEN_AT) == "round.place"


def test_of_two_who_approve_at_once_one_wins(app: Flask) -> None:
    with transaction() as session:
        ballot = add_ballot(session, announced=False)
        state = session.get_one(Place, ballot.state_id)
        second = Account(username="second", name="second", role="state_admin", place_id=state.id, password_hash="")
        session.add(second)
        session.flush()
        people = [ballot.approver, second.id]
    start = Barrier(2)

    def announce(person: int) -> str:
        with app.app_context():
            start.wait()
            try:
                with transaction() as session:
                    announce_round(session, ballot.round_id, actor_id=person, now=PLANNED_AT)
            except Problem as problem:
                return problem.code
            return "announced"

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert sorted(pool.map(announce, people)) == ["announced", "round.not_planned"]


@pytest.mark.parametrize("begins", [-1, 2])
def test_in_a_quiet_period_none_is_announced_or_opened(any_session: Session, begins: int) -> None:
    """In one that holds, and in one that is known to hold on its first day."""
    session = any_session
    ballot = add_ballot(session, announced=False)
    state = session.get_one(Place, ballot.state_id)
    far = add_place(session, kind="state")
    from_at = PLANNED_AT + timedelta(days=begins)
    people = (ballot.planner, ballot.approver)
    add_quiet(session, people, [far], from_at, CLOSED_AT)
    add_quiet(session, people, [state], from_at, CLOSED_AT, blocks=set(QuietBlock) - {QuietBlock.ROUNDS})
    id_ = add_quiet(session, people, [state], from_at, CLOSED_AT)
    plan = RoundPlan(ballot.survey_id, ballot.state_id, DATES)
    assert refusal(plan_round, session, plan, actor_id=ballot.planner, now=PLANNED_AT) == "quiet.blocked"
    announce = {"actor_id": ballot.approver, "now": PLANNED_AT}
    assert refusal(announce_round, session, ballot.round_id, **announce) == "quiet.blocked"
    propose_end(session, id_, ballot.planner, PLANNED_AT)
    confirm_end(session, id_, ballot.approver, PLANNED_AT)
    assert announce_round(session, ballot.round_id, actor_id=ballot.approver, now=PLANNED_AT) == 1


def test_an_account_that_was_switched_off_meanwhile_announces_nothing(any_session: Session) -> None:
    ballot = add_ballot(any_session, announced=False)
    any_session.get_one(Account, ballot.approver).disabled_at = PLANNED_AT
    announce = {"actor_id": ballot.approver, "now": PLANNED_AT}
    assert refusal(announce_round, any_session, ballot.round_id, **announce) == "account.not_allowed"

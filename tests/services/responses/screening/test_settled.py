"""What is found over ten weeks, and that a verdict follows from what is kept and the lot alone."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.responses.screening.likeness import Fact, Rule
from app.domain.responses.screening.policy import POLICY_VERSION, is_copied, lot
from app.models import TallyMark, Verdict
from app.services.responses.screening.findings import facts_of, keep_facts
from app.services.responses.screening.screener import Group, Screener
from app.services.responses.screening.settled import LOT_KEY, Judged, find_copies, keep_findings
from tests.factories import VISIT, add_place, add_responses, add_survey
from tests.factories.responses.alike import ASKED, COPY
from tests.factories.responses.policies import STRICTER, put_in_force, two_accounts
from tests.services.responses.shuffling.answered import WEEK

pytestmark = pytest.mark.both_databases


def judged(ids: list[UUID]) -> dict[UUID, Judged]:
    return {id_: Judged(WEEK, 1) for id_ in ids}


def test_copies_are_set_aside_by_another_verdict_which_a_mark_follows(any_session: Session) -> None:
    place, version = add_place(any_session), add_survey(any_session, ASKED)
    ids = add_responses(any_session, place, version, WEEK, [COPY] * 25)
    # Those of another class and of nine weeks before are not held against them.
    add_responses(any_session, place, version, WEEK, [COPY] * 25, channel=Channel.SLIP)
    add_responses(any_session, place, version, WEEK - timedelta(weeks=9), [COPY] * 25)
    group = Group(place.id, version.id, Evidence.OPEN)
    found = find_copies(any_session, Screener(WEEK), group, judged(ids))
    assert {fact.alike for (fact,) in found.facts.values()} == {25}
    keep_findings(any_session, found, WEEK + timedelta(weeks=3))
    events = any_session.execute(select(Verdict).where(Verdict.sequence == 2)).scalars().all()
    assert {one.response_id for one in events} == found.copies.keys()
    assert {(one.verdict, one.reasons, one.account_id, one.week) for one in events} == {
        ("set_aside", '["copied"]', None, WEEK)
    }
    kept = facts_of(any_session, ids)
    key = any_session.info[LOT_KEY]
    assert found.copies.keys() == {id_ for id_ in ids if is_copied(kept[id_], lot(key, id_))}
    assert any_session.scalars(select(TallyMark.changes).where(TallyMark.changes.is_not(None))).all()


def test_what_was_found_by_the_hour_counts_as_well(any_session: Session) -> None:
    """Beside as many others of ten weeks as hide it from the rule of weeks."""
    place, version = add_place(any_session), add_survey(any_session, ASKED)
    ids = add_responses(any_session, place, version, WEEK, [COPY] * 6)
    others = [{**COPY, "respect": respect, "heard": heard} for respect in range(1, 5) for heard in range(1, 5)]
    add_responses(any_session, place, version, WEEK, others)
    group = Group(place.id, version.id, Evidence.OPEN)
    assert find_copies(any_session, Screener(WEEK), group, judged(ids)).copies == {}
    keep_facts(any_session, {id_: [Fact(Rule.SHORT, 90, 10, 9)] for id_ in ids}, WEEK)
    copies = find_copies(any_session, Screener(WEEK), group, judged(ids)).copies
    assert copies.keys() == {id_ for id_ in ids if lot(any_session.info[LOT_KEY], id_) * 90 > 2}


def test_what_weeks_told_before_is_replaced_also_by_nothing(any_session: Session) -> None:
    place, version = add_place(any_session), add_survey(any_session, ASKED)
    ids = add_responses(any_session, place, version, WEEK, [COPY, {**COPY, "overall": 1}])
    keep_facts(any_session, {id_: [Fact(Rule.LONG, 90, 10, 9)] for id_ in ids}, WEEK)
    found = find_copies(any_session, Screener(WEEK), Group(place.id, version.id, Evidence.OPEN), judged(ids))
    assert found.copies == {}
    keep_findings(any_session, found, WEEK)
    assert facts_of(any_session, ids) == {}


def test_an_answer_is_judged_by_the_policy_of_its_week(any_session: Session) -> None:
    place, version = add_place(any_session), add_survey(any_session, ASKED)
    before = add_responses(any_session, place, version, WEEK - timedelta(weeks=1), [COPY] * 20)
    ids = add_responses(any_session, place, version, WEEK, [COPY] * 20)
    chosen = put_in_force(any_session, two_accounts(any_session, place), STRICTER, WEEK)
    all_judged = {id_: Judged(WEEK - timedelta(weeks=1), 1) for id_ in before} | judged(ids)
    found = find_copies(any_session, Screener(WEEK), Group(place.id, version.id, Evidence.OPEN), all_judged)
    assert {fact.alike for (fact,) in found.facts.values()} == {40}
    assert found.copies
    assert found.copies.keys() <= set(before)
    keep_facts(any_session, {id_: [Fact(Rule.SHORT, 60, 10, 12)] for id_ in ids}, WEEK)
    found = find_copies(any_session, Screener(WEEK), Group(place.id, version.id, Evidence.OPEN), all_judged)
    keep_findings(any_session, found, WEEK + timedelta(weeks=2))
    numbers = dict(any_session.execute(select(Verdict.week, Verdict.policy_version).where(Verdict.sequence == 2)).all())
    assert numbers == {WEEK - timedelta(weeks=1): POLICY_VERSION, WEEK: chosen.number}


def test_of_questions_that_are_too_few_nobody_is_a_copier(any_session: Session) -> None:
    place, version = add_place(any_session), add_survey(any_session, VISIT)
    ids = add_responses(any_session, place, version, WEEK, [{"overall": 5}] * 90)
    found = find_copies(any_session, Screener(WEEK), Group(place.id, version.id, Evidence.OPEN), judged(ids))
    assert (found.facts, found.copies) == ({}, {})

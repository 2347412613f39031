"""Deciding about copies: two accounts, all of a group at once, and only until it is published."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Evidence
from app.domain.problem import Problem
from app.domain.responses.screening.decision import (
    COPIES_CHANGED,
    COPIES_GONE,
    COPIES_PROPOSED,
    COPIES_SAME_PERSON,
    Copies,
    CopyDecision,
)
from app.domain.weeks import IST
from app.models import Account, AuditEntry, Place, SurveyVersion, Tally, Verdict
from app.services.figures.release_queries import releases_of
from app.services.figures.releases import publish_releases
from app.services.figures.tallies import fold_marks
from app.services.responses.screening.copies import alike_answers, confirm, copy_groups, find_group, propose, withdraw
from app.services.responses.screening.screener import Group, Screener
from app.services.responses.screening.settled import Judged, find_copies, keep_findings
from tests.factories import add_place, add_responses, add_survey
from tests.factories.responses.alike import ASKED, COPY, people
from tests.services.responses.shuffling.answered import WEEK
from tests.thief.days import seeded

pytestmark = pytest.mark.both_databases
#: two weeks after the week of the answers, when its first block can be made
FOUND = WEEK + timedelta(weeks=2)
NOW = datetime(2026, 6, 23, 12, tzinfo=IST)
REASON = "A camp of the department filled the form in together."


@pytest.fixture
def version(any_session: Session) -> SurveyVersion:
    return add_survey(any_session, ASKED)


@pytest.fixture
def place(any_session: Session) -> Place:
    return add_place(any_session)


@pytest.fixture
def copies(any_session: Session, place: Place, version: SurveyVersion) -> Copies:
    """Forty copies of one form, set aside in the week of `FOUND`."""
    ids = add_responses(any_session, place, version, WEEK, [COPY] * 40)
    fold_marks(any_session)
    group = Group(place.id, version.id, Evidence.OPEN)
    found = find_copies(any_session, Screener(WEEK), group, {id_: Judged(WEEK, 1) for id_ in ids})
    keep_findings(any_session, found, FOUND)
    # By lot a few of them count all the same, now and then six.
    assert len(found.copies) > 30
    return Copies(place.id, version.id, Evidence.OPEN.value, FOUND)


@pytest.fixture
def two(any_session: Session, place: Place) -> tuple[int, int]:
    """Two accounts of headquarters."""
    made = [
        Account(username=f"head-{at}", name=f"Post {at}", role="state_admin", place_id=place.id, password_hash="")
        for at in range(2)
    ]
    any_session.add_all(made)
    any_session.flush()
    return made[0].id, made[1].id


def later_verdicts(session: Session) -> set[tuple[int, str, int | None]]:
    rows = session.execute(select(Verdict.sequence, Verdict.verdict, Verdict.account_id).where(Verdict.sequence > 1))
    return set(map(tuple, rows))


def test_what_waits_is_listed_with_what_is_alike(any_session: Session, copies: Copies) -> None:
    (group,) = copy_groups(any_session, [copies.place_id], FOUND)
    assert (group.copies, group.proposal) == (copies, None)
    assert [one.responses for one in alike_answers(any_session, copies, FOUND)] == [group.responses]
    assert alike_answers(any_session, copies, FOUND)[0].answers == dict(COPY)
    assert copy_groups(any_session, [], FOUND) == []
    assert copy_groups(any_session, [copies.place_id], FOUND + timedelta(weeks=4)) == []


@pytest.mark.parametrize(("decision", "verdict"), [(CopyDecision.COUNT, "counted"), (CopyDecision.KEEP, "set_aside")])
def test_two_accounts_decide_about_all_of_them(
    any_session: Session, copies: Copies, two: tuple[int, int], decision: CopyDecision, verdict: str
) -> None:
    number = find_group(any_session, copies, FOUND).responses
    propose(any_session, copies, decision, REASON, two[0], NOW)
    assert later_verdicts(any_session) == {(2, "set_aside", None)}
    with pytest.raises(Problem) as refused:
        confirm(any_session, copies, two[0], NOW)
    assert refused.value.type is COPIES_SAME_PERSON
    confirm(any_session, copies, two[1], NOW)
    assert later_verdicts(any_session) == {(2, "set_aside", None), (3, verdict, two[1])}
    fold_marks(any_session)
    counted = any_session.scalar(select(Tally.responses).where(Tally.verdict == "counted")) or 0
    assert counted == (40 if decision is CopyDecision.COUNT else 40 - number)
    with pytest.raises(Problem) as refused:
        propose(any_session, copies, decision, REASON, two[0], NOW)
    assert refused.value.type is COPIES_GONE


def test_what_people_counted_is_published_at_once_and_not_overruled(
    any_session: Session, copies: Copies, two: tuple[int, int]
) -> None:
    propose(any_session, copies, CopyDecision.COUNT, REASON, two[0], NOW)
    confirm(any_session, copies, two[1], NOW)
    publish_releases(any_session, NOW)
    (block,) = releases_of(any_session, copies.place_id, [copies.survey_version_id])
    assert (block.responses, block.set_aside) == (40, 0)


def test_once_published_nobody_can_decide(any_session: Session, copies: Copies, two: tuple[int, int]) -> None:
    place, version = (
        any_session.get_one(Place, copies.place_id),
        any_session.get_one(SurveyVersion, copies.survey_version_id),
    )
    add_responses(any_session, place, version, WEEK, people(12, seeded(2)))
    publish_releases(any_session, NOW + timedelta(weeks=4))
    (block,) = releases_of(any_session, place.id, [version.id])
    assert block.set_aside > 35
    for act in (lambda: find_group(any_session, copies, FOUND), lambda: withdraw(any_session, copies, two[0], NOW)):
        with pytest.raises(Problem) as refused:
            act()
        assert refused.value.type is COPIES_GONE


def test_a_proposal_stands_alone_until_it_is_taken_back(
    any_session: Session, copies: Copies, two: tuple[int, int]
) -> None:
    propose(any_session, copies, CopyDecision.KEEP, REASON, two[0], NOW)
    with pytest.raises(Problem) as refused:
        propose(any_session, copies, CopyDecision.COUNT, REASON, two[1], NOW)
    assert refused.value.type is COPIES_PROPOSED
    withdraw(any_session, copies, two[1], NOW)
    propose(any_session, copies, CopyDecision.COUNT, REASON, two[1], NOW)
    confirm(any_session, copies, two[0], NOW)
    actions = any_session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)).all()
    assert actions == ["copies.proposed", "copies.withdrawn", "copies.proposed", "copies.decided"]


def test_what_has_grown_since_is_proposed_anew(any_session: Session, copies: Copies, two: tuple[int, int]) -> None:
    propose(any_session, copies, CopyDecision.COUNT, REASON, two[0], NOW)
    place, version = (
        any_session.get_one(Place, copies.place_id),
        any_session.get_one(SurveyVersion, copies.survey_version_id),
    )
    more = add_responses(any_session, place, version, WEEK, [COPY] * 20)
    group = Group(place.id, version.id, Evidence.OPEN)
    found = find_copies(any_session, Screener(WEEK), group, {id_: Judged(WEEK, 1) for id_ in more})
    keep_findings(any_session, found, FOUND)
    with pytest.raises(Problem) as refused:
        confirm(any_session, copies, two[1], NOW)
    assert refused.value.type is COPIES_CHANGED

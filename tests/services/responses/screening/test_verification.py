"""Every verdict of screening is made anew from what is kept; what does not follow is named."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.domain.codes.channel import Evidence
from app.domain.responses.screening.likeness import Fact, Rule
from app.domain.responses.screening.policy import POLICY_VERSION
from app.models import Finding, Place, ScreeningPolicy, SurveyVersion, Verdict
from app.services.figures.releases import publish_releases
from app.services.record.log.entries import enter
from app.services.record.sources.policies import new_policies
from app.services.responses.screening.findings import keep_facts
from app.services.responses.screening.screener import Group, Screener
from app.services.responses.screening.settled import Judged, find_copies, keep_findings
from app.services.responses.screening.verification import verify_verdicts
from tests.factories import add_place, add_responses, add_survey
from tests.factories.figures.tree import settled
from tests.factories.responses.alike import ASKED, COPY, people
from tests.factories.responses.policies import STRICTER, put_in_force, two_accounts
from tests.services.responses.shuffling.answered import WEEK
from tests.thief.days import seeded

pytestmark = pytest.mark.both_databases
ANSWER = "an answer of the week of 2026-06-08 about"


@pytest.fixture
def place(any_session: Session) -> Place:
    """Forty copies were set aside there, twelve people were published, and somebody has decided about nothing."""
    place, version = add_place(any_session), add_survey(any_session, ASKED)
    ids = add_responses(any_session, place, version, WEEK, [COPY] * 40)
    found = find_copies(
        any_session, Screener(WEEK), Group(place.id, version.id, Evidence.OPEN), {id_: Judged(WEEK, 1) for id_ in ids}
    )
    keep_findings(any_session, found, WEEK + timedelta(weeks=2))
    add_responses(any_session, place, version, WEEK, people(12, seeded(4)))
    publish_releases(any_session, settled(1))
    return place


def test_untouched_there_is_no_fault(any_session: Session, place: Place) -> None:
    found = verify_verdicts(any_session)
    assert found.faults == []
    assert 35 < found.copied <= 40
    assert found.earlier == 52, "the first verdicts were written by the factory under policy 1"


def test_a_copy_of_which_nothing_says_so_is_named(any_session: Session, place: Place) -> None:
    any_session.execute(update(Finding).values(tail=3))
    faults = verify_verdicts(any_session).faults
    assert set(faults) == {f"{ANSWER} {place.code} was set aside as a copy, and what was found does not say so"}
    any_session.execute(delete(Finding))
    faults = verify_verdicts(any_session).faults
    assert set(faults) == {f"{ANSWER} {place.code} was set aside as a copy of nothing"}


def test_what_was_found_and_counted_all_the_same_is_named(any_session: Session, place: Place) -> None:
    any_session.execute(delete(Verdict).where(Verdict.sequence > 1))
    publish_releases(any_session, settled(1))
    counted = [row.response_id for row in any_session.query(Verdict).where(Verdict.verdict == "counted")]
    keep_facts(any_session, {id_: [Fact(Rule.LONG, 90, 0, 20)] for id_ in counted}, WEEK)
    faults = set(verify_verdicts(any_session).faults)
    assert faults == {f"{ANSWER} {place.code} was published as counted, and what was found says that it is a copy"}


def test_each_is_made_anew_by_the_policy_of_its_number(any_session: Session, place: Place) -> None:
    """Forty copies in the week before another policy holds, and eight in its first, of which it sets none aside."""
    first = WEEK + timedelta(weeks=1)
    chosen = put_in_force(any_session, two_accounts(any_session, place), STRICTER, first)
    version = any_session.scalars(select(SurveyVersion)).one()
    add_responses(any_session, place, version, first, [COPY] * 8)
    publish_releases(any_session, settled(2))
    found = verify_verdicts(any_session)
    assert found.faults == []
    assert 35 < found.copied <= 40
    assert set(any_session.scalars(select(Verdict.policy_version).where(Verdict.sequence > 1))) == {POLICY_VERSION}
    any_session.execute(update(Verdict).where(Verdict.sequence > 1).values(policy_version=chosen.number))
    assert set(verify_verdicts(any_session).faults) == {
        f"{ANSWER} {place.code} was set aside as a copy, and what was found does not say so",
        f"{ANSWER} {place.code} was set aside by policy {chosen.number}, and policy {POLICY_VERSION} held in that week",
    }
    any_session.execute(update(Verdict).where(Verdict.sequence > 1).values(policy_version=5))
    found = verify_verdicts(any_session)
    assert found.faults == []
    assert found.earlier == 60 + found.copied


def test_a_policy_that_was_altered_after_it_was_entered_is_named(any_session: Session, place: Place) -> None:
    chosen = put_in_force(any_session, two_accounts(any_session, place), STRICTER, WEEK + timedelta(weeks=1))
    enter(any_session, new_policies(any_session, WEEK), WEEK)
    assert verify_verdicts(any_session).faults == []
    any_session.execute(update(ScreeningPolicy).values(fewest_alike=5))
    faults = verify_verdicts(any_session).faults
    assert faults == [f"policy {chosen.number} is not the one that was entered in the record"]

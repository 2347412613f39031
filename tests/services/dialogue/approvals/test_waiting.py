"""What waits for an account: of every noun, the oldest first, and never its own."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.accounts.account import SignedIn
from app.domain.accounts.role import Role
from app.domain.installation.quiet_period import BY_DEFAULT, QuietChoice
from app.domain.responses.screening.policy import Policy
from app.domain.weeks import IST
from app.models import Account, CopyProposal, Place
from app.services.dialogue.approvals.waiting import Reader, WaitKind, waiting_approvals
from app.services.installation.quiet.changes import enter_quiet, propose_end
from app.services.places.ancestry import subtree_ids
from app.services.responses.policies.choosing import propose_policy
from tests.factories.dialogue.posts import NOW, Officers, add_officers, published, waiting
from tests.factories.installation.quiet_periods import add_quiet
from tests.factories.responses.policies import REASON
from tests.factories.surveys.rounds import add_ballot
from tests.factories.surveys.surveys import add_survey

pytestmark = pytest.mark.both_databases
DAY = timedelta(days=1)


def reader(session: Session, account_id: int, *, now: datetime = NOW) -> Reader:
    row = session.get_one(Account, account_id)
    account = SignedIn(row.id, row.username, row.name, Role(row.role), row.place_id, "en", 0, False, False)
    place_ids = subtree_ids(session, row.place_id, now.date())
    return Reader(account, place_ids, Role(row.role) is Role.STATE_ADMIN, now)


def kinds(session: Session, account_id: int) -> list[WaitKind]:
    return [one.waiting.kind for one in waiting_approvals(session, reader(session, account_id))]


@pytest.fixture
def who(any_session: Session) -> Officers:
    return add_officers(any_session)


def test_all_that_waits_the_oldest_first_and_never_ones_own(any_session: Session, who: Officers) -> None:
    session, state = any_session, any_session.get_one(Place, who.state)
    version = add_survey(session)
    copies = {"place_id": who.district, "survey_version_id": version.id, "evidence": "open", "responses": 20}
    found_week = (NOW - 9 * DAY).date()
    session.add(
        CopyProposal(**copies, found_week=found_week, decision="keep", reason=REASON, proposed_by=who.other_admin)
    )
    held = add_quiet(session, (who.admin, who.other_admin), [state], NOW - 8 * DAY, NOW + DAY)
    propose_end(session, held, who.other_admin, NOW - 7 * DAY)
    choice = QuietChoice("437/6", NOW, NOW + DAY, frozenset({who.state}), BY_DEFAULT)
    enter_quiet(session, choice, who.other_admin, NOW - 6 * DAY)
    monday = datetime.combine((NOW + 14 * DAY).date(), NOW.time(), IST)
    propose_policy(session, Policy(8, 4, 7), monday.date().isoformat(), REASON, who.other_admin, NOW - 5 * DAY)
    waiting(session, who.author, now=NOW - 4 * DAY)
    assert kinds(session, who.admin) == [
        WaitKind.COPIES,
        WaitKind.QUIET_END,
        WaitKind.QUIET,
        WaitKind.POLICY,
        WaitKind.POST,
    ]
    first = waiting_approvals(session, reader(session, who.admin))[0]
    assert first.asked_by == session.get_one(Account, who.other_admin).username
    assert kinds(session, who.other_admin) == [WaitKind.POST]
    assert kinds(session, who.author) == []


def test_a_planned_round_waits_for_another_person(any_session: Session) -> None:
    ballot = add_ballot(any_session, announced=False)
    assert kinds(any_session, ballot.approver) == [WaitKind.ROUND]
    assert kinds(any_session, ballot.planner) == []


def test_of_a_published_post_nothing_waits(any_session: Session, who: Officers) -> None:
    published(any_session, who.author, who.admin)
    assert kinds(any_session, who.other_admin) == []

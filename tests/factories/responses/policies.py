"""Policies of screening that two accounts have put in force."""

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from app.domain.responses.screening.dated_policies import DatedPolicy
from app.domain.responses.screening.policy import Policy
from app.domain.weeks import IST
from app.models import Account, Place
from app.services.responses.policies.choosing import confirm_policy, propose_policy

REASON = "Clerks of the service centre fill in most of it."
#: of what is alike because clerks fill it in
STRICTER = Policy(fewest_alike=50, fewest_written_alike=20, least_tail=12)


def two_accounts(session: Session, place: Place) -> tuple[int, int]:
    """Two accounts of headquarters."""
    made = [
        Account(username=f"head-{at}", name=f"Post {at}", role="state_admin", place_id=place.id, password_hash="")
        for at in range(2)
    ]
    session.add_all(made)
    session.flush()
    return made[0].id, made[1].id


def put_in_force(session: Session, accounts: tuple[int, int], values: Policy, since: date) -> DatedPolicy:
    """Proposed and confirmed as late as may be."""
    now = datetime.combine(since - timedelta(weeks=2), time(12), IST)
    id_ = propose_policy(session, values, since.isoformat(), REASON, accounts[0], now)
    return confirm_policy(session, id_, accounts[1], now)

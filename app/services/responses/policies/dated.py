"""The policies of screening that were confirmed, each with the Monday from which on it holds."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.responses.screening.dated_policies import DatedPolicy, Policies
from app.domain.responses.screening.policy import Policy
from app.models import ScreeningPolicy


def read_policies(session: Session) -> Policies:
    """A table of a row for each that was ever confirmed, so whoever judges many answers reads it once."""
    confirmed = select(ScreeningPolicy).where(ScreeningPolicy.number.is_not(None)).order_by(ScreeningPolicy.number)
    rows = session.scalars(confirmed)
    return Policies(DatedPolicy(row.number, row.since, values_of(row)) for row in rows if row.number)


def values_of(row: ScreeningPolicy) -> Policy:
    return Policy(row.fewest_alike, row.fewest_written_alike, row.least_tail)

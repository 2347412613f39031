"""Sightings: what was found on patrol, and when a code was last seen where it should hang."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.sighting import Finding, SightingView
from app.domain.weeks import day_of
from app.models import Account, Placement, Sighting
from app.services.audit import record


def record_sighting(
    session: Session, placement_id: int, finding: Finding, *, account_id: int | None, now: datetime
) -> SightingView:
    """Keep what was found. The same finding by the same account on the same day is kept once."""
    session.get_one(Placement, placement_id, with_for_update=True)
    today = day_of(now)
    same = select(Sighting.id).where(
        Sighting.placement_id == placement_id,
        Sighting.seen_on == today,
        Sighting.finding == finding.value,
        Sighting.account_id.is_(None) if account_id is None else Sighting.account_id == account_id,
    )
    if session.scalars(same).first() is None:
        session.add(Sighting(placement_id=placement_id, seen_on=today, account_id=account_id, finding=finding.value))
        session.flush()
        record(session, "placement.seen", f"placement:{placement_id}", account_id, {"finding": finding.value}, now)
    return last_sightings(session, [placement_id])[placement_id]


def last_sightings(session: Session, placement_ids: Collection[int]) -> dict[int, SightingView]:
    """The last look at each of these codes; those that nobody looked at are left out."""
    newest = (
        select(func.max(Sighting.id)).where(Sighting.placement_id.in_(placement_ids)).group_by(Sighting.placement_id)
    )
    rows = session.execute(
        select(Sighting, Account.username)
        .outerjoin(Account, Account.id == Sighting.account_id)
        .where(Sighting.id.in_(newest))
    )
    return {
        row.Sighting.placement_id: SightingView(
            row.Sighting.placement_id, Finding(row.Sighting.finding), row.Sighting.seen_on, row.username
        )
        for row in rows
    }

"""Sightings: what was found on patrol, and when a code was last seen where it should hang."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.sighting import HUNG, NOT_HUNG, Finding, SightingView
from app.domain.problem import Problem
from app.domain.weeks import day_of
from app.models import Account, Placement, Sighting


def record_sighting(
    session: Session, placement_id: int, finding: Finding, *, actor_id: int | None, now: datetime
) -> SightingView:
    """Keep what was found. The same finding by the same account on the same day is kept once, unless another came
    between. Problem `sighting.not_hung`.
    """
    placement = session.get_one(Placement, placement_id, with_for_update=True)
    if Channel(placement.channel) not in HUNG:
        raise Problem(NOT_HUNG)
    newest = session.scalars(
        select(Sighting).where(Sighting.placement_id == placement_id).order_by(Sighting.id.desc()).limit(1)
    ).first()
    found = (finding.value, day_of(now), actor_id)
    if newest is None or (newest.finding, newest.seen_on, newest.account_id) != found:
        session.add(
            Sighting(placement_id=placement_id, finding=finding.value, seen_on=day_of(now), account_id=actor_id)
        )
        session.flush()
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

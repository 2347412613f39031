"""How many answers came through each code, for headquarters: posts of official accounts are told apart by it."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Response
from app.models.round import is_blind


def responses_by_placement(session: Session, placement_ids: Collection[int]) -> dict[int, int]:
    """All that is stored, counted or set aside; a code through which nothing came is left out, and what came for a
    round that has no results.
    """
    rows = session.execute(
        select(Response.placement_id, func.count())
        .where(Response.placement_id.in_(placement_ids), ~is_blind(Response.survey_version_id))
        .group_by(Response.placement_id)
    )
    return {row[0]: row[1] for row in rows}

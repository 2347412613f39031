"""Checks by telephone as the record tells them: that there was one, and about what; no number of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Evidence
from app.domain.quarter import quarter_label
from app.models import CallCheck, Place
from app.services.record.log.entries import NewEntry, is_entered


def new_checks(session: Session, most: int) -> list[NewEntry]:
    """Checks that are in no entry yet, at most so many of a class. One enters once for each class of answers that it
    was about: other numbers are no second entry, since the record holds none. Where nobody was called there was none.
    """
    return [
        NewEntry(
            "check",
            f"check_{evidence}",
            row.id,
            {"place": place, "class": evidence.value, "quarter": quarter_label(row.quarter)},
        )
        for evidence, was_done in (
            (Evidence.SAMPLED, CallCheck.checked > 0),
            (Evidence.INVITED, (CallCheck.checked == 0) & (CallCheck.silent_asked > 0)),
        )
        for row, place in session.execute(
            select(CallCheck, Place.code)
            .join(Place, Place.id == CallCheck.place_id)
            .where(was_done, ~is_entered(f"check_{evidence}", CallCheck.id))
            .order_by(CallCheck.id)
            .limit(most)
        )
    ]

"""Checks by telephone as the record tells them: that there was one, about what, and what of the label follows from it.

No number of it: whether the interviews of a place were confirmed is what its editions say as well.
"""

from datetime import date

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from app.domain.codes.channel import Evidence
from app.domain.figures.headline.label import FEWEST_CHECKED, MOST_UNCONFIRMED, LabelReason
from app.domain.quarter import quarter_label
from app.domain.record.canonical import Value
from app.models import CallCheck, Place
from app.services.record.log.entries import NewEntry, is_entered

CONFIRMED = "confirmed"
_FEW, _MANY = CallCheck.checked < FEWEST_CHECKED, CallCheck.unconfirmed > MOST_UNCONFIRMED * CallCheck.checked
#: what a check of interviews comes to: the reasons of `of_check`, of two that hold the graver one, or neither
_LABELS: dict[str, ColumnElement[bool]] = {
    LabelReason.CHECK.value: and_(CallCheck.checked > 0, _MANY),
    LabelReason.UNCHECKED.value: and_(CallCheck.checked > 0, _FEW, ~_MANY),
    CONFIRMED: and_(~_FEW, ~_MANY),
}
_SILENT_ALONE = and_(CallCheck.checked == 0, CallCheck.silent_asked > 0)


def new_checks(session: Session, most: int, since: date | None = None) -> list[NewEntry]:
    """Checks that are in no entry yet, at most so many of a kind; of quarters that began since a day, or of all.

    One enters once for each class of answers that it was about and, of interviews, each label that it came to; other
    numbers are no further entry, since the record holds none. Where nobody was called there was none.
    """
    lately = true() if since is None else CallCheck.quarter >= since
    silent = and_(_SILENT_ALONE, lately)
    entries = _of_class(session, Evidence.INVITED, f"check_{Evidence.INVITED}", silent, {}, most)
    for label, holds in _LABELS.items():
        about = f"check_{Evidence.SAMPLED} {label}"
        entries += _of_class(session, Evidence.SAMPLED, about, and_(holds, lately), {"label": label}, most)
    return entries


def _of_class(
    session: Session, evidence: Evidence, about: str, holds: ColumnElement[bool], label: dict[str, Value], most: int
) -> list[NewEntry]:
    rows = session.execute(
        select(CallCheck, Place.code)
        .join(Place, Place.id == CallCheck.place_id)
        .where(holds, ~is_entered(about, CallCheck.id))
        .order_by(CallCheck.quarter, CallCheck.id)
        .limit(most)
    )
    return [
        NewEntry(
            "check",
            about,
            row.id,
            {"place": place, "class": evidence.value, "quarter": quarter_label(row.quarter), **label},
        )
        for row, place in rows
    ]

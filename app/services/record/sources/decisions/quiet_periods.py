"""Quiet periods as the record tells them: what two accounts have decided, and that it ended before its day."""

from datetime import datetime
from unicodedata import normalize

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.record.canonical import Value
from app.domain.weeks import IST
from app.models import Place, QuietBlock, QuietPeriod, QuietPlace
from app.services.record.log.entries import NewEntry, is_entered

QUIET = "quiet"
#: what entries are about: that one was entered, and that it was ended
ENTERED, ENDED = "quiet", "quiet_end"


def new_quiet_periods(session: Session) -> list[NewEntry]:
    """Periods that are confirmed, and early ends of those that were entered, which are in no entry yet."""
    confirmed = select(QuietPeriod).where(QuietPeriod.confirmed_at.is_not(None), ~is_entered(ENTERED, QuietPeriod.id))
    ended = select(QuietPeriod).where(
        QuietPeriod.ended_at.is_not(None), is_entered(ENTERED, QuietPeriod.id), ~is_entered(ENDED, QuietPeriod.id)
    )
    return [
        *(NewEntry(QUIET, ENTERED, row.id, _entered(session, row)) for row in session.scalars(_in_order(confirmed))),
        *(NewEntry(QUIET, ENDED, row.id, _ended(row)) for row in session.scalars(_in_order(ended))),
    ]


def _entered(session: Session, row: QuietPeriod) -> dict[str, Value]:
    places = select(Place.code).join(QuietPlace, QuietPlace.place_id == Place.id).where(QuietPlace.quiet_id == row.id)
    blocks = select(QuietBlock.what).where(QuietBlock.quiet_id == row.id)
    subject: dict[str, Value] = {
        "number": row.id,
        "order": row.order_no,
        "from": _minute(row.from_at),
        "until": _minute(row.until_at),
        "places": [normalize("NFC", code) for code in sorted(session.scalars(places))],
        "blocks": [*sorted(session.scalars(blocks))],
    }
    return {"what": "entered", "subject": subject}


def _ended(row: QuietPeriod) -> dict[str, Value]:
    told = {"until": _minute(row.ended_at)} if row.ended_at else {}
    return {"what": "ended", "subject": {"number": row.id, "order": row.order_no, **told}}


def _minute(at: datetime) -> str:
    return at.astimezone(IST).isoformat(timespec="minutes")


def _in_order(rows: Select[QuietPeriod]) -> Select[QuietPeriod]:
    return rows.order_by(QuietPeriod.id)

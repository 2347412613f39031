"""A promise as a row, for tests that only need that there is one."""

import json
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.weeks import IST
from app.models import Commitment, Edition, EditionDay

_DUE = date(2026, 11, 30)
_FIGURE = {"evidence": "open", "question": "greeting", "row": None, "answer": "good"}
_QUOTE = {
    "version": 1,
    "first_week": "2026-08-03",
    "last_week": "2026-08-24",
    "base": {"kind": "about", "number": 400},
    "share": {"kind": "below", "bound": 5},
}


def kept_commitment(session: Session, place_id: int, slug: str) -> int:
    """A draft of a place about the question `greeting` of a survey; it quotes an edition without figures. Its id."""
    if session.get(EditionDay, _DUE) is None:
        session.add(EditionDay(due_on=_DUE, last_release_id=0))
        session.flush()
    made_at = datetime(2026, 11, 30, 10, tzinfo=IST)
    document = '{"surveys":[]}'
    edition = Edition(place_id=place_id, due_on=_DUE, number=1, made_at=made_at, document=document, digest="ab" * 32)
    session.add(edition)
    session.flush()
    texts = json.dumps({"hi": "दो काउंटर खुलेंगे।", "en": "Two counters will be open."}, ensure_ascii=False)
    commitment = Commitment(
        place_id=place_id,
        edition_id=edition.id,
        figure=json.dumps({"survey": slug, **_FIGURE}),
        quote=json.dumps(_QUOTE),
        will=texts,
        office=texts,
        due_on=date(2027, 1, 15),
        state="draft",
    )
    session.add(commitment)
    session.flush()
    return commitment.id

"""The correction of an edition: the wrong one stays, the new one says why, and the audit trail holds both."""

import json
from collections.abc import Mapping
from datetime import datetime

from app.domain.problem import Problem, ProblemType
from app.services.figures.editions.holding import what_is_shown
from app.services.figures.editions.making import correct_edition
from app.services.places.queries import find_place_by_code
from app.services.record.audit import record
from app.services.record.editions import EDITION_UNKNOWN, StoredEdition, keep_edition, newest_edition
from app.transaction import transaction

REASON_MISSING = ProblemType(
    "edition.reason_missing", 422, "Please say in each language what was wrong: everybody reads it, and it stays."
)
NOTHING_CHANGES = ProblemType(
    "edition.nothing_changes",
    409,
    "This correction would change no figure, and still stand above all of them for everybody to read. "
    "Add --yes if it is to be made all the same.",
)
#: what tells one edition from the next, whatever it says
_HEAD = ("number", "previous", "replaces")


def correct_newest(
    place_code: str, cause: str, reason: Mapping[str, str], now: datetime, *, even_the_same: bool = False
) -> StoredEdition:
    """Make the newest edition of a place once more, of the same releases.

    `cause` is "error" or "method", `reason` by language. Problems `edition.unknown`, `edition.reason_missing` and,
    unless it may be `even_the_same`, `edition.nothing_changes`.
    """
    if not all(words.strip() for words in reason.values()):
        raise Problem(REASON_MISSING)
    with transaction() as session:
        wrong = newest_edition(session, find_place_by_code(session, place_code).id, what_is_shown(session, now))
        if wrong is None:
            raise Problem(EDITION_UNKNOWN)
        right = correct_edition(session, wrong, cause, reason)
        if not even_the_same and _told(right.text) == _told(wrong.text):
            raise Problem(NOTHING_CHANGES)
        kept = keep_edition(session, right, now)
        details = {"due_on": wrong.due_on.isoformat(), "number": kept.number, "cause": cause, "digest": kept.digest}
        record(session, "edition.corrected", f"place:{wrong.place_id}", None, details, now)
    return kept


def _told(text: str) -> Mapping[str, object]:
    """What an edition says, without what every correction changes."""
    return {key: value for key, value in json.loads(text).items() if key not in _HEAD}

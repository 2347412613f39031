"""The correction of an edition: the wrong one stays, the new one says why, and the audit trail holds both."""

from collections.abc import Mapping
from datetime import datetime

from app.domain.figures.editions.days import day_to_show
from app.domain.problem import Problem, ProblemType
from app.services.figures.editions.making import correct_edition
from app.services.places.queries import find_place_by_code
from app.services.record.audit import record
from app.services.record.editions import EDITION_UNKNOWN, StoredEdition, keep_edition, newest_edition
from app.transaction import transaction

REASON_MISSING = ProblemType(
    "edition.reason_missing", 422, "Please say in each language what was wrong: everybody reads it, and it stays."
)


def correct_newest(place_code: str, cause: str, reason: Mapping[str, str], now: datetime) -> StoredEdition:
    """Make the newest edition of a place once more, of the same releases.

    `cause` is "error" or "method", `reason` by language. Problems `edition.unknown` and `edition.reason_missing`.
    """
    if not all(words.strip() for words in reason.values()):
        raise Problem(REASON_MISSING)
    with transaction() as session:
        wrong = newest_edition(session, find_place_by_code(session, place_code).id, day_to_show(now))
        if wrong is None:
            raise Problem(EDITION_UNKNOWN)
        kept = keep_edition(session, correct_edition(session, wrong, cause, reason), now)
        details = {"due_on": wrong.due_on.isoformat(), "number": kept.number, "cause": cause, "digest": kept.digest}
        record(session, "edition.corrected", f"place:{wrong.place_id}", None, details, now)
    return kept

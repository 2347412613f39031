"""What people decide about copies: two of them, for all that were found alike at a place in a week, with a reason."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.problem import Problem, ProblemType
from app.domain.weeks import WEEK

#: after the week in which copies were found; then they enter a block as set aside
WEEKS_TO_DECIDE = 3
SHORTEST_REASON, LONGEST_REASON = 10, 500

COPIES_GONE = ProblemType(
    "copies.gone", 404, "Nobody can decide about these any more: it was decided, or they were published as set aside."
)
COPIES_REASON = ProblemType("copies.reason", 422, "Please give a reason of %(shortest)d to %(longest)d letters.")
COPIES_SAME_PERSON = ProblemType("copies.same_person", 403, "Somebody else has to confirm what you proposed.")
COPIES_CHANGED = ProblemType(
    "copies.changed", 409, "There are %(now)d of them now, and %(then)d when it was proposed. Please propose it anew."
)
COPIES_PROPOSED = ProblemType("copies.proposed", 409, "Somebody has proposed something about these. Look at it first.")


class CopyDecision(StrEnum):
    """Whether copies count after all, or stay set aside for good."""

    COUNT = "count"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Copies:
    """Answers of one place, version and evidence class that were found alike in a week, named by its Monday."""

    place_id: int
    survey_version_id: int
    evidence: str
    found_week: date


def last_found(now_week: date) -> date:
    """The earliest week of finding about which can still be decided."""
    return now_week - WEEKS_TO_DECIDE * WEEK


def decide_before(found_week: date) -> date:
    """The Monday from which on nobody can decide any more."""
    return found_week + (WEEKS_TO_DECIDE + 1) * WEEK


def read_reason(text: str) -> str:
    """The reason as it is kept. Problem `copies.reason`."""
    reason = " ".join(text.split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise Problem(COPIES_REASON, shortest=SHORTEST_REASON, longest=LONGEST_REASON)
    return reason

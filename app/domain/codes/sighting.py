"""What an officer on patrol can find where a code should hang."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.codes.channel import Channel
from app.domain.problem import ProblemType

#: what hangs or stands somewhere; the others cannot be found in a wrong spot
HUNG = (Channel.POSTER, Channel.TYPED, Channel.COUNTER)

NOT_HUNG = ProblemType("sighting.not_hung", 409, "This code does not hang anywhere, so nothing is kept of where it is.")


class Finding(StrEnum):
    HERE = "here"
    ELSEWHERE = "elsewhere"
    DAMAGED = "damaged"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class SightingView:
    """The last look at a code."""

    placement_id: int
    finding: Finding
    seen_on: date
    username: str | None

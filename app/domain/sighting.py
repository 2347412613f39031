"""What an officer on patrol can find where a code should hang."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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

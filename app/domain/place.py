"""Kinds of places, and how a place is named in either language."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    STATE = "state"
    RANGE = "range"
    DISTRICT = "district"
    SUBDIVISION = "subdivision"
    STATION = "station"
    OUTPOST = "outpost"


@dataclass(frozen=True, slots=True)
class BilingualName:
    """A name in Hindi and English; at least one is there, and either reader gets the best there is."""

    hi: str | None
    en: str | None

    def in_language(self, language: str) -> str:
        first, second = (self.hi, self.en) if language == "hi" else (self.en, self.hi)
        return first or second or ""

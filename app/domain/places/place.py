"""Kinds and groups of places, and how a place is named in either language."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.sentence import Sentence


class PlaceKind(StrEnum):
    STATE = "state"
    RANGE = "range"
    DISTRICT = "district"
    SUBDIVISION = "subdivision"
    STATION = "station"
    OUTPOST = "outpost"

    @property
    def rank(self) -> int:
        """0 for the top of the department; the higher, the further down."""
        return _ORDER.index(self)

    @property
    def is_above_stations(self) -> bool:
        """Whether more than one station can lie in it."""
        return self.rank < PlaceKind.STATION.rank

    def may_hold(self, other: "PlaceKind") -> bool:
        """Whether a place of the other kind may lie directly in one of this kind. Levels may be left out."""
        return self.rank < other.rank


_ORDER = tuple(PlaceKind)

KIND_NAMES = {
    PlaceKind.STATE: Sentence("State"),
    PlaceKind.RANGE: Sentence("Range"),
    PlaceKind.DISTRICT: Sentence("District"),
    PlaceKind.SUBDIVISION: Sentence("Subdivision"),
    PlaceKind.STATION: Sentence("Police station"),
    PlaceKind.OUTPOST: Sentence("Outpost"),
}


class PlaceGroup(StrEnum):
    """Where people live whom a place serves: it is compared with places of the same kind and group."""

    RURAL = "rural"
    TOWN = "town"
    CITY = "city"


GROUP_NAMES = {
    PlaceGroup.RURAL: Sentence("Rural"),
    PlaceGroup.TOWN: Sentence("Town"),
    PlaceGroup.CITY: Sentence("City"),
}


@dataclass(frozen=True, slots=True)
class BilingualName:
    """A name in Hindi and English; at least one is there, and either reader gets the best there is."""

    hi: str | None
    en: str | None

    def in_language(self, language: str) -> str:
        first, second = (self.hi, self.en) if language == "hi" else (self.en, self.hi)
        return first or second or ""

    def sort_key(self, language: str) -> str:
        """What a list in that language is put in order by, in Python, so that every database gives the same order."""
        return unicodedata.normalize("NFC", self.in_language(language).casefold())


@dataclass(frozen=True, slots=True)
class Contact:
    """Where letters to a place go, and the number at which it is called: for people who need it, on public pages."""

    address: BilingualName = BilingualName(None, None)
    phone: str | None = None

    @property
    def is_known(self) -> bool:
        return any((self.address.hi, self.address.en, self.phone))


#: of a place that has said nothing about it
NO_CONTACT = Contact()


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place as it is now. `lies_since` is the day from which it has had its present parent."""

    code: str
    kind: PlaceKind
    name: BilingualName
    parent_code: str | None
    retired_on: date | None = None
    lies_since: date | None = None
    contact: Contact = NO_CONTACT
    group: PlaceGroup | None = None

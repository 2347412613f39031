"""The rule for what people write: two do not write the same long sentence.

Letters, marks and digits alone are compared. Marks are kept: without its vowel signs a word in Devanagari is
another word.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.responses.screening.likeness import (
    FEWEST_ALIKE,
    LONG_AFTER,
    LONG_BEFORE,
    MOST_TAIL,
    Fact,
    Rule,
)

SHORTEST = 20
#: of all triples of letters in either text, so many in both
LEAST_COMMON = 0.6
#: what is known from more stations than this is a saying, not a copy
MOST_OTHER_STATIONS = 2
_KEPT = {"L", "M", "N"}


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote, in one answer at the station, of any class."""

    id: UUID
    week: date
    text: str


#: a station, and what was written there
Elsewhere = tuple[Hashable, str]


def text_facts(
    texts: Sequence[Written], judged: Collection[UUID], elsewhere: Callable[[], Iterable[Elsewhere]]
) -> dict[UUID, Fact]:
    """What was written alike at one station from eight weeks before to one after.

    `elsewhere` gives what was written at other stations. It is asked once, and only if texts are alike here.
    """
    judged = frozenset(judged)
    writers: dict[frozenset[str], list[Written]] = defaultdict(list)
    for each in texts:
        writers[triples(each.text)].append(each)
    writers.pop(frozenset(), None)
    alike: dict[frozenset[str], dict[UUID, int]] = {}
    for own, its_writers in writers.items():
        asked = [each for each in its_writers if each.id in judged]
        near = [each for other, others in writers.items() if asked and are_alike(own, other) for each in others]
        numbers = {each.id: _alike(each.week, near) for each in asked}
        if max(numbers.values(), default=0) >= FEWEST_ALIKE:
            alike[own] = numbers
    sayings = _sayings(alike, elsewhere()) if alike else set()
    found: dict[UUID, Fact] = {}
    for own, numbers in alike.items():
        for id_, number in numbers.items() if own not in sayings else ():
            if number >= FEWEST_ALIKE and (id_ not in found or number > found[id_].alike):
                found[id_] = Fact(Rule.TEXT, number, 0, MOST_TAIL)
    return found


def plain(text: str) -> str:
    """The text in NFC and small letters, with one space for whatever is no letter, mark or digit."""
    normal = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    return " ".join("".join(sign if unicodedata.category(sign)[0] in _KEPT else " " for sign in normal).split())


def triples(text: str) -> frozenset[str]:
    """The runs of three signs of a text; none of one that is too short to tell anything."""
    words = plain(text)
    if len(words) < SHORTEST:
        return frozenset()
    return frozenset(words[at : at + 3] for at in range(len(words) - 2))


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether they have so many triples in common (Jaccard)."""
    smaller, larger = sorted((len(one), len(other)))
    if smaller < LEAST_COMMON * larger:
        return False
    common = len(one & other)
    return common >= LEAST_COMMON * (smaller + larger - common)


def _alike(week: date, near: Iterable[Written]) -> int:
    """How many of these answers lie in the window of a week."""
    return len({each.id for each in near if week - LONG_BEFORE <= each.week <= week + LONG_AFTER})


def _sayings(texts: Collection[frozenset[str]], elsewhere: Iterable[Elsewhere]) -> set[frozenset[str]]:
    """Those of the texts that are known from so many other stations, in one run over what was written there."""
    stations: dict[frozenset[str], set[Hashable]] = {own: set() for own in texts}
    for station, text in elsewhere:
        its = triples(text)
        for own, known in stations.items():
            if len(known) <= MOST_OTHER_STATIONS and station not in known and are_alike(own, its):
                known.add(station)
    return {own for own, known in stations.items() if len(known) > MOST_OTHER_STATIONS}

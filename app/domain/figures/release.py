"""Releases: how answers are gathered into blocks before anybody below headquarters sees a figure.

Every answer belongs to at most one block, for ever. A block holds ten answers or more that count, or none; and
ten or more that were set aside, or none. All that is published is a sum over whole blocks. So whatever is
added up or subtracted, the answers of one block enter with the same weight: the smallest group that can be
isolated is a block. It follows from the blocks being disjoint, and needs no look at what else was published.

- An *own* block is the next run of settled weeks of one place, survey version and evidence class in which ten
  new answers have come together. An answer that arrives late counts for the first week of the next run: the
  weeks before it are published and stay as they are.
- Answers of a place that moved are gathered apart for each line of ancestors, so that a block belongs whole
  to the same places above.
- A *rest* block holds answers that waited for 26 weeks without coming to ten, pooled at the place above (after
  52 weeks at the one above that, and so on). They never enter a release of their own place.
- A *sum* is what a place with places below publishes: the blocks of all of them that are new.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.figures.counters import add, pack, unpack
from app.domain.figures.disclosure import MINIMUM, publishable_reasons
from app.domain.json_value import JsonObject
from app.domain.weeks import WEEK, Weeks, weeks_apart

#: an answer that waited this long without its place coming to ten is pooled at the place above
REST_AFTER_WEEKS = 26


class ReleaseKind(StrEnum):
    OWN = "own"
    REST = "rest"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer in no block yet: where it stands in the caller's list, its week and its verdict."""

    place: int
    week: date
    counted: bool


@dataclass(frozen=True, slots=True)
class PlannedBlock:
    """A run of weeks, and the answers to be published with it. `set_aside` is empty or has ten or more."""

    weeks: Weeks
    counted: tuple[int, ...]
    set_aside: tuple[int, ...]


def plan_blocks(waiting: Sequence[Waiting], after: date | None, until: date) -> list[PlannedBlock]:
    """The blocks that can be published now, in order; what they leave over goes on waiting.

    `after` is the last week published so far, if any; `until` the last settled week.
    """
    first = None if after is None else after + WEEK
    queue = _queue(waiting, first, until)
    blocks: list[PlannedBlock] = []
    counted: list[int] = []
    set_aside: list[int] = []
    for place, (week, answer) in enumerate(queue):
        first = week if first is None else first
        (counted if answer.counted else set_aside).append(answer.place)
        week_is_over = place + 1 == len(queue) or queue[place + 1][0] != week
        if week_is_over and len(counted) >= MINIMUM:
            told = tuple(set_aside) if len(set_aside) >= MINIMUM else ()
            blocks.append(PlannedBlock(Weeks(first, week), tuple(counted), told))
            counted, set_aside, first = [], [] if told else set_aside, week + WEEK
    return blocks


def plan_rest(waiting: Sequence[Waiting], until: date) -> PlannedBlock | None:
    """One block of all these answers that waited too long, or None while they are fewer than ten."""
    counted = tuple(answer.place for answer in waiting if answer.counted)
    set_aside = tuple(answer.place for answer in waiting if not answer.counted)
    if len(counted) < MINIMUM:
        return None
    first = min(answer.week for answer in waiting)
    last = min(max(answer.week for answer in waiting), until)
    return PlannedBlock(Weeks(first, last), counted, set_aside if len(set_aside) >= MINIMUM else ())


def rest_level(week: date, now_week: date) -> int:
    """How far up an answer of this week is pooled: 0 not yet, 1 at the parent, 2 above that, and so on."""
    return max(0, weeks_apart(week, now_week) // REST_AFTER_WEEKS)


def set_aside_json(reasons: Mapping[str, int], vector: Sequence[int], decided: int = 0) -> str:
    """What a release keeps of its set-aside answers, and about how many of all its answers a person decided."""
    told = publishable_reasons(reasons) if reasons else {}
    return _set_aside(sum(reasons.values()), told, vector, decided)


def add_set_aside(stored: Iterable[str]) -> str:
    """The same for several blocks: a reason that a block does not name stays unnamed in the sum."""
    reasons: Counter[str] = Counter()
    vectors, number, decided = [], 0, 0
    for each in map(json.loads, stored):
        number += each["responses"]
        decided += each.get("decided", 0)
        reasons.update(each["reasons"])
        vectors.append(unpack(bytes.fromhex(each["counters"])))
    return _set_aside(number, dict(reasons), add(vectors), decided)


def digest_of(content: JsonObject) -> str:
    """SHA-256 over the canonical JSON (sorted keys, no spaces) of a release and the digest before it."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _queue(waiting: Sequence[Waiting], first: date | None, until: date) -> list[tuple[date, Waiting]]:
    weeks = ((answer.week if first is None else max(answer.week, first), answer) for answer in waiting)
    return sorted((item for item in weeks if item[0] <= until), key=lambda item: (item[0], item[1].place))


def _set_aside(number: int, reasons: Mapping[str, int], vector: Sequence[int], decided: int) -> str:
    kept = {"responses": number, "reasons": dict(reasons), "counters": pack(vector).hex()}
    # Left out where nobody did, as in releases from before it was kept: their digests stay what they are.
    kept |= {"decided": decided} if decided else {}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"))

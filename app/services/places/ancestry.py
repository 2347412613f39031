"""Who lies above and below a place on a day. Parentage is dated, so every question here has a day in it.

A day before a place's first parentage is answered with that first one: a list of places is imported after the
places were there, and the week of an answer begins on a Monday that may lie before the import.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.models import Parentage


class DatedParent(NamedTuple):
    """One row of parentage."""

    place_id: int
    parent_id: int
    from_on: date
    until_on: date | None


class Ancestry:
    """The whole tree with its past, read once: for jobs that ask about many places or many days."""

    def __init__(self, parentages: Iterable[DatedParent]) -> None:
        self._history: dict[int, list[DatedParent]] = defaultdict(list)
        self._ever_below: dict[int, set[int]] = defaultdict(set)
        for parentage in sorted(parentages, key=lambda one: one.from_on):
            self._history[parentage.place_id].append(parentage)
            self._ever_below[parentage.parent_id].add(parentage.place_id)

    @classmethod
    def load(cls, session: Session) -> "Ancestry":
        rows = session.execute(select(Parentage.place_id, Parentage.parent_id, Parentage.from_on, Parentage.until_on))
        return cls(DatedParent(*row) for row in rows)

    def parent(self, place_id: int, day: date) -> int | None:
        """The parent on that day; None for a root."""
        history = self._history.get(place_id)
        if not history:
            return None
        at = bisect_right(history, day, key=lambda one: one.from_on)
        found = history[max(at - 1, 0)]
        return None if found.until_on is not None and found.until_on <= day else found.parent_id

    def ancestors(self, place_id: int, day: date) -> tuple[int, ...]:
        """What lies above the place on that day, the nearest first, the place itself left out."""
        above: list[int] = []
        parent = self.parent(place_id, day)
        while parent is not None and parent not in above:
            above.append(parent)
            parent = self.parent(parent, day)
        return tuple(above)

    def changes_between(self, first: date, last: date) -> bool:
        """Whether any place has moved, come or gone after the first day and up to the last."""
        return any(
            first < day <= last
            for history in self._history.values()
            for one in history
            for day in (one.from_on, one.until_on)
            if day is not None
        )

    def subtree(self, place_id: int, day: date) -> frozenset[int]:
        """The place itself and everything below it on that day."""
        found, here = {place_id}, [place_id]
        while here:
            here = [child for place in here for child in self.children(place, day) if child not in found]
            found.update(here)
        return frozenset(found)

    def children(self, place_id: int, day: date) -> frozenset[int]:
        return frozenset(below for below in self._ever_below.get(place_id, ()) if self.parent(below, day) == place_id)


def holds_on(on: date | BindParameter[date]) -> ColumnElement[bool]:
    """The condition under which a row of `parentage` is the one that counts on a day."""
    earlier = aliased(Parentage)
    is_first = ~exists().where(earlier.place_id == Parentage.place_id, earlier.from_on < Parentage.from_on)
    return or_(Parentage.from_on <= on, is_first) & or_(Parentage.until_on.is_(None), Parentage.until_on > on)


def subtree_ids(session: Session, place_id: int, on: date) -> frozenset[int]:
    """The place itself and everything below it on that day, retired places included. One query."""
    return frozenset(session.scalars(_below(), {"place": place_id, "day": on})) | {place_id}


def ancestors_of(session: Session, place_id: int, on: date) -> tuple[int, ...]:
    """What lies above the place on that day, the nearest first, the place itself left out."""
    above: list[int] = []
    here = place_id
    while True:
        parent = session.scalar(_parent(), {"place": here, "day": on})
        if parent is None or parent in above:
            return tuple(above)
        above.append(parent)
        here = parent


@cache
def _parent() -> Select[int]:
    """Built once: every page of the office asks it some times, and putting it together takes longer than running it."""
    return select(Parentage.parent_id).where(Parentage.place_id == bindparam("place"), holds_on(bindparam("day")))


@cache
def _below() -> Select[int]:
    """Built once, as the above."""
    below = select(Parentage.place_id, Parentage.parent_id).where(holds_on(bindparam("day"))).cte("below")
    tree = select(below.c.place_id).where(below.c.parent_id == bindparam("place")).cte("tree", recursive=True)
    tree = tree.union(select(below.c.place_id).join(tree, below.c.parent_id == tree.c.place_id))
    return select(tree.c.place_id)

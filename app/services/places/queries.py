"""Places, read: one by its id, what lies in it, and finding one by its name or code."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.domain.places.names import search_key
from app.domain.places.place import BilingualName, KnownPlace, PlaceGroup, PlaceKind
from app.domain.problem import Problem, ProblemType
from app.models import Parentage, Place, Placement
from app.services.places.ancestry import ancestors_of, holds_on

PLACE_UNKNOWN = ProblemType("place.unknown", 404, "There is no such place.")

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place as a list shows it. `within` is what lies above it, the nearest first."""

    id: int
    code: str
    kind: PlaceKind
    name: BilingualName
    retired_on: date | None
    #: how many places lie directly in it; retired ones are left out
    holds: int = 0
    within: tuple[BilingualName, ...] = ()
    #: what its page of results is called
    page: str | None = None
    group: PlaceGroup | None = None


@dataclass(frozen=True, slots=True)
class FormerParent:
    """Where a place lay from a day until a day, the day itself excluded."""

    parent: BilingualName
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class PlaceView:
    """All that one place's page shows."""

    line: PlaceLine
    #: from the top down to the parent
    above: tuple[PlaceLine, ...]
    below: tuple[PlaceLine, ...]
    history: tuple[FormerParent, ...]
    #: codes that are issued for the place and not retired
    codes: int


def find_place(session: Session, place_id: int) -> PlaceLine:
    """Problem `place.unknown` if there is none."""
    place = session.get(Place, place_id)
    if place is None:
        raise Problem(PLACE_UNKNOWN)
    return _line(place)


def find_place_by_code(session: Session, code: str) -> PlaceLine:
    """Problem `place.unknown` if there is none."""
    place = session.scalar(select(Place).where(Place.code == code))
    if place is None:
        raise Problem(PLACE_UNKNOWN)
    return _line(place)


def find_place_by_page(session: Session, page: str) -> PlaceLine:
    """The place whose page of results is called so, in small letters or capitals; Problem `place.unknown`."""
    place = session.scalar(select(Place).where(Place.page == page.lower()))
    if place is None:
        raise Problem(PLACE_UNKNOWN)
    return _line(place)


def result_pages(session: Session, kinds: Collection[PlaceKind]) -> list[str]:
    """What the pages of results of all places of these kinds are called, in the order of their names."""
    wanted = Place.kind.in_([kind.value for kind in kinds]), Place.page.is_not(None)
    return [page for page in session.scalars(select(Place.page).where(*wanted).order_by(Place.page)) if page]


def describe_place(session: Session, place_id: int, on: date, *, language: str) -> PlaceView:
    """Problem `place.unknown` if there is none."""
    line = find_place(session, place_id)
    above = tuple(find_place(session, parent_id) for parent_id in reversed(ancestors_of(session, place_id, on)))
    history = session.execute(
        select(Place.name_hi, Place.name_en, Parentage.from_on, Parentage.until_on)
        .join(Place, Place.id == Parentage.parent_id)
        .where(Parentage.place_id == place_id)
        .order_by(Parentage.from_on)
    )
    codes = (
        select(func.count())
        .select_from(Placement)
        .where(Placement.place_id == place_id, Placement.retired_at.is_(None))
    )
    return PlaceView(
        line,
        above,
        children_of(session, place_id, on, language=language, retired=True),
        tuple(FormerParent(BilingualName(hi, en), from_on, until_on) for hi, en, from_on, until_on in history),
        session.scalar(codes) or 0,
    )


def children_of(
    session: Session, place_id: int, on: date, *, language: str, retired: bool = False
) -> tuple[PlaceLine, ...]:
    """What lies directly in the place on that day, by kind and then by the reader's name, with how much each holds."""
    rows = session.scalars(
        select(Place)
        .join(Parentage, Parentage.place_id == Place.id)
        .where(Parentage.parent_id == place_id, holds_on(on))
    )
    return _with_counts(session, (place for place in rows if retired or place.retired_on is None), on, language)


def tops_of(session: Session, place_ids: Collection[int], on: date, *, language: str) -> tuple[PlaceLine, ...]:
    """Those of the places that lie in none of the others: where browsing begins."""
    lying = select(Parentage.place_id).where(Parentage.parent_id.in_(place_ids), holds_on(on))
    rows = session.scalars(select(Place).where(Place.id.in_(place_ids), Place.id.not_in(lying)))
    return _with_counts(session, rows, on, language)


def top_place(session: Session, on: date) -> PlaceLine | None:
    """The one that lies in no other; None before there is any."""
    lying = select(Parentage.place_id).where(holds_on(on))
    rows = select(Place).where(Place.id.not_in(lying), Place.retired_on.is_(None)).order_by(Place.id).limit(1)
    place = session.scalar(rows)
    return None if place is None else _line(place)


def has_page(session: Session, kinds: Collection[PlaceKind]) -> bool:
    """Whether a place of one of these kinds has a page of results. Ends at the first, nearly always the top."""
    wanted = Place.kind.in_([kind.value for kind in kinds]), Place.page.is_not(None), Place.retired_on.is_(None)
    return session.scalar(select(Place.id).where(*wanted).limit(1)) is not None


def search_places(
    session: Session,
    text: str,
    within: Collection[int] | None = None,
    *,
    on: date,
    language: str,
    kinds: Collection[PlaceKind] | None = None,
    retired: bool = False,
    limit: int = MOST_FOUND,
) -> tuple[PlaceLine, ...]:
    """Places by Hindi or English name or by code, the best match first; of equal ones by the reader's name.

    Every word must begin a word of the place's name or code, or of a place above it, so that "kotwali bhopal" finds
    the Kotwali of Bhopal. Case, nukta, and long or short vowels make no difference. `within` limits the search
    to these ids.
    """
    words = search_key(text).split()
    if not words:
        return ()
    tree = _Tree.load(session, on)
    ranked = []
    for line in tree.lines.values():
        if (within is not None and line.id not in within) or (kinds is not None and line.kind not in kinds):
            continue
        if line.retired_on is not None and not retired:
            continue
        rank = _rank(line, words, tree)
        if rank is not None:
            ranked.append((rank, *_order(line, language), line.id))
    return tuple(tree.with_surroundings(found[-1]) for found in sorted(ranked)[:limit])


def holders(session: Session, within: Collection[int], on: date, *, language: str) -> tuple[PlaceLine, ...]:
    """Places that can hold others and are not retired, from the top down: what a form offers as a parent."""
    tree = _Tree.load(session, on)
    lines = (line for line in tree.lines.values() if line.id in within and line.retired_on is None)
    held = (tree.with_surroundings(line.id) for line in lines if line.kind is not PlaceKind.OUTPOST)
    return _in_order(held, language)


def register_of(session: Session, place_id: int, on: date) -> tuple[PlaceLine, ...]:
    """The place and all below it that are open on a day: each followed by what lies in it, by kind and Hindi name.

    One order for both languages: it numbers files that are made in either.
    """
    tree = _Tree.load(session, on)
    below: dict[int | None, list[PlaceLine]] = defaultdict(list)
    for line in _in_order(tree.lines.values(), "hi"):
        below[tree.parents.get(line.id)].append(line)
    found, waiting = [], [tree.lines[place_id]]
    while waiting:
        line = waiting.pop()
        found.append(line)
        waiting += reversed(below[line.id])
    return tuple(line for line in found if line.retired_on is None or line.retired_on > on)


def known_places(session: Session) -> list[KnownPlace]:
    """Every place as it is now, for planning changes."""
    parent = aliased(Place)
    rows = session.execute(
        select(Place, parent.code, Parentage.from_on)
        .outerjoin(Parentage, (Parentage.place_id == Place.id) & Parentage.until_on.is_(None))
        .outerjoin(parent, parent.id == Parentage.parent_id)
        .order_by(Place.id)
    )
    return [
        KnownPlace(
            place.code,
            PlaceKind(place.kind),
            place.name,
            parent_code,
            place.retired_on,
            from_on,
            place.contact,
            place.group,
        )
        for place, parent_code, from_on in rows
    ]


@dataclass(frozen=True, slots=True)
class _Tree:
    """Every place and its parent on a day. A few thousand rows, so names are matched here, where both databases
    agree on letters."""

    lines: Mapping[int, PlaceLine]
    parents: Mapping[int, int]

    @classmethod
    def load(cls, session: Session, on: date) -> "_Tree":
        rows = session.execute(select(Parentage.place_id, Parentage.parent_id).where(holds_on(on)))
        parents = {row.place_id: row.parent_id for row in rows}
        return cls({place.id: _line(place) for place in session.scalars(select(Place))}, parents)

    def names_above(self, place_id: int) -> tuple[BilingualName, ...]:
        above: list[int] = []
        parent = self.parents.get(place_id)
        while parent is not None and parent not in above:
            above.append(parent)
            parent = self.parents.get(parent)
        return tuple(self.lines[one].name for one in above)

    def with_surroundings(self, place_id: int) -> PlaceLine:
        return replace(self.lines[place_id], within=self.names_above(place_id))


def _rank(line: PlaceLine, words: list[str], tree: _Tree) -> int | None:
    """0 if the words are the name or the code, 1 if they begin it, 2 if found in it, 3 with what lies above."""
    wanted = " ".join(words)
    own = [search_key(text) for text in (line.name.hi, line.name.en, line.code) if text]
    padded = f" {' '.join(own)}"
    found = sum(f" {word}" in padded for word in words)
    if not found:
        return None
    if wanted in own:
        return 0
    if any(text.startswith(wanted) for text in own):
        return 1
    if found == len(words):
        return 2
    for name in tree.names_above(line.id):
        padded += "".join(f" {search_key(text)}" for text in (name.hi, name.en) if text)
    return 3 if all(f" {word}" in padded for word in words) else None


def _with_counts(session: Session, places: Iterable[Place], on: date, language: str) -> tuple[PlaceLine, ...]:
    found = list(places)
    rows = session.execute(
        select(Parentage.parent_id, func.count())
        .join(Place, Place.id == Parentage.place_id)
        .where(Parentage.parent_id.in_([place.id for place in found]), holds_on(on), Place.retired_on.is_(None))
        .group_by(Parentage.parent_id)
    )
    counts = {row[0]: row[1] for row in rows}
    return _in_order((replace(_line(place), holds=counts.get(place.id, 0)) for place in found), language)


def _in_order(lines: Iterable[PlaceLine], language: str) -> tuple[PlaceLine, ...]:
    return tuple(sorted(lines, key=lambda line: _order(line, language)))


def _order(line: PlaceLine, language: str) -> tuple[int, str, str]:
    return line.kind.rank, line.name.sort_key(language), line.code


def _line(place: Place) -> PlaceLine:
    return PlaceLine(
        place.id, place.code, PlaceKind(place.kind), place.name, place.retired_on, page=place.page, group=place.group
    )

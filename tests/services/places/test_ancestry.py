"""Who lies above and below a place, on either database and by either way of asking."""

from datetime import date

from sqlalchemy.orm import Session

from app.models import Parentage
from app.services.places.ancestry import Ancestry, ancestors_of, subtree_ids
from tests.factories.places.places import add_place

BEFORE, MOVED, AFTER = date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)
LONG_AGO = date(1999, 1, 1)


def test_a_move_changes_the_tree_from_its_day_on(any_session: Session) -> None:
    state = add_place(any_session, kind="state")
    old, new = (add_place(any_session, kind="district", parent=state) for _ in range(2))
    station = add_place(any_session)
    outpost = add_place(any_session, kind="outpost", parent=station)
    any_session.add(Parentage(place_id=station.id, parent_id=old.id, from_on=date(2020, 1, 1), until_on=MOVED))
    any_session.add(Parentage(place_id=station.id, parent_id=new.id, from_on=MOVED))
    any_session.flush()
    ancestry = Ancestry.load(any_session)

    for day, parent, other in ((LONG_AGO, old, new), (BEFORE, old, new), (MOVED, new, old), (AFTER, new, old)):
        assert ancestors_of(any_session, outpost.id, day) == (station.id, parent.id, state.id)
        assert ancestry.ancestors(outpost.id, day) == (station.id, parent.id, state.id)
        assert subtree_ids(any_session, parent.id, day) == {parent.id, station.id, outpost.id}
        assert subtree_ids(any_session, other.id, day) == {other.id}
        everything = {state.id, old.id, new.id, station.id, outpost.id}
        assert subtree_ids(any_session, state.id, day) == everything
        for place in (state, old, new, station, outpost):
            assert ancestry.subtree(place.id, day) == subtree_ids(any_session, place.id, day)
            below = (subtree_ids(any_session, child, day) for child in ancestry.children(place.id, day))
            assert {place.id}.union(*below) == subtree_ids(any_session, place.id, day)
    assert [ancestry.changes_between(day, AFTER) for day in (LONG_AGO, BEFORE, MOVED, AFTER)] == [
        True,
        True,
        False,
        False,
    ]


def test_a_root_has_nothing_above_it(any_session: Session) -> None:
    state = add_place(any_session, kind="state")

    assert ancestors_of(any_session, state.id, AFTER) == ()
    assert Ancestry.load(any_session).ancestors(state.id, AFTER) == ()


def test_a_parentage_that_ended_leaves_no_parent(any_session: Session) -> None:
    state = add_place(any_session, kind="state")
    district = add_place(any_session, kind="district")
    any_session.add(Parentage(place_id=district.id, parent_id=state.id, from_on=date(2020, 1, 1), until_on=MOVED))
    any_session.flush()

    assert ancestors_of(any_session, district.id, MOVED) == ()
    assert Ancestry.load(any_session).ancestors(district.id, MOVED) == ()
    assert subtree_ids(any_session, state.id, MOVED) == {state.id}

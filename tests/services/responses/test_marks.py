"""Marks: what they name, and that they do not tell an order."""

from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models import TallyMark, Verdict
from app.services.responses.marks import Change, mark_changes, read_changes, read_ids
from tests.factories import add_responses
from tests.factories.figures.tree import SEVEN, WEEK, Tree


def test_ids_are_read_back_and_a_mark_without_any_names_none() -> None:
    ids = [UUID(int=number) for number in (1, 2, 3)]
    assert read_ids(b"".join(id_.bytes for id_ in ids)) == ids
    assert read_ids(None) == read_ids(b"") == []
    assert read_changes(None) == []


def test_a_change_is_marked_in_the_cell_of_its_answer(any_session: Session) -> None:
    tree = Tree(any_session)
    (one,) = add_responses(tree.session, tree.station, tree.version, WEEK, [{"overall": 5}])
    (two,) = add_responses(tree.session, tree.other, tree.version, WEEK + SEVEN, [{"overall": 5}], reasons=["late"])
    for id_, verdict in ((one, "set_aside"), (two, "counted")):
        row = {"response_id": id_, "sequence": 2, "verdict": verdict, "policy_version": 1, "week": WEEK}
        tree.session.execute(insert(Verdict), row)
    mark_changes(tree.session, [Change(one, 2), Change(two, 2)])
    mark_changes(tree.session, [])
    marks = tree.session.scalars(select(TallyMark).where(TallyMark.changes.is_not(None)))
    found = {(mark.place_id, mark.week): read_changes(mark.changes) for mark in marks}
    assert found == {
        (tree.station.id, WEEK): [Change(one, 2)],
        (tree.other.id, WEEK + SEVEN): [Change(two, 2)],
    }

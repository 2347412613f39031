"""New answers and changed verdicts, added to the cells that hold them."""

from uuid import UUID

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models import ReasonCell, Tally, Verdict, WaitingCell
from app.services.figures.counting.rebuilding import rebuild_tallies
from app.services.figures.tallies import count_marks, fold_marks
from app.services.responses.marks import Change, mark_changes
from tests.factories import add_responses
from tests.factories.figures.tree import WEEK, Tree


def judge(session: Session, id_: UUID, sequence: int, reasons: str = "[]") -> None:
    """A later verdict, as whoever gives one writes it."""
    verdict = "counted" if reasons == "[]" else "set_aside"
    row = {"response_id": id_, "sequence": sequence, "verdict": verdict, "reasons": reasons}
    session.execute(insert(Verdict), {**row, "policy_version": 1, "week": WEEK})
    mark_changes(session, [Change(id_, sequence)])


def kept(session: Session) -> list[object]:
    """Everything that is counted."""
    tables = (Tally.__table__, ReasonCell.__table__, WaitingCell.__table__)
    return [sorted(map(tuple, session.execute(select(table)))) for table in tables]


def waits(tree: Tree) -> list[tuple[int, int]]:
    rows = tree.session.execute(select(WaitingCell.counted, WaitingCell.set_aside))
    return [(counted, aside) for counted, aside in rows]


def reasons(tree: Tree, place_id: int) -> dict[str, int]:
    columns = select(ReasonCell.reason, ReasonCell.responses).where(ReasonCell.place_id == place_id)
    return dict(tree.session.execute(columns).all())


def test_reasons_are_counted_for_the_place_and_all_above(tree: Tree) -> None:
    tree.answer(tree.station, 2, reasons=["late", "expired"])
    tree.answer(tree.other, 1, reasons=["late"])
    fold_marks(tree.session)
    assert reasons(tree, tree.station.id) == {"late": 2, "expired": 2}
    assert reasons(tree, tree.district.id) == reasons(tree, tree.state.id) == {"late": 3, "expired": 2}


@pytest.mark.parametrize("folded_between", [True, False])
def test_a_changed_verdict_moves_the_answer_wherever_it_is_counted(tree: Tree, folded_between: bool) -> None:
    first, second, _ = add_responses(tree.session, tree.station, tree.version, WEEK, [{"overall": 5}] * 3)
    if folded_between:
        fold_marks(tree.session)
    judge(tree.session, first, 2, '["late"]')
    judge(tree.session, second, 2, '["expired"]')
    judge(tree.session, second, 3, '["expired","repeated"]')
    # However few are taken at a time, an answer is added before it is moved.
    while fold_marks(tree.session, limit=1).marks:
        pass
    assert waits(tree) == [(1, 2)]
    assert reasons(tree, tree.state.id) == {"late": 1, "expired": 1, "repeated": 1}
    judge(tree.session, first, 3)
    fold_marks(tree.session)
    assert waits(tree) == [(2, 1)]
    assert reasons(tree, tree.state.id) == {"expired": 1, "repeated": 1}
    before = kept(tree.session)
    rebuild_tallies(tree.session)
    assert kept(tree.session) == before


def test_what_is_in_a_block_waits_no_more_whatever_its_verdict_becomes(tree: Tree) -> None:
    ids = add_responses(tree.session, tree.station, tree.version, WEEK, [{"overall": 5}] * 11)
    judge(tree.session, ids[0], 2, '["late"]')
    tree.publish(0)
    judge(tree.session, ids[1], 2, '["late"]')
    fold_marks(tree.session)
    # One was set aside before, and too few to be told of with the block.
    assert waits(tree) == [(0, 1)]
    assert count_marks(tree.session) == 0

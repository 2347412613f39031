from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.weeks import FIRST_DAY
from app.models import ReceiptNumber, Redemption, SequenceRun, SlipBatch, SlipBatchPart, Tally
from app.services.figures.tallies import fold_marks
from app.services.responses.shuffling import spans
from app.services.responses.shuffling.companions import CROWD
from app.services.responses.shuffling.spans import SPAN, cells, receipts, redemptions, whole
from app.services.responses.shuffling.written_beside import keys, table
from app.web.context import context
from tests.factories import add_device, add_place, add_placement, add_serials, add_survey
from tests.services.responses.shuffling.answered import WEEK, answer


def rows_of(session: Session, name: str, conditions: object) -> list[set[tuple[object, ...]]]:
    of = table(name)
    return [set(map(tuple, session.execute(select(*keys(of)).where(which)))) for which in conditions]  # type: ignore[attr-defined]


def test_a_table_is_taken_whole_in_runs_that_overlap(any_session: Session) -> None:
    version, place = add_survey(any_session), add_place(any_session)
    device = add_device(any_session, add_placement(any_session, place, version, channel=Channel.KIOSK)).id
    runs = [{"device_id": device, "first": 2 * at, "last": 2 * at} for at in range(2 * SPAN + 10)]
    any_session.execute(insert(SequenceRun), runs)
    found = rows_of(any_session, "sequence_run", whole(any_session, "sequence_run"))
    assert set().union(*found) == {(device, run["first"]) for run in runs}
    assert [len(run) for run in found] == [SPAN, SPAN + 200, 210]
    assert list(whole(any_session, "code_slot")) == []


def test_of_tallies_the_cells_of_the_week_are_taken(any_session: Session) -> None:
    answer(any_session, (2,) * 30)
    answer(any_session, (2,) * 5, WEEK - timedelta(weeks=1))
    fold_marks(any_session)
    found = rows_of(any_session, "tally", cells(any_session, "tally", WEEK))
    wanted = select(*keys(table("tally"))).where(Tally.week == WEEK)
    assert found == [set(map(tuple, any_session.execute(wanted)))]
    assert len(found[0]) == 30


def test_confirmation_numbers_are_taken_from_a_week_on_with_a_crowd_before_them(any_session: Session) -> None:
    def numbers(week: date, number: int) -> set[tuple[object, ...]]:
        any_session.execute(insert(ReceiptNumber), [{"week": week, "number": at, "times": 1} for at in range(number)])
        return {(week, at) for at in range(number)}

    before, present = WEEK - timedelta(weeks=1), WEEK + timedelta(weeks=1)
    assert list(receipts(any_session, WEEK)) == []
    old = numbers(before, 100)
    assert list(receipts(any_session, WEEK)) == []
    few, later = numbers(WEEK, 10), numbers(present, 5)
    (taken,) = rows_of(any_session, "receipt", receipts(any_session, WEEK))
    assert taken == few | later | {(before, at) for at in range(100 - (CROWD - 15), 100)}
    many = numbers(present + timedelta(weeks=1), SPAN)
    found = rows_of(any_session, "receipt", receipts(any_session, WEEK))
    assert set().union(*found) == few | later | many
    assert set().union(*rows_of(any_session, "receipt", receipts(any_session, FIRST_DAY))) == old | few | later | many


def batch(session: Session, used: int) -> tuple[int, set[tuple[object, ...]]]:
    """A batch with slips of two places, of which so many were used at each; one of its codes, and the marks."""
    version = add_survey(session)
    parts = [add_placement(session, add_place(session), version, channel=Channel.SLIP) for _ in range(2)]
    about = {"channel": "slip", "survey_id": version.survey_id, "place_id": parts[0].place_id}
    made = SlipBatch(**about, issued_on=WEEK, expires_on=WEEK)
    session.add(made)
    session.flush()
    marks = set()
    for part in parts:
        session.add(SlipBatchPart(placement_id=part.id, batch_id=made.id, size=used, first_pack=1, last_pack=1))
        tokens = add_serials(session, part, used, context().codes)
        mine = [context().codes.serial_mark(token) for token in tokens]
        session.execute(insert(Redemption), [{"mark": mark} for mark in mine])
        marks.update((mark,) for mark in mine)
    session.flush()
    return parts[0].id, marks


def test_redemptions_are_taken_whole_while_they_are_few_and_then_by_batches(
    any_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, oldest = batch(any_session, 40)
    code, touched = batch(any_session, 40)
    _, newest = batch(any_session, 20)
    few, small = batch(any_session, 5)
    everything = oldest | touched | newest | small

    def taken(*codes: int) -> set[tuple[object, ...]]:
        return set().union(*rows_of(any_session, "redemption", redemptions(any_session, codes)))

    assert taken(code) == taken() == everything
    monkeypatch.setattr(spans, "FEW_SLIPS", 10)
    assert taken(code) == touched
    # A batch that is too small by itself goes with the newest others.
    assert taken(few) == small | newest | touched
    assert taken() == set()

"""Whoever has the database and not the key: what he alters, adds or takes away is named. On both databases."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Executable, delete, insert, select, update

from app.domain.record.multiset import MODULUS, Multiset, element
from app.models import Arrival, Placement, Response, SealWeek, SurveyVersion, Verdict
from app.services.responses.seals.verification import marks_of_week, verify_seals
from app.transaction import reading, transaction
from tests.services.responses.sending import incoming, send

pytestmark = pytest.mark.both_databases
WEEK = date(2026, 6, 8)
Send = Callable[[int], list[UUID]]


def found() -> list[str]:
    with reading() as session:
        return list(verify_seals(session))


def change(*statements: Executable) -> None:
    with transaction() as session:
        for statement in statements:
            session.execute(statement)


def take_away(ids: Sequence[UUID]) -> None:
    of = [model.response_id.in_(ids) for model in (Verdict, Arrival)]
    change(delete(Verdict).where(of[0]), delete(Arrival).where(of[1]), delete(Response).where(Response.id.in_(ids)))


def copied(model: type[Response] | type[Verdict], id_: UUID, **changes: Any) -> Executable:
    """A row like this one, inserted under another id."""
    with reading() as session:
        column = Response.id if model is Response else Verdict.response_id
        row = session.scalars(select(model).where(column == id_)).one()
        values = {column.name: getattr(row, column.name) for column in model.__table__.columns}
    return insert(model).values(**values | changes)


def test_nothing_is_found_where_nobody_did_anything(sent: Send) -> None:
    sent(12)
    assert found() == []


def test_an_answer_that_is_gone_is_missed(sent: Send) -> None:
    take_away(sent(12)[:1])
    assert found() == [
        f"of the week {WEEK} 1 {what} are gone: 11 are there, and 12 were sealed" for what in ("answers", "verdicts")
    ]


def test_an_answer_that_was_altered_is_named(sent: Send) -> None:
    id_ = sent(12)[3]
    change(update(Response).where(Response.id == id_).values(answers='{"heard":5,"respect":5}'))
    assert found() == [f"answer {id_} of the week {WEEK} was altered, or added by somebody else"]


@pytest.mark.parametrize(
    "changes",
    [{"channel": "kiosk"}, {"evidence": "sampled"}, {"language": "en"}, {"digest": bytes(32)}, {"broken": "{}"}],
    ids=str,
)
def test_whatever_is_altered_of_it_is_seen(sent: Send, changes: dict[str, Any]) -> None:
    id_ = sent(2)[0]
    change(update(Response).where(Response.id == id_).values(**changes))
    assert len(found()) == 1


def test_an_answer_that_is_moved_to_another_week_is_named_and_missed_there(sent: Send) -> None:
    id_ = sent(12)[3]
    change(update(Response).where(Response.id == id_).values(week=date(2026, 6, 1)))
    assert found() == [
        f"answer {id_} of the week 2026-06-01 was altered, or added by somebody else",
        "of the week 2026-06-01 1 answers are there that were never sealed",
        f"of the week {WEEK} 1 answers are gone: 11 are there, and 12 were sealed",
    ]


def test_an_answer_that_was_added_is_named_with_a_mark_and_without(sent: Send) -> None:
    like, new = sent(12)[0], uuid4()
    change(copied(Response, like, id=new), copied(Verdict, like, response_id=new))
    told = found()
    assert f"answer {new} of the week {WEEK} was altered, or added by somebody else" in told
    assert f"of the week {WEEK} 1 answers are there that were never sealed" in told
    change(update(Response).where(Response.id == new).values(mark=None))
    assert f"answer {new} of the week {WEEK} has no mark" in found()


def test_an_answer_that_takes_the_place_of_another_is_named(sent: Send) -> None:
    old, like = sent(12)[:2]
    new = uuid4()
    take_away([old])
    change(copied(Response, like, id=new), copied(Verdict, like, response_id=new))
    told = found()
    assert f"answer {new} of the week {WEEK} was altered, or added by somebody else" in told
    assert f"in the week {WEEK} answers were exchanged" in told


def test_a_verdict_that_was_flipped_is_named(sent: Send) -> None:
    id_ = sent(12)[5]
    change(update(Verdict).where(Verdict.response_id == id_).values(verdict="set_aside"))
    assert found() == [f"verdict 1 about the answer {id_} of the week {WEEK} was altered, or added by somebody else"]


def test_a_later_verdict_that_nobody_gave_is_named(sent: Send) -> None:
    id_ = sent(12)[5]
    change(copied(Verdict, id_, sequence=2, verdict="set_aside", account_id=None))
    told = found()
    assert f"verdict 2 about the answer {id_} of the week {WEEK} was altered, or added by somebody else" in told
    assert f"of the week {WEEK} 1 verdicts are there that were never sealed" in told


def test_who_divides_an_answer_out_of_the_seal_is_seen_by_it(sent: Send) -> None:
    """He knows how seals are made, and has not the key. What is sealed afterwards does not make it whole."""
    id_ = sent(12)[0]
    with reading() as session:
        mark, seal = session.scalar(select(Response.mark).where(Response.id == id_)), session.get_one(SealWeek, WEEK)
    assert mark is not None
    without = int.from_bytes(seal.answers_product, "little") * pow(element(mark), -1, MODULUS) % MODULUS
    take_away([id_])
    change(update(SealWeek).values(answers=11, answers_product=without.to_bytes(384, "little")))
    assert f"the seal of the week {WEEK} was altered" in found()
    sent(3)
    assert f"the seal of the week {WEEK} was altered" in found()


def test_what_has_just_arrived_is_not_missed(posted: tuple[Placement, SurveyVersion]) -> None:
    send(incoming(posted, {"respect": 5}))
    assert found() == []
    with reading() as session:
        assert marks_of_week(session, WEEK) == []


def test_marks_of_a_week_multiply_to_its_seal(sent: Send) -> None:
    sent(12)
    with reading() as session:
        marks, seal = marks_of_week(session, WEEK), session.get_one(SealWeek, WEEK)
    assert marks == sorted(marks)
    assert Multiset().with_all(marks) == Multiset(seal.answers, int.from_bytes(seal.answers_product, "little"))


def test_an_answer_that_is_no_json_any_more_is_named_and_stops_nothing(sent: Send) -> None:
    ids = sent(3)
    for id_, answers in zip(ids, ("[", '["comment"]', "[" * 5_000), strict=True):
        change(update(Response).where(Response.id == id_).values(answers=answers))
    assert len(found()) == 3


def test_how_far_it_has_come_is_told(sent: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.responses.seals.verification._AT_ONCE", 1)
    sent(30)
    told: list[int] = []
    with reading() as session:
        assert list(verify_seals(session, told.append)) == []
    assert told == [20, 40, 60]


def test_a_seal_that_is_none_is_a_finding(sent: Send) -> None:
    sent(3)
    for values in ({"answers_product": b"x"}, {"verdicts": -1}):
        change(update(SealWeek).values(values))
        assert f"the seal of the week {WEEK} was altered" in found()

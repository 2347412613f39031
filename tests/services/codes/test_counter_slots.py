"""Two counted answers a code of a counter screen, on both databases, whoever races, and no way back to the minute."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.codes.channel import Channel
from app.domain.codes.counter_code import code_at, step_of
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.responses.response import Incoming, Receipt, Status
from app.formats.canonical_json import write_json
from app.models import Base, CodeSlot, Response, Verdict
from app.services.codes.counter_slots import forget_slots
from app.services.responses.ingest import ingest_batch
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_place, add_placement, add_survey
from tests.services.responses.sending import sent_at_once

NOW = datetime(2026, 6, 10, 6, 30, tzinfo=UTC)
STEP = step_of(NOW)
CLIENTS = 20

pytestmark = pytest.mark.both_databases


class Screen:
    def __init__(self) -> None:
        with transaction() as session:
            version = add_survey(session)
            self.version = version.id
            self.placement = add_placement(session, add_place(session), version, channel=Channel.COUNTER).id

    def code(self, step: int = STEP) -> Token:
        return code_at(0, self.placement, step)

    def answer(self, token: Token, id_: UUID | None = None, answers: dict[str, object] | None = None) -> Incoming:
        given = {"overall": 4} if answers is None else answers
        return Incoming(
            id=id_ or uuid4(),
            token=token,
            survey_version_id=self.version,
            language="hi",
            claimed_week=None,
            stamp=Stamp.at(NOW, 0, self.placement, token.time_step),
            body=write_json(given),
            answers=given,
        )


@pytest.fixture
def screen(app: Flask, database: str) -> Screen:
    return Screen()


def send(*batch: Incoming, now: datetime = NOW) -> list[Receipt]:
    with transaction() as session:
        return ingest_batch(session, batch, ingest=context().ingest, now=now)


def verdicts() -> Counter[tuple[str, ...]]:
    with reading() as session:
        rows = session.execute(select(Verdict.verdict, Verdict.reasons))
        return Counter((verdict, *json.loads(reasons)) for verdict, reasons in rows)


def slots() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(CodeSlot)) or 0


def test_twenty_clients_with_one_code_and_two_of_them_are_counted(app: Flask, screen: Screen) -> None:
    receipts = sent_at_once(app, CLIENTS, lambda: screen.answer(screen.code()), NOW)
    # Nobody is told: whoever stuffs would know when to go on.
    assert {receipt.status for receipt in receipts} == {Status.STORED}
    assert verdicts() == {("counted",): 2, ("set_aside", "code_crowded"): CLIENTS - 2}
    assert slots() == 2


def test_batches_with_the_same_codes_in_opposite_order_do_not_wait_for_each_other(app: Flask, screen: Screen) -> None:
    start = Barrier(4)
    codes = [screen.code(STEP - at) for at in range(5)]

    def one(which: int) -> None:
        with app.app_context():
            batch = [screen.answer(code) for code in (codes if which % 2 else codes[::-1])]
            start.wait()
            send(*batch)

    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(one, range(4)))
    assert verdicts() == {("counted",): 10, ("set_aside", "code_crowded"): 10}


def test_of_one_batch_the_first_two_count(screen: Screen) -> None:
    batch = [screen.answer(screen.code()) for _ in range(4)]
    send(*batch)
    with reading() as session:
        counted = set(session.scalars(select(Verdict.response_id).where(Verdict.verdict == "counted")))
    assert counted == {batch[0].id, batch[1].id}


def test_each_code_and_each_screen_has_places_of_its_own(screen: Screen) -> None:
    other = Screen()
    send(*(screen.answer(screen.code(step)) for step in (STEP, STEP, STEP - 1, STEP - 1)))
    send(*(other.answer(other.code()) for _ in range(2)))
    assert verdicts() == {("counted",): 6}


def test_what_is_set_aside_for_another_reason_takes_no_place(screen: Screen) -> None:
    send(*(screen.answer(screen.code(), answers={}) for _ in range(5)))
    assert slots() == 0
    send(*(screen.answer(screen.code()) for _ in range(2)))
    assert verdicts() == {("set_aside", "empty"): 5, ("counted",): 2}


def test_sending_again_takes_no_second_place(screen: Screen) -> None:
    mine = screen.answer(screen.code())
    send(mine)
    assert [receipt.status for receipt in send(mine)] == [Status.DUPLICATE]
    assert slots() == 1


def test_a_transaction_that_fails_takes_no_place(screen: Screen) -> None:
    def broken_off() -> None:
        with transaction() as session:
            ingest_batch(session, [screen.answer(screen.code())], ingest=context().ingest, now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert slots() == 0


def test_the_number_on_the_screen_takes_no_place(screen: Screen) -> None:
    typed = Token(Channel.TYPED, 0, screen.placement)
    send(*(screen.answer(typed) for _ in range(3)))
    assert (slots(), verdicts()) == (0, {("counted",): 3})
    with reading() as session:
        assert set(session.scalars(select(Response.evidence))) == {"open"}


def test_a_code_of_another_time_is_kept_and_set_aside(screen: Screen) -> None:
    with_other_stamp = screen.answer(screen.code(STEP - 30))
    object.__setattr__(with_other_stamp, "stamp", Stamp.at(NOW, 0, screen.placement, STEP))
    assert [receipt.status for receipt in send(with_other_stamp)] == [Status.STORED]
    assert verdicts() == {("set_aside", "code_stale"): 1}


def test_no_table_leads_from_a_code_to_an_answer(screen: Screen) -> None:
    """Not by a column, not by a time, and not by the minute, which stands in no table at all."""
    token = screen.code()
    send(screen.answer(token))
    mark = context().codes.code_mark(token)
    with reading() as session:
        tables = {name: session.execute(select(table)).all() for name, table in Base.metadata.tables.items()}
    for name, rows in tables.items():
        told = repr([tuple(row) for row in rows])
        assert str(STEP) not in told
        assert (repr(mark) in told) == (name == "code_slot")
    assert Base.metadata.tables["code_slot"].columns.keys() == ["mark", "slot", "week"]


def test_places_are_forgotten_when_an_answer_could_only_be_late(screen: Screen) -> None:
    sunday = datetime(2026, 6, 14, 18, 29, tzinfo=UTC)
    held = screen.answer(screen.code(step_of(sunday)))
    send(held, now=sunday)
    last_good = sunday + timedelta(days=30)
    with transaction() as session:
        assert forget_slots(session, last_good.date() + timedelta(days=1)) == 0
    with transaction() as session:
        assert forget_slots(session, date(2026, 7, 17)) == 1
    assert slots() == 0

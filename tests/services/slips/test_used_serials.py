"""One slip, one counted answer, on both databases: whoever races, and without a way back to the slip."""

import json
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.codes.channel import Channel
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.responses.response import Incoming, Receipt, Status
from app.formats.canonical_json import write_json
from app.models import Base, Redemption, Serial, Verdict
from app.services.codes.serials import is_cancelled
from app.services.responses.ingest import ingest_batch
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_place, add_placement, add_serials, add_survey
from tests.services.responses.sending import sent_at_once

NOW = datetime(2026, 6, 10, 6, tzinfo=UTC)
CLIENTS = 20

pytestmark = pytest.mark.both_databases


class Slips:
    """Five slips of one place."""

    def __init__(self, channel: Channel = Channel.SLIP) -> None:
        with transaction() as session:
            version = add_survey(session)
            self.version = version.id
            self.placement = add_placement(session, add_place(session), version, channel=channel)
            self.tokens = add_serials(session, self.placement, 5, context().codes)

    def answer(self, token: Token, id_: UUID | None = None, overall: int = 4) -> Incoming:
        return Incoming(
            id=id_ or uuid4(),
            token=token,
            survey_version_id=self.version,
            language="hi",
            claimed_week=None,
            stamp=Stamp.at(NOW, 0, self.placement.id),
            body=write_json({"overall": overall}),
            answers={"overall": overall},
        )


@pytest.fixture
def slips(app: Flask, database: str) -> Slips:
    return Slips()


def send(*batch: Incoming) -> list[Receipt]:
    with transaction() as session:
        return ingest_batch(session, batch, ingest=context().ingest, now=NOW)


def verdicts(ids: Sequence[UUID] | None = None) -> Counter[tuple[str, ...]]:
    with reading() as session:
        chosen = select(Verdict.verdict, Verdict.reasons)
        rows = session.execute(chosen if ids is None else chosen.where(Verdict.response_id.in_(ids)))
        return Counter((verdict, *json.loads(reasons)) for verdict, reasons in rows)


def redeemed() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Redemption)) or 0


def test_twenty_clients_with_one_slip_and_one_of_them_is_counted(app: Flask, slips: Slips) -> None:
    receipts = sent_at_once(app, CLIENTS, lambda: slips.answer(slips.tokens[0]), NOW)
    # Beside what is its own, it is the same for all.
    assert [replace(each, id=None, number=None) for each in receipts] == [Receipt(None, Status.STORED)] * CLIENTS
    assert verdicts() == {("counted",): 1, ("set_aside", "serial_used"): CLIENTS - 1}
    assert redeemed() == 1


def test_batches_with_the_same_slips_in_opposite_order_do_not_wait_for_each_other(app: Flask, slips: Slips) -> None:
    start = Barrier(4)

    def one(which: int) -> None:
        with app.app_context():
            batch = [slips.answer(token) for token in (slips.tokens if which % 2 else slips.tokens[::-1])]
            start.wait()
            send(*batch)

    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(one, range(4)))
    assert verdicts() == {("counted",): 5, ("set_aside", "serial_used"): 15}


def test_of_one_batch_the_first_counts(slips: Slips) -> None:
    batch = [slips.answer(slips.tokens[0]) for _ in range(3)]
    send(*batch)
    assert verdicts([batch[0].id]) == {("counted",): 1}
    assert verdicts() == {("counted",): 1, ("set_aside", "serial_used"): 2}


def test_sending_again_is_the_same_answer(slips: Slips) -> None:
    first, second = slips.answer(slips.tokens[0]), slips.answer(slips.tokens[0])
    send(first)
    send(second)
    again = send(first, second)
    assert [receipt.status for receipt in again] == [Status.DUPLICATE] * 2
    assert redeemed() == 1


def test_a_transaction_that_fails_burns_nothing(slips: Slips) -> None:
    def broken_off() -> None:
        with transaction() as session:
            ingest_batch(session, [slips.answer(slips.tokens[0])], ingest=context().ingest, now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert redeemed() == 0
    send(slips.answer(slips.tokens[0]))
    assert verdicts() == {("counted",): 1}


def test_a_rejected_answer_burns_nothing(slips: Slips) -> None:
    foreign = replace(slips.answer(slips.tokens[0]), survey_version_id=99)
    assert [receipt.status for receipt in send(foreign)] == [Status.REJECTED]
    assert redeemed() == 0


def test_a_cancelled_slip_is_set_aside_and_a_slip_that_never_was_too(slips: Slips) -> None:
    with transaction() as session:
        session.get_one(Serial, context().codes.serial_mark(slips.tokens[0])).cancelled_on = date(2026, 6, 1)
    made_up = Token(Channel.SLIP, 0, slips.placement.id, serial=b"forged")
    receipts = send(slips.answer(slips.tokens[0]), slips.answer(made_up), slips.answer(slips.tokens[1]))
    assert [replace(receipt, id=None, number=None) for receipt in receipts] == [Receipt(None, Status.STORED)] * 3
    assert verdicts() == {("set_aside", "serial_cancelled"): 1, ("set_aside", "serial_unknown"): 1, ("counted",): 1}
    assert redeemed() == 1
    with reading() as session:
        marks = [context().codes.serial_mark(token) for token in slips.tokens[:2]]
        assert [is_cancelled(session, mark) for mark in marks if mark] == [True, False]


def test_invitations_are_redeemed_alike(app: Flask, database: str) -> None:
    invitations = Slips(Channel.INVITE)
    send(*(invitations.answer(invitations.tokens[0]) for _ in range(2)))
    assert verdicts() == {("counted",): 1, ("set_aside", "serial_used"): 1}


def test_the_typed_number_of_a_slip_redeems_nothing(slips: Slips) -> None:
    typed = Token(Channel.TYPED, 0, slips.placement.id)
    send(slips.answer(typed), slips.answer(typed))
    assert (redeemed(), verdicts()) == (0, {("counted",): 2})


def test_no_table_leads_from_a_slip_to_an_answer(slips: Slips) -> None:
    """Not by a column, not by a time, and not by the serial, which stands in no table at all."""
    token = slips.tokens[0]
    answer = slips.answer(token)
    send(answer)
    with reading() as session:
        tables = {name: session.execute(select(table)).all() for name, table in Base.metadata.tables.items()}
    mark = context().codes.serial_mark(token)
    assert token.serial is not None
    for name, rows in tables.items():
        told = repr([tuple(row) for row in rows])
        assert repr(token.serial)[2:-1] not in told
        assert (repr(mark) in told) == (name in ("serial", "redemption"))
    for name in ("serial", "redemption", "batch_part"):
        columns = Base.metadata.tables[name].columns
        assert not {"response_id", "redeemed_at", "redeemed_on", "used_at", "used_on", "week"} & set(columns.keys())
    assert Base.metadata.tables["redemption"].columns.keys() == ["mark"]

"""Rows that are rewritten while others write."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select, text, true
from sqlalchemy.orm import Session

from app.domain.responses.response import Incoming, Receipt, Status
from app.extensions import db
from app.models import ConflictingCopy, ReceiptNumber, Response, Verdict
from app.services.record.receipts import count_receipts
from app.services.responses.shuffling.rewriting import rewrite_responses, rewrite_rows
from app.services.responses.shuffling.written_beside import OF_A_RESPONSE, id_column, table
from app.transaction import reading, transaction
from app.upkeep import is_sqlite
from tests.services.responses.sending import NOW, Posted, incoming, send
from tests.services.responses.shuffling.answered import answer
from tests.thief.days import seeded

pytestmark = pytest.mark.both_databases


def test_rows_come_back_as_they_were_in_an_order_of_dice(any_session: Session) -> None:
    (ids,) = answer(any_session, (70,)).values()
    tables = [table(name) for name in OF_A_RESPONSE]
    before = [set(map(tuple, any_session.execute(select(one)))) for one in tables]
    assert rewrite_responses(any_session, ids[:60], seeded(1)) == 60
    assert [set(map(tuple, any_session.execute(select(one)))) for one in tables] == before
    if not is_sqlite():
        lying = any_session.scalars(text("SELECT id FROM response ORDER BY ctid")).all()
        assert lying[:10] == ids[60:]
        assert lying[10:] not in (ids[:60], sorted(ids[:60]))


def test_of_one_table_alone_rows_are_rewritten_beside_the_others(any_session: Session) -> None:
    (ids,) = answer(any_session, (20,)).values()
    ids.sort()
    column = id_column("verdict")
    assert rewrite_rows(any_session, "verdict", column.between(ids[3], ids[12]), seeded(1)) == 10
    assert any_session.scalar(select(func.count()).select_from(Verdict)) == 20


def while_rewriting(
    app: Flask, others: Callable[[], list[Receipt]], rewrite: Callable[[Session], int]
) -> list[Receipt]:
    """What others get who come while rows are deleted and not yet there again for anybody."""

    def come() -> list[Receipt]:
        with app.app_context():
            return others()

    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction() as session:
            rewrite(session)
            coming = pool.submit(come)
            if not is_sqlite():
                wait_until_one_waits(coming)
        return coming.result()


def responses(batch: list[Incoming]) -> Callable[[Session], int]:
    return lambda session: rewrite_responses(session, [item.id for item in batch], seeded(1))


def wait_until_one_waits(coming: Future[list[Receipt]]) -> None:
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.scalar(waiting):
            assert not coming.done(), coming.result()


def sent(posted: Posted, number: int) -> list[Incoming]:
    batch = [incoming(posted, {"overall": at % 5 + 1}) for at in range(number)]
    assert {receipt.status for receipt in send(*batch)} == {Status.STORED}
    return batch


def test_a_second_sending_waits_and_finds_its_answer_known(app: Flask, posted: Posted) -> None:
    batch = sent(posted, 60)
    fresh = incoming(posted, {"overall": 5})
    receipts = while_rewriting(app, lambda: send(batch[7], fresh, batch[3]), responses(batch))
    assert [receipt.status for receipt in receipts] == [Status.DUPLICATE, Status.STORED, Status.DUPLICATE]
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 61
        assert session.scalar(select(func.count()).select_from(Verdict)) == 61


def test_another_body_under_a_known_id_waits_and_is_kept_as_a_copy(app: Flask, posted: Posted) -> None:
    batch = sent(posted, 60)
    other = incoming(posted, {"overall": 1, "respect": 1}, batch[7].id)
    (receipt,) = while_rewriting(app, lambda: send(other), responses(batch))
    assert receipt.status is Status.STORED
    with reading() as session:
        assert session.scalars(select(ConflictingCopy.response_id)).all() == [batch[7].id]


def test_a_number_that_comes_again_waits_and_is_counted(app: Flask) -> None:
    def count() -> list[Receipt]:
        with transaction() as session:
            count_receipts(session, [7, 8, 1000], NOW)
        return []

    with transaction() as session:
        count_receipts(session, range(60), NOW)
    while_rewriting(app, count, lambda session: rewrite_rows(session, "receipt", true(), seeded(1)))
    with reading() as session:
        kept = dict(session.execute(select(ReceiptNumber.number, ReceiptNumber.times)).all())
    assert kept == dict.fromkeys([*range(60), 1000], 1) | {7: 2, 8: 2}

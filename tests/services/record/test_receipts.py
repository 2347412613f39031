"""Numbers are counted as they come, on both databases, whoever sends at once and whatever the clock shows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import ReceiptList, ReceiptNumber
from app.services.record.receipts import count_receipts
from app.transaction import reading, transaction

SUNDAY = datetime(2026, 12, 6, 18, 29, 59, tzinfo=UTC)
MONDAY = SUNDAY + timedelta(seconds=1)
WEEK, NEXT = date(2026, 11, 30), date(2026, 12, 7)


def counted(session: Session) -> list[tuple[date, int, int]]:
    rows = select(ReceiptNumber.week, ReceiptNumber.number, ReceiptNumber.times)
    return [tuple(row) for row in session.execute(rows.order_by(ReceiptNumber.week, ReceiptNumber.number))]


def test_a_number_counts_in_the_week_of_the_servers_clock_as_often_as_it_came(any_session: Session) -> None:
    count_receipts(any_session, [7, 10**12 - 1, 7], SUNDAY)
    count_receipts(any_session, [7], MONDAY)
    count_receipts(any_session, [], MONDAY)
    assert counted(any_session) == [(WEEK, 7, 2), (WEEK, 10**12 - 1, 1), (NEXT, 7, 1)]


def test_a_week_whose_list_was_published_gets_none_were_the_clock_put_back(any_session: Session) -> None:
    any_session.add(ReceiptList(first_week=WEEK, last_week=WEEK, numbers=50, part_digits=0, digest="00"))
    any_session.flush()
    count_receipts(any_session, [1], SUNDAY)
    count_receipts(any_session, [2], SUNDAY - timedelta(days=400))
    count_receipts(any_session, [3], MONDAY + timedelta(days=7))
    assert counted(any_session) == [(NEXT, 1, 1), (NEXT, 2, 1), (date(2026, 12, 14), 3, 1)]


@pytest.mark.both_databases
def test_of_senders_at_once_none_is_lost_and_none_waits_for_ever(app: Flask) -> None:
    """They send the same numbers in different orders, as whoever wants to disturb can."""
    start, orders = Barrier(6), ([1, 2, 3], [3, 2, 1], [2, 3, 1])

    def send(at: int) -> None:
        with app.app_context():
            start.wait()
            for _ in range(10):
                with transaction() as session:
                    count_receipts(session, orders[at % 3], SUNDAY)

    with ThreadPoolExecutor(max_workers=6) as pool:
        list(pool.map(send, range(6)))
    with reading() as session:
        assert counted(session) == [(WEEK, number, 60) for number in (1, 2, 3)]

"""Lists of cases, closed as headquarters closes them."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.codes.channel import Evidence
from app.domain.draws.case_list import SALT_BYTES, ListOrder, SeedFrom, root_over
from app.domain.slips.slip_batch import Assurance
from app.services.draws.case_lists import close_list
from app.workflows.links.draws import draw_from_list

#: a Monday at noon
CLOSED = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
SEED_DAY = CLOSED + timedelta(days=7)
THROWN = "1234561234" * 5


def case_digests(cases: int) -> bytes:
    return b"".join(hashlib.sha256(f"case {number}".encode()).digest() for number in range(cases))


def list_order(place_id: int, cases: int = 20, **changes: Any) -> ListOrder:
    """An order that will do: five of the cases are drawn, and invited with four decoys among them."""
    order = ListOrder(
        place_id=place_id,
        quarter=date(2026, 10, 1),
        evidence=Evidence.INVITED,
        all_cases=cases + 10,
        contactable=cases + 3,
        draw=5,
        decoys=4,
        seed_from=SeedFrom.DICE,
        seed_source=None,
        seed_on=date(2026, 11, 30),
        left_out=frozenset(Assurance),
        digests=case_digests(cases),
    )
    return replace(order, **changes)


def draw(list_id: int, text: str = THROWN, *, keeps_record: bool = False, now: datetime = SEED_DAY) -> None:
    """In a transaction of its own."""
    draw_from_list(list_id, text, keeps_record=keeps_record, actor_id=None, now=now)


def close(session: Session, order: ListOrder, now: datetime = CLOSED) -> int:
    salts = bytes(range(SALT_BYTES)) * order.cases
    return close_list(session, order, salts, root_over(order.digests, salts), actor_id=None, now=now)

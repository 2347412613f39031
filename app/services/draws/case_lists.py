"""Closing lists of cases."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.placement import PLACE_RETIRED
from app.domain.draws.case_digests import DIGEST_BYTES, digest_at
from app.domain.draws.case_list import LIST_CLOSED, LIST_UNKNOWN, ListOrder, check_list
from app.domain.problem import Problem
from app.domain.quarter import quarter_label
from app.domain.weeks import day_of
from app.models import CaseList, Place
from app.services.record.audit import record


def require_closable(session: Session, order: ListOrder, now: datetime) -> None:
    """Problems `case_list.…` and `placement.place_retired` if the list cannot be closed like this today."""
    place = session.get_one(Place, order.place_id)
    same = select(CaseList.id).where(CaseList.place_id == order.place_id, CaseList.quarter == order.quarter)
    if session.scalar(same) is not None:
        raise Problem(LIST_CLOSED, place=place.code, quarter=quarter_label(order.quarter))
    if place.retired_on is not None:
        raise Problem(PLACE_RETIRED)
    check_list(order, day_of(now))


def close_list(
    session: Session, order: ListOrder, salts: bytes, root: bytes, *, actor_id: int | None, now: datetime
) -> int:
    """Close the list; its id. `root` is that over the salted digests. The same problems, and then nothing is closed."""
    place = _hold_place(session, order.place_id)
    require_closable(session, order, now)
    row = CaseList(
        place_id=order.place_id,
        quarter=order.quarter,
        evidence=order.evidence.value,
        all_cases=order.all_cases,
        cases=order.cases,
        contactable=order.contactable,
        draw=order.draw,
        decoys=order.decoys,
        root=root,
        seed_from=order.seed_from.value,
        seed_source=order.seed_source,
        seed_on=order.seed_on,
        closed_on=day_of(now),
        closed_by=actor_id,
        digests=order.digests,
        salts=salts,
    )
    session.add(row)
    session.flush()
    details = {
        "place": place.code,
        "quarter": quarter_label(order.quarter),
        "cases": order.cases,
        "draw": order.draw,
        "decoys": order.decoys,
        "root": root.hex(),
        "seed_from": order.seed_from.value,
        "seed_source": order.seed_source,
        "seed_on": order.seed_on.isoformat(),
        "left_out": sorted(order.left_out),
    }
    record(session, "case_list.closed", f"case_list:{row.id}", actor_id, details, now)
    return row.id


def _hold_place(session: Session, place_id: int) -> Place:
    """Whoever closes a list of it at the same moment waits, and then finds it closed. Answers about it do not wait."""
    return session.get_one(Place, place_id, with_for_update={"key_share": True})


def hold_list(session: Session, list_id: int) -> CaseList:
    """The list, which nobody else draws or makes invitations from before the commit; Problem `case_list.unknown`."""
    row = session.get(CaseList, list_id, with_for_update=True)
    if row is None:
        raise Problem(LIST_UNKNOWN)
    return row


def cases_listed_twice(session: Session, order: ListOrder) -> int:
    """How many of its cases stand on other lists of the same quarter: a state's and a station's, say."""
    others = session.scalars(select(CaseList.digests).where(CaseList.quarter == order.quarter))
    known = {digest_at(digests, at) for digests in others for at in range(len(digests) // DIGEST_BYTES)}
    return sum(digest_at(order.digests, at) in known for at in range(order.cases))

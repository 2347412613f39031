"""What became of the links of invitations: of people and of decoys, as numbers alone."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, distinct, func, or_, select
from sqlalchemy.orm import Session

from app.models import Placement, Redemption, Serial, SlipBatch, SlipBatchPart


@dataclass(frozen=True, slots=True)
class Links:
    """Of people `issued`, those that were cancelled not among them, and how many of these `answered`.

    A decoy is no person: that one was used tells of none. `others` are batches of other draws, or of none.
    """

    issued: int = 0
    answered: int = 0
    decoys: int = 0
    decoys_used: int = 0
    others: int = 0


def links_of(session: Session, list_id: int) -> Links:
    """Those of the draw from a list; none before they are made."""
    return count_links(session, SlipBatch.list_id == list_id)


def count_links(session: Session, *wanted: ColumnElement[bool], of: Collection[int] = ()) -> Links:
    """Of batches, their parts and placements; `of` are lists whose batches are not others."""
    used, sent = Redemption.mark.is_not(None), and_(~Serial.is_decoy, Serial.cancelled_on.is_(None))
    counts: Select[int, int, int, int, int] = (
        select(
            func.count().filter(sent),
            func.count().filter(sent, used),
            func.count().filter(Serial.is_decoy),
            func.count().filter(Serial.is_decoy, used),
            func.count(distinct(SlipBatch.id)).filter(or_(SlipBatch.list_id.is_(None), SlipBatch.list_id.not_in(of))),
        )
        .select_from(Serial)
        .join(Placement, Placement.id == Serial.placement_id)
        .join(SlipBatchPart, SlipBatchPart.placement_id == Serial.placement_id)
        .join(SlipBatch, SlipBatch.id == SlipBatchPart.batch_id)
        .outerjoin(Redemption, Redemption.mark == Serial.mark)
    )
    return Links(*session.execute(counts.where(*wanted)).one())

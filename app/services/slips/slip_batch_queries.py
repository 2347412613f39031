"""Batches read: the list, one with its parts, and what became of their serials."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.domain.slips.slip_batch import BATCH_UNKNOWN, Counts
from app.models import Place, Placement, Redemption, Serial, SlipBatch, SlipBatchPart
from app.services.surveys.titles import SurveyTitle, titles_of


@dataclass(frozen=True, slots=True)
class PartView:
    """What one place got of a batch."""

    placement_id: int
    place: BilingualName
    number: str | None
    first_pack: int
    last_pack: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class BatchView:
    id: int
    channel: Channel
    place_id: int
    place: BilingualName
    issued_on: date
    expires_on: date
    parts: tuple[PartView, ...]
    #: whole packs, by their numbers
    cancelled_packs: tuple[int, ...]
    #: None while no place has got anything
    survey: SurveyTitle | None

    @property
    def counts(self) -> Counts:
        return sum((part.counts for part in self.parts), Counts())


def list_batches(session: Session, places: Collection[int], today: date) -> tuple[BatchView, ...]:
    """The batches made for these places, the newest first."""
    ids = session.scalars(
        select(SlipBatch.id).where(SlipBatch.place_id.in_(places)).order_by(SlipBatch.id.desc())
    ).all()
    return tuple(get_batch(session, id_, today) for id_ in ids)


def get_batch(session: Session, batch_id: int, today: date) -> BatchView:
    """Problem `slip_batch.unknown` if there is none."""
    batch = session.get(SlipBatch, batch_id)
    if batch is None:
        raise Problem(BATCH_UNKNOWN)
    rows = session.execute(
        select(SlipBatchPart, Placement.number, Placement.survey_id, Place)
        .join(Placement, Placement.id == SlipBatchPart.placement_id)
        .join(Place, Place.id == Placement.place_id)
        .where(SlipBatchPart.batch_id == batch_id)
        .order_by(SlipBatchPart.first_pack)
    ).all()
    counts = count_serials(session, {row.SlipBatchPart.placement_id: batch.expires_on for row in rows}, today)
    parts = tuple(
        PartView(
            row.SlipBatchPart.placement_id,
            row.Place.name,
            row.number,
            row.SlipBatchPart.first_pack,
            row.SlipBatchPart.last_pack,
            counts[row.SlipBatchPart.placement_id],
        )
        for row in rows
    )
    packs = session.scalars(
        select(Serial.pack)
        .where(Serial.placement_id.in_(counts))
        .group_by(Serial.pack)
        .having(func.count(Serial.cancelled_on) == func.count())
        .order_by(Serial.pack)
    ).all()
    return BatchView(
        id=batch.id,
        channel=Channel(batch.channel),
        place_id=batch.place_id,
        place=session.get_one(Place, batch.place_id).name,
        issued_on=batch.issued_on,
        expires_on=batch.expires_on,
        parts=parts,
        cancelled_packs=tuple(packs),
        survey=next(iter(titles_of(session, {row.survey_id for row in rows}).values()), None),
    )


def count_serials(
    session: Session, expiries: dict[int, date], today: date, *, with_decoys: bool = True
) -> dict[int, Counts]:
    """What became of the serials of these placements, each with its last good day."""
    used = Redemption.mark.is_not(None)
    cancelled = Serial.cancelled_on.is_not(None)
    rows = session.execute(
        select(
            Serial.placement_id,
            func.count().label("issued"),
            func.count().filter(used).label("used"),
            func.count().filter(cancelled).label("cancelled"),
        )
        .outerjoin(Redemption, Redemption.mark == Serial.mark)
        .where(Serial.placement_id.in_(expiries), true() if with_decoys else ~Serial.is_decoy)
        .group_by(Serial.placement_id)
    )
    found = dict.fromkeys(expiries, Counts())
    for row in rows:
        expired = row.issued - row.cancelled if expiries[row.placement_id] < today else 0
        found[row.placement_id] = Counts(row.issued, row.used, row.cancelled, expired)
    return found

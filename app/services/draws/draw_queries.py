"""Lists of cases read: what was closed, what was drawn, and what came of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Evidence
from app.domain.draws.case_list import LIST_UNKNOWN, ListState, SeedFrom, state_of
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.domain.weeks import day_of
from app.models import CaseList, Draw, Place, SlipBatch
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.entries import numbers_about
from app.services.record.sources.draws import DRAW, LIST


@dataclass(frozen=True, slots=True)
class DrawView:
    """`positions` is the digest of the numbers drawn, `entry` the number of its entry in the public record."""

    seed: bytes
    drawn_on: date
    positions: bytes
    entry: int | None


@dataclass(frozen=True, slots=True)
class ListView:
    """A closed list and what became of it. `quarter` is its first day, `entry` its number in the public record."""

    id: int
    place_id: int
    place: BilingualName
    place_code: str
    quarter: date
    evidence: Evidence
    all_cases: int
    contactable: int
    cases: int
    drawn: int
    decoys: int
    root: bytes
    seed_from: SeedFrom
    seed_source: str | None
    seed_on: date
    closed_on: date
    entry: int | None
    draw: DrawView | None
    batch_id: int | None
    state: ListState


def list_lists(session: Session, places: Collection[int], *, keeps_record: bool, now: datetime) -> tuple[ListView, ...]:
    """Those of these places, the newest first."""
    rows = _rows().where(CaseList.place_id.in_(places)).order_by(CaseList.id.desc())
    return _views(session, rows, keeps_record, now)


def get_list(session: Session, list_id: int, *, keeps_record: bool, now: datetime) -> ListView:
    """Problem `case_list.unknown` if there is none."""
    for view in _views(session, _rows().where(CaseList.id == list_id), keeps_record, now):
        return view
    raise Problem(LIST_UNKNOWN)


def _rows() -> Select[CaseList, Place, Draw, int]:
    return (
        select(CaseList, Place, Draw, SlipBatch.id)
        .join(Place, Place.id == CaseList.place_id)
        .outerjoin(Draw, Draw.list_id == CaseList.id)
        .outerjoin(SlipBatch, SlipBatch.list_id == CaseList.id)
    )


def _views(
    session: Session, rows: Select[CaseList, Place, Draw, int], keeps_record: bool, now: datetime
) -> tuple[ListView, ...]:
    found = session.execute(rows).all()
    ids = [row.id for row, *_ in found]
    lists, draws = numbers_about(session, LIST, ids), numbers_about(session, DRAW, ids)
    head = newest_checkpoint(session, now)
    signed = head.size if head else 0
    return tuple(
        ListView(
            id=row.id,
            place_id=row.place_id,
            place=place.name,
            place_code=place.code,
            quarter=row.quarter,
            evidence=Evidence(row.evidence),
            all_cases=row.all_cases,
            contactable=row.contactable,
            cases=row.cases,
            drawn=row.draw,
            decoys=row.decoys,
            root=row.root,
            seed_from=SeedFrom(row.seed_from),
            seed_source=row.seed_source,
            seed_on=row.seed_on,
            closed_on=row.closed_on,
            entry=lists.get(row.id),
            draw=DrawView(draw.seed, draw.drawn_on, draw.positions, draws.get(row.id)) if draw else None,
            batch_id=batch_id,
            state=state_of(
                seed_on=row.seed_on,
                is_drawn=draw is not None,
                is_invited=batch_id is not None,
                is_entered=not keeps_record or row.id in lists,
                is_signed=not keeps_record or lists.get(row.id, signed) < signed,
                today=day_of(now),
            ),
        )
        for row, place, draw, batch_id in found
    )

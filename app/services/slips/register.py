"""The register of slips and invitations by district and station, for one quarter of issue."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.places.place import PlaceKind
from app.domain.quarter import quarter_of
from app.domain.slips.register import ExactLine, SlipRegister, show_register
from app.domain.slips.slip_batch import Counts
from app.models import CaseCount, Place, Placement, SlipBatch, SlipBatchPart
from app.services.places.ancestry import Ancestry
from app.services.slips.slip_batch_queries import count_serials


def read_register(
    session: Session, places: Collection[int], quarter: date | None, today: date, language: str
) -> SlipRegister:
    """What was issued in a quarter, and became of it, beside that quarter's cases; the newest if none is given.

    By name, as its reader calls the places.
    """
    parts = session.execute(
        select(Placement.place_id, SlipBatchPart.placement_id, SlipBatch.issued_on, SlipBatch.expires_on)
        .join(SlipBatchPart, SlipBatchPart.placement_id == Placement.id)
        .join(SlipBatch, SlipBatch.id == SlipBatchPart.batch_id)
        .where(Placement.place_id.in_(places))
    ).all()
    known = {row.quarter for row in session.execute(select(CaseCount.quarter).where(CaseCount.place_id.in_(places)))}
    quarters = sorted(known | {quarter_of(part.issued_on) for part in parts} | {quarter_of(today)}, reverse=True)
    chosen = quarter if quarter in quarters else quarters[0]
    of_quarter = [part for part in parts if quarter_of(part.issued_on) == chosen]
    expiries = {part.placement_id: part.expires_on for part in of_quarter}
    # A decoy stands for no case, and nobody was to answer with it.
    found = count_serials(session, expiries, today, with_decoys=False)
    counts: dict[int, Counts] = defaultdict(Counts)
    for part in of_quarter:
        counts[part.place_id] += found[part.placement_id]
    cases = {
        row.place_id: row.cases
        for row in session.execute(
            select(CaseCount.place_id, CaseCount.cases).where(
                CaseCount.quarter == chosen, CaseCount.place_id.in_(places)
            )
        )
    }
    return _register(session, chosen, tuple(quarters), counts, cases, language)


def _register(
    session: Session,
    quarter: date,
    quarters: tuple[date, ...],
    counts: dict[int, Counts],
    cases: dict[int, int],
    language: str,
) -> SlipRegister:
    ancestry = Ancestry.load(session)
    ids = counts.keys() | cases.keys()
    chains = {id_: (id_, *ancestry.ancestors(id_, quarter)) for id_ in ids}
    wanted = {above for chain in chains.values() for above in chain}
    places = {place.id: place for place in session.scalars(select(Place).where(Place.id.in_(wanted)))}
    district_of = {
        id_: next((above for above in chain if places[above].kind == PlaceKind.DISTRICT), None)
        for id_, chain in chains.items()
    }
    stations = (
        ExactLine(id_, places[id_].code, places[id_].name, counts.get(id_, Counts()), cases.get(id_))
        for id_ in ids
        if places[id_].kind in (PlaceKind.STATION, PlaceKind.OUTPOST)
    )
    districts = (
        ExactLine(
            district,
            places[district].code,
            places[district].name,
            sum((counts.get(id_, Counts()) for id_ in ids if district_of[id_] == district), Counts()),
            _sum([cases[id_] for id_ in ids if district_of[id_] == district and id_ in cases]),
        )
        for district in {found for found in district_of.values() if found is not None}
    )
    ordered = _in_order(stations, language)
    beside = [district_of[line.place_id] for line in ordered]
    names = [None if district is None else places[district].name for district in beside]
    wholes, parts = show_register(_in_order(districts, language), list(zip(beside, ordered, strict=True)))
    return SlipRegister(quarter, quarters, wholes, tuple(zip(names, parts, strict=True)))


def _sum(cases: list[int]) -> int | None:
    return sum(cases) if cases else None


def _in_order(lines: Iterable[ExactLine], language: str) -> list[ExactLine]:
    return sorted(lines, key=lambda line: (line.name.sort_key(language), line.code))

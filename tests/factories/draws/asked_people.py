"""People who were asked by the rules: a list, a draw, invitations, and a record in which all of it stands."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.draws.draw import digest_of, positions_of
from app.models import (
    CaseList,
    Draw,
    Place,
    RecordCheckpoint,
    RecordEntry,
    Redemption,
    Serial,
    SlipBatch,
    SlipBatchPart,
    SurveyVersion,
)
from tests.factories.codes.placements import add_placement

SEED = bytes(range(32))
_HOUR = timedelta(hours=1)
_EPOCH = datetime.fromtimestamp(0, UTC)
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class AskedPeople:
    """As a department does that does everything right; `used` are links by which somebody answered."""

    evidence: Evidence = Evidence.INVITED
    all_cases: int = 400
    cases: int = 300
    draw: int = 240
    issued: int = 240
    used: int = 120
    decoys: int = 40
    decoys_used: int = 0
    is_drawn_otherwise: bool = False
    quarter: date = date(2026, 4, 1)


RIGHTLY = AskedPeople()


def add_asked(
    session: Session,
    place: Place,
    version: SurveyVersion,
    first: date,
    last: date,
    people: AskedPeople = RIGHTLY,
) -> CaseList:
    """The list was closed and drawn on the first day, and its invitations hold until the last."""
    row = CaseList(
        place_id=place.id,
        quarter=people.quarter,
        evidence=people.evidence.value,
        all_cases=people.all_cases,
        cases=people.cases,
        contactable=people.cases,
        draw=people.draw,
        decoys=people.decoys if people.evidence is Evidence.INVITED else 0,
        root=bytes(32),
        seed_from="dice",
        seed_on=first,
        closed_on=first - timedelta(days=1),
        digests=b"",
        salts=b"",
    )
    session.add(row)
    session.flush()
    positions = digest_of(positions_of(SEED, people.cases, people.draw))
    positions = bytes(32) if people.is_drawn_otherwise else positions
    session.add(Draw(list_id=row.id, seed=SEED, drawn_on=first, positions=positions))
    session.flush()
    if people.evidence is Evidence.INVITED:
        add_batch(session, place, version, first, last, people, row.id)
    return row


def add_batch(
    session: Session,
    place: Place,
    version: SurveyVersion,
    first: date,
    last: date,
    people: AskedPeople,
    list_id: int | None,
) -> None:
    """Invitations with their decoys; without a list they are for people whom somebody chose."""
    placement = add_placement(session, place, version, channel=Channel.INVITE, expires_on=last)
    batch = SlipBatch(
        channel="invite",
        survey_id=version.survey_id,
        place_id=place.id,
        issued_on=first,
        expires_on=last,
        list_id=list_id,
    )
    session.add(batch)
    session.flush()
    size = people.issued + people.decoys
    session.add(SlipBatchPart(placement_id=placement.id, batch_id=batch.id, size=size, first_pack=1, last_pack=1))
    session.flush()
    marks = [hashlib.sha256(next(_numbers).to_bytes(8)).digest()[:16] for _ in range(size)]
    rows = [
        {"mark": mark, "placement_id": placement.id, "pack": 1, "is_decoy": at >= people.issued}
        for at, mark in enumerate(marks)
    ]
    session.execute(insert(Serial), rows)
    used = marks[: people.used] + marks[people.issued : people.issued + people.decoys_used]
    if used:
        session.execute(insert(Redemption), [{"mark": mark} for mark in used])


def keep_whole(session: Session, first: date, until: datetime, about: list[tuple[str, int]]) -> None:
    """A record that holds entries about these, and a seal of every hour; with a head over all of it."""
    begin = (datetime(first.year, first.month, first.day, tzinfo=UTC) - _EPOCH) // _HOUR
    about = [*about, *(("seal hour", hour) for hour in range(begin, (until - _EPOCH) // _HOUR + 1))]
    entries = [
        {"number": at, "about": kind, "about_id": id_, "entered_on": first, "content": "{}"}
        for at, (kind, id_) in enumerate(about)
    ]
    session.execute(insert(RecordEntry), entries)
    session.add(RecordCheckpoint(size=len(entries), root=bytes(32), note="", shown_from=until - _HOUR))
    session.flush()

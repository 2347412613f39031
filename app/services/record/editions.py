"""Editions kept and read: which are shown to whoever asks now, and whether all are as they were made."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.figures.editions.days import Showing
from app.domain.problem import Problem, ProblemType
from app.models import Edition, EditionDay, EditionHold, EditionRelease, Place, Release
from app.services.malformed import MALFORMED
from app.services.odd_rows import odd_rows, readable

EDITION_UNKNOWN = ProblemType("edition.unknown", 404, "There is no edition of this place and day.")


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """An edition as it was made. `text` is what is served; `reason` is by language, of a correction."""

    id: int
    place_id: int
    due_on: date
    number: int
    made_at: datetime
    text: str
    digest: str
    cause: str | None
    reason: Mapping[str, str]
    entry: int | None


@dataclass(frozen=True, slots=True)
class NewEdition:
    """What is to be kept; `taken_in` are releases that no edition of this place has taken in before."""

    place_id: int
    due_on: date
    number: int
    text: str
    previous: str | None
    taken_in: Collection[int]
    cause: str | None = None
    reason: Mapping[str, str] | None = None


def newest_shown_day(session: Session, latest: date) -> date | None:
    """The newest Monday whose editions are all there, up to this one; the opening ones are shown whatever the hour.

    None while there is none, and nothing has been frozen yet.
    """
    return session.scalar(_shown_days(latest).order_by(EditionDay.due_on.desc()).limit(1))


def shown_days(session: Session, latest: date) -> list[date]:
    """Every Monday whose editions are shown, the oldest first."""
    return list(session.scalars(_shown_days(latest).order_by(EditionDay.due_on)))


def newest_edition(session: Session, place_id: int, showing: Showing) -> StoredEdition | None:
    """What a place shows: its newest edition of a day that is shown, in its newest correction."""
    return next(_editions(session, showing, Edition.place_id == place_id, limit=1), None)


def newest_editions(session: Session, place_ids: Collection[int], showing: Showing) -> dict[int, StoredEdition]:
    """The same for many places at once; without those that have none."""
    kept = aliased(Edition)
    newest = (
        select(kept.id)
        .where(kept.place_id == Place.id, in_view(showing, kept))
        .order_by(kept.due_on.desc(), kept.number.desc())
        .limit(1)
        .correlate(Place)
        .scalar_subquery()
    )
    # By the end of an index for each place, however many it has.
    wanted = select(newest).where(Place.id.in_(place_ids))
    return {row.place_id: _stored(row) for row in session.scalars(select(Edition).where(Edition.id.in_(wanted)))}


def edition_of_day(
    session: Session, place_id: int, due_on: date, showing: Showing, number: int | None = None
) -> StoredEdition:
    """The highest number of a day, or the one that is asked for. Problem `edition.unknown`, also before it is shown."""
    wanted = [Edition.place_id == place_id, Edition.due_on == due_on]
    wanted += [] if number is None else [Edition.number == number]
    found = next(_editions(session, showing, *wanted, limit=1), None)
    if found is None:
        raise Problem(EDITION_UNKNOWN)
    return found


def editions_of(session: Session, place_id: int, showing: Showing) -> list[StoredEdition]:
    """All that a place has ever shown, the newest first, corrected ones among them."""
    return list(_editions(session, showing, Edition.place_id == place_id))


def days_of(session: Session, place_id: int, showing: Showing) -> list[date]:
    """The days of which a place has an edition that is shown, the newest first."""
    days = select(Edition.due_on).where(Edition.place_id == place_id, in_view(showing))
    return list(session.scalars(days.distinct().order_by(Edition.due_on.desc())))


def later_corrections(session: Session, place_id: int, due_on: date, number: int) -> list[StoredEdition]:
    """What has taken the place of an edition since, the first one first."""
    rows = select(Edition).where(Edition.place_id == place_id, Edition.due_on == due_on, Edition.number > number)
    return [_stored(row) for row in session.scalars(rows.order_by(Edition.number))]


def shown_editions(session: Session, kinds: Collection[str], showing: Showing) -> Iterator[tuple[str, str]]:
    """The fingerprint and the bytes of every edition that is shown, of places of these kinds."""
    rows = select(Edition.digest, Edition.document).join(Place, Place.id == Edition.place_id)
    rows = rows.where(Place.kind.in_(kinds), in_view(showing)).order_by(Edition.id)
    for row in session.execute(rows.execution_options(yield_per=200)):
        yield row.digest, row.document


def edition_of_id(session: Session, edition_id: int) -> StoredEdition:
    """One that is known to be kept."""
    return _stored(session.get_one(Edition, edition_id))


def edition_named(session: Session, digest: str, showing: Showing) -> tuple[StoredEdition, Place] | None:
    """The edition with this fingerprint and its place, once it is shown."""
    row = session.execute(
        select(Edition, Place)
        .join(Place, Place.id == Edition.place_id)
        .where(Edition.digest == digest, in_view(showing))
    ).first()
    return None if row is None else (_stored(row[0]), row[1])


def newest_kept(session: Session, place_id: int) -> StoredEdition | None:
    """The newest edition of a place, whether it is shown yet or not."""
    rows = select(Edition).where(Edition.place_id == place_id)
    row = session.scalars(rows.order_by(Edition.due_on.desc(), Edition.number.desc()).limit(1)).first()
    return None if row is None else _stored(row)


def is_kept(session: Session, place_id: int, due_on: date) -> bool:
    """Whether a place has its edition of a day, shown or not."""
    found = select(Edition.id).where(Edition.place_id == place_id, Edition.due_on == due_on).limit(1)
    return session.scalar(found) is not None


def taken_in(session: Session, place_id: int, showing: Showing | None = None) -> set[int]:
    """The releases that editions of a place have taken in; with `showing`, those that are shown."""
    wanted = select(EditionRelease.release_id).join(Edition, Edition.id == EditionRelease.edition_id)
    wanted = wanted.where(Edition.place_id == place_id)
    if showing is not None:
        wanted = wanted.where(in_view(showing))
    return set(session.scalars(wanted))


def is_taken_in(showing: Showing) -> ColumnElement[bool]:
    """The condition under which a release is in an edition that is shown."""
    return exists().where(
        EditionRelease.release_id == Release.id,
        Edition.id == EditionRelease.edition_id,
        in_view(showing),
    )


def places_taken_in(
    session: Session,
    place_ids: Collection[int],
    version_ids: Collection[int],
    first: date,
    last: date,
    showing: Showing,
) -> set[int]:
    """Those of these places that have releases of these weeks and versions in an edition that is shown."""
    wanted = select(Release.place_id).where(Release.place_id.in_(place_ids), Release.survey_version_id.in_(version_ids))
    wanted = wanted.where(Release.last_week >= first, Release.first_week <= last, is_taken_in(showing))
    return set(session.scalars(wanted.distinct()))


def keep_edition(session: Session, new: NewEdition, now: datetime) -> StoredEdition:
    """Store it, for good."""
    row = Edition(
        place_id=new.place_id,
        due_on=new.due_on,
        number=new.number,
        made_at=now,
        document=new.text,
        digest=fingerprint(new.text),
        previous_digest=new.previous,
        cause=new.cause,
        reason=json.dumps(dict(new.reason), ensure_ascii=False, sort_keys=True) if new.reason else None,
    )
    session.add(row)
    session.flush()
    session.add_all(EditionRelease(edition_id=row.id, release_id=id_) for id_ in sorted(new.taken_in))
    return _stored(row)


def fingerprint(text: str) -> str:
    """SHA-256 over the bytes that are served."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verified:
    """How many editions were looked at, and one sentence for each that is not as it was made."""

    editions: int
    faults: tuple[str, ...]


def verify_editions(session: Session) -> Verified:
    """Recompute every fingerprint and follow every place's chain."""
    rows = select(Edition, Place.code).join(Place, Place.id == Edition.place_id)
    rows = rows.where(readable(session, Edition)).order_by(Edition.place_id, Edition.due_on, Edition.number)
    seen, faults = 0, [str(odd) for odd in odd_rows(session, Edition)]
    place, before = None, None
    for edition, code in session.execute(rows.execution_options(yield_per=200)):
        seen += 1
        before = before if edition.place_id == place else None
        try:
            found = [*_faults(edition, code, before)]
        except MALFORMED:
            found = ["its content cannot be read"]
        faults += [f"{code} of {edition.due_on}, number {edition.number}: {fault}" for fault in found]
        place, before = edition.place_id, edition.digest
    return Verified(seen, tuple(faults))


def _faults(edition: Edition, code: str, before: str | None) -> Iterator[str]:
    if fingerprint(edition.document) != edition.digest:
        yield "its content does not match its fingerprint"
    said = json.loads(edition.document)
    if edition.previous_digest != before or said["previous"] != before:
        yield "it does not follow the edition before it"
    if (said["place"], said["due_on"], said["number"]) != (code, edition.due_on.isoformat(), edition.number):
        yield "its content is that of another place, day or number"


def _editions(
    session: Session, showing: Showing, *wanted: ColumnElement[bool], limit: int | None = None
) -> Iterator[StoredEdition]:
    rows = select(Edition).where(*wanted, in_view(showing))
    rows = rows.order_by(Edition.due_on.desc(), Edition.number.desc())
    for row in session.scalars(rows if limit is None else rows.limit(limit)):
        yield _stored(row)


def in_view(showing: Showing, of: type[Edition] = Edition) -> ColumnElement[bool]:
    """The condition under which an edition is shown: the one place where it is decided, for all who read any."""
    is_shown = of.due_on.in_(_shown_days(showing.latest))
    if not showing.held:
        return is_shown
    was_held = exists(select(1).where(EditionHold.edition_id == of.id))
    is_held = or_(*(of.place_id.in_(held.place_ids) & of.due_on.in_(held.days) for held in showing.held))
    return is_shown & ~(was_held & is_held)


def _shown_days(latest: date) -> Select[date]:
    return select(EditionDay.due_on).where(
        EditionDay.finished_at.is_not(None), or_(EditionDay.due_on <= latest, EditionDay.is_opening)
    )


def _stored(row: Edition) -> StoredEdition:
    reason = json.loads(row.reason) if row.reason else {}
    columns = (row.id, row.place_id, row.due_on, row.number, row.made_at, row.document, row.digest)
    return StoredEdition(*columns, row.cause, reason, row.entry)

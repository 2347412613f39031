"""Changing places: add, rename, move, retire, restore, remove. The same rules hold as for an import."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session

from app.domain.free_text import ascii_digits
from app.domain.places.change import CHANGE_REFUSED, problems_of
from app.domain.places.contact import clean_contact
from app.domain.places.importing import FROM_DAY_AHEAD
from app.domain.places.names import clean_name, clean_place_text
from app.domain.places.page_name import page_name
from app.domain.places.place import BilingualName, Contact, KnownPlace, PlaceGroup, PlaceKind
from app.domain.problem import Problem, ProblemType
from app.domain.weeks import day_of, week_of
from app.models import Account, Commitment, Job, Parentage, Place, Placement, Release, Response, Tally, TallyMark
from app.services.places.queries import PLACE_UNKNOWN, known_places
from app.services.record import audit

PLACE_IN_USE = ProblemType(
    "place.in_use",
    409,
    "This place cannot be removed, since codes, answers, accounts or other places belong to it. Retire it instead.",
)


def add_place(
    session: Session,
    *,
    code: str,
    kind: PlaceKind,
    name: BilingualName,
    parent_code: str | None,
    group: PlaceGroup | None = None,
    actor_id: int | None,
    now: datetime,
) -> int:
    """The id of the new place; Problem `place.change_refused` whose parts name the fields."""
    today = day_of(now)
    names = clean_name(name.hi, name.en)
    new = KnownPlace(ascii_digits(clean_place_text(code)), kind, names, parent_code, group=group)
    _refuse(problems_of(new, known_places(session), today, new=True))
    place_id = insert_place(session, new, today)
    details = {"code": new.code, "parent": parent_code} | ({"group": group} if group else {})
    _record(session, "place.added", place_id, actor_id, details, now)
    return place_id


def rename_place(session: Session, place_id: int, name: BilingualName, actor_id: int | None, now: datetime) -> None:
    """Give both names; an empty one is taken away. Problem `place.change_refused` as for a new place."""
    before = _current(session, place_id)
    after = replace(before, name=clean_name(name.hi, name.en))
    if after == before:
        return
    _refuse(problems_of(after, known_places(session), day_of(now), new=False))
    set_names(session, before.code, after.name)
    names = {"before": [before.name.hi, before.name.en], "after": [after.name.hi, after.name.en]}
    _record(session, "place.renamed", place_id, actor_id, names, now)


def give_contact(session: Session, place_id: int, contact: Contact, actor_id: int | None, now: datetime) -> None:
    """Where letters go and what is called; shown to everybody. Problem `place.change_refused` names the fields."""
    before = _current(session, place_id)
    after = replace(before, contact=clean_contact(contact))
    if after == before:
        return
    _refuse(problems_of(after, known_places(session), day_of(now), new=False))
    set_contact(session, before.code, after.contact)
    details = {"before": asdict(before.contact), "after": asdict(after.contact)}
    _record(session, "place.contact", place_id, actor_id, details, now)


def give_group(session: Session, place_id: int, group: PlaceGroup | None, actor_id: int | None, now: datetime) -> None:
    """Which like places it is compared with from now on; None where that is not said."""
    before = _current(session, place_id)
    if group is before.group:
        return
    set_group(session, before.code, group)
    _record(session, "place.group", place_id, actor_id, {"before": before.group, "after": group}, now)


def move_place(
    session: Session, place_id: int, parent_code: str, from_on: date, actor_id: int | None, now: datetime
) -> None:
    """Put the place under another parent from a day on; before that day it stays where it was."""
    today = day_of(now)
    if from_on > today:
        raise Problem(FROM_DAY_AHEAD, day=from_on.isoformat())
    before = _current(session, place_id)
    after = replace(before, parent_code=parent_code)
    if after == before:
        return
    _refuse(problems_of(after, known_places(session), from_on, new=False))
    set_parent(session, before.code, parent_code, from_on)
    details = {"before": before.parent_code, "after": parent_code, "from": from_on.isoformat()}
    _record(session, "place.moved", place_id, actor_id, details, now)


def retire_place(session: Session, place_id: int, actor_id: int | None, now: datetime) -> None:
    """The place has closed. Its past stays; nothing new is issued for it. What lies in it has to go first."""
    before = _current(session, place_id)
    if before.retired_on is not None:
        return
    after = replace(before, retired_on=day_of(now))
    _refuse(problems_of(after, known_places(session), day_of(now), new=False))
    set_retired(session, before.code, after.retired_on)
    _record(session, "place.retired", place_id, actor_id, {}, now)


def restore_place(session: Session, place_id: int, actor_id: int | None, now: datetime) -> None:
    """Undo a retirement."""
    before = _current(session, place_id)
    if before.retired_on is None:
        return
    _refuse(problems_of(replace(before, retired_on=None), known_places(session), day_of(now), new=False))
    set_retired(session, before.code, None)
    _record(session, "place.restored", place_id, actor_id, {}, now)


def remove_place(session: Session, place_id: int, actor_id: int | None, now: datetime) -> None:
    """Delete a place that was added by mistake; Problem `place.in_use` where anything belongs to it."""
    before = _current(session, place_id)
    if not is_removable(session, place_id):
        raise Problem(PLACE_IN_USE)
    session.execute(delete(Parentage).where(Parentage.place_id == place_id))
    session.execute(delete(Place).where(Place.id == place_id))
    _record(session, "place.removed", place_id, actor_id, {"code": before.code}, now)


def is_removable(session: Session, place_id: int) -> bool:
    """Whether nothing points at the place, now or in the past."""
    users = (
        Placement.place_id,
        Response.place_id,
        Account.place_id,
        Tally.place_id,
        TallyMark.place_id,
        Release.place_id,
        Parentage.parent_id,
        Job.place_id,
        Commitment.place_id,
    )
    return not any(session.scalar(select(exists().where(column == place_id))) for column in users)


def insert_place(session: Session, new: KnownPlace, from_on: date) -> int:
    """Write a new place whose parent is there; nothing is checked."""
    place = Place(
        code=new.code, kind=new.kind.value, name_hi=new.name.hi, name_en=new.name.en, retired_on=new.retired_on
    )
    session.add(place)
    session.flush()
    give_pages(session)
    if new.contact.is_known:
        set_contact(session, new.code, new.contact)
    if new.group is not None:
        set_group(session, new.code, new.group)
    if new.parent_code is not None:
        parent_id = _id_of(session, new.parent_code)
        session.execute(insert(Parentage).values(place_id=place.id, parent_id=parent_id, from_on=from_on))
    return place.id


def give_pages(session: Session) -> None:
    """Name the page of every place that has none yet, each by its code; a name is never given twice."""
    for place in session.scalars(select(Place).where(Place.page.is_(None)).order_by(Place.id)).all():
        # Those that may be numbered like it begin like it.
        alike = Place.page.startswith(page_name(place.code, ())[:30], autoescape=True)
        place.page = page_name(place.code, set(session.scalars(select(Place.page).where(alike))))
        session.flush()


def set_names(session: Session, code: str, name: BilingualName) -> None:
    session.execute(update(Place).where(Place.code == code).values(name_hi=name.hi, name_en=name.en))


def set_contact(session: Session, code: str, contact: Contact) -> None:
    address = contact.address
    values = {"contact_hi": address.hi, "contact_en": address.en, "contact_phone": contact.phone}
    session.execute(update(Place).where(Place.code == code).values(**values))


def set_group(session: Session, code: str, group: PlaceGroup | None) -> None:
    session.execute(update(Place).where(Place.code == code).values(place_group=group.value if group else None))


def set_kind(session: Session, code: str, kind: PlaceKind) -> None:
    session.execute(update(Place).where(Place.code == code).values(kind=kind.value))


def set_retired(session: Session, code: str, on: date | None) -> None:
    session.execute(update(Place).where(Place.code == code).values(retired_on=on))


def set_parent(session: Session, code: str, parent_code: str, from_on: date) -> None:
    """End the present parentage and begin a new one. A second move on one day replaces the first.

    Weeks that the move changes are marked for counting anew, at the place and at the parent that lost it.
    """
    place_id, parent_id = _id_of(session, code), _id_of(session, parent_code)
    open_one = select(Parentage).where(Parentage.place_id == place_id, Parentage.until_on.is_(None))
    present = session.scalar(open_one)
    lost = present.parent_id if present is not None else None
    if present is not None and present.from_on == from_on:
        session.execute(
            update(Parentage)
            .where(Parentage.place_id == place_id, Parentage.from_on == from_on)
            .values(parent_id=parent_id)
        )
        _join_equal_neighbours(session, place_id, from_on)
    else:
        session.execute(
            update(Parentage)
            .where(Parentage.place_id == place_id, Parentage.until_on.is_(None))
            .values(until_on=from_on)
        )
        session.execute(insert(Parentage).values(place_id=place_id, parent_id=parent_id, from_on=from_on))
    _mark_for_counting(session, place_id, lost, from_on)


def _join_equal_neighbours(session: Session, place_id: int, from_on: date) -> None:
    """Moved away and back on one day: the place has never left."""
    rows = session.scalars(
        select(Parentage).where(Parentage.place_id == place_id).order_by(Parentage.from_on.desc()).limit(2)
    ).all()
    if len(rows) == 2 and rows[0].parent_id == rows[1].parent_id and rows[1].until_on == from_on:
        session.execute(delete(Parentage).where(Parentage.place_id == place_id, Parentage.from_on == from_on))
        session.execute(
            update(Parentage).where(Parentage.place_id == place_id, Parentage.until_on == from_on).values(until_on=None)
        )


def _mark_for_counting(session: Session, place_id: int, lost_parent_id: int | None, from_on: date) -> None:
    columns = (Tally.survey_version_id, Tally.week, Tally.channel)
    cells = session.execute(
        select(*columns).where(Tally.place_id == place_id, Tally.week >= week_of(from_on)).distinct()
    ).all()
    marks = [
        {"place_id": marked, "survey_version_id": version, "week": week, "channel": channel}
        for version, week, channel in cells
        for marked in (place_id, lost_parent_id)
        if marked is not None
    ]
    if marks:
        session.execute(insert(TallyMark), marks)


def _current(session: Session, place_id: int) -> KnownPlace:
    code = session.scalar(select(Place.code).where(Place.id == place_id))
    found = next((place for place in known_places(session) if place.code == code), None)
    if found is None:
        raise Problem(PLACE_UNKNOWN)
    return found


def _id_of(session: Session, code: str) -> int:
    found = session.scalar(select(Place.id).where(Place.code == code))
    if found is None:
        raise Problem(PLACE_UNKNOWN)
    return found


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Problem(CHANGE_REFUSED, parts=problems)


def _record(
    session: Session, action: str, place_id: int, actor_id: int | None, details: Mapping[str, object], now: datetime
) -> None:
    audit.record(session, action, f"place:{place_id}", actor_id, details, now)

"""Importing and exporting the list of places."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.places.columns import COLUMNS
from app.domain.places.import_plan import ImportPlan
from app.domain.places.importing import CHANGED, REFUSED, ImportOptions
from app.domain.places.importing import plan_import as plan
from app.domain.places.place import KnownPlace
from app.domain.problem import Problem
from app.domain.table import Table
from app.domain.weeks import day_of
from app.formats.tables.spreadsheets import write_csv, write_xlsx
from app.services.places.changes import (
    insert_place,
    set_contact,
    set_group,
    set_kind,
    set_names,
    set_parent,
    set_retired,
)
from app.services.places.queries import known_places
from app.services.record import audit

STARTERS = Path(__file__).resolve().parent.parent.parent / "starters"
MADHYA_PRADESH = STARTERS / "madhya_pradesh_districts.csv"


def plan_import(session: Session, table: Table, options: ImportOptions, today: date) -> ImportPlan:
    """What importing the table would do, or every problem in it. Nothing is changed."""
    return plan(table, known_places(session), options, today)


def apply_import(
    session: Session,
    table: Table,
    options: ImportOptions,
    *,
    actor_id: int | None,
    now: datetime,
    digest: str | None = None,
) -> ImportPlan:
    """Do all that the plan says, in the caller's transaction.

    Problem `place.import_refused`, with one part for each thing that is wrong. With the `digest` of the plan that
    was shown: Problem `place.import_changed` if it would no longer do the same.
    """
    made = plan_import(session, table, options, day_of(now))
    if made.problems:
        raise Problem(REFUSED, parts=made.problems, count=len(made.problems))
    if digest is not None and digest != made.digest:
        raise Problem(CHANGED)
    _write(session, made)
    if made.changes:
        audit.record(session, "places.imported", "places", actor_id, {**_counts(made), "plan": made.digest}, now)
    return made


def _write(session: Session, made: ImportPlan) -> None:
    for new in made.added:
        place = KnownPlace(
            new.code, new.kind, new.name, new.parent_code, new.retired_on, contact=new.contact, group=new.group
        )
        insert_place(session, place, made.from_on)
    for renaming in made.renamed:
        set_names(session, renaming.code, renaming.after)
    for regrading in made.regraded:
        set_kind(session, regrading.code, regrading.after)
    for move in made.moved:
        set_parent(session, move.code, move.after, made.from_on)
    for retirement in made.retired:
        set_retired(session, retirement.code, retirement.on)
    for new_contact in made.contacts:
        set_contact(session, new_contact.code, new_contact.after)
    for new_group in made.groups:
        set_group(session, new_group.code, new_group.after)


def _counts(made: ImportPlan) -> dict[str, object]:
    changes = {
        "added": made.added,
        "renamed": made.renamed,
        "regraded": made.regraded,
        "moved": made.moved,
        "retired": made.retired,
        "contacts": made.contacts,
        "groups": made.groups,
    }
    return {name: len(done) for name, done in changes.items()}


def export_places(session: Session, *, ending: str = "csv") -> bytes:
    """A file of every place, parents before what lies in them; importing it again changes nothing."""
    places = sorted(known_places(session), key=lambda place: (place.kind.rank, place.parent_code or "", place.code))
    rows = [
        (
            place.code,
            place.kind.value,
            place.name.hi,
            place.name.en,
            place.parent_code,
            place.retired_on.isoformat() if place.retired_on else None,
            place.contact.address.hi,
            place.contact.address.en,
            place.contact.phone,
            place.group.value if place.group else None,
        )
        for place in places
    ]
    return write_xlsx(COLUMNS, rows, sheet="places") if ending == "xlsx" else write_csv(COLUMNS, rows)

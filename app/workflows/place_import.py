"""Importing the list of places: look in one transaction what a file would change, and do it in a second one.

If the second fails, nothing is imported; if somebody else changed the places between the two, it fails by itself.
"""

from datetime import datetime
from pathlib import Path

from app.domain.places.import_plan import ImportPlan
from app.domain.places.importing import ImportOptions
from app.domain.weeks import day_of
from app.formats.tables.reading import read_table
from app.services import held_files
from app.services.held_files import HeldKind
from app.services.places.imports import apply_import, plan_import
from app.transaction import reading, transaction


def import_places(content: bytes, options: ImportOptions, *, now: datetime, trial: bool = False) -> ImportPlan:
    """All of the file, unless there are problems in the plan or it is a trial. Problem `place.import_changed`."""
    table = read_table(content)
    with reading() as session:
        plan = plan_import(session, table, options, day_of(now))
    if plan.problems or trial:
        return plan
    with transaction() as session:
        return apply_import(session, table, options, actor_id=None, now=now, digest=plan.digest)


def import_held_places(
    instance: Path, token: str, options: ImportOptions, digest: str, *, actor_id: int, now: datetime
) -> ImportPlan:
    """A held file, as far as it still does what the plan of this digest said. Then it is held no more.

    Problems `file.gone`, and `place.import_refused` and `place.import_changed`: then it is held on, to look again.
    """
    table = read_table(held_files.read(instance, token, kind=HeldKind.PLACES, owner=actor_id, now=now))
    with transaction() as session:
        done = apply_import(session, table, options, actor_id=actor_id, now=now, digest=digest)
    held_files.discard(instance, token, owner=actor_id, now=now)
    return done

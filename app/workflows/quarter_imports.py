"""Importing lists of places by quarter: look in one transaction what a file would change, do it in a second one.

If the second fails, nothing is imported; if somebody else changed the numbers between the two, it fails by itself.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.draws.checks import CheckPlan
from app.domain.slips.case_counts import CasePlan
from app.domain.slips.quarter_tables import QuarterPlan, Value
from app.domain.table import Table
from app.formats.tables.reading import read_table
from app.services import held_files
from app.services.draws.checks import import_checks
from app.services.held_files import HeldKind
from app.services.slips.case_counts import import_cases, plan_case_import
from app.transaction import reading, transaction


def import_case_file(content: bytes, *, now: datetime, trial: bool = False) -> CasePlan:
    """All of the file, unless there are problems in the plan or it is a trial. Problem `cases.import_changed`."""
    table = read_table(content)
    with reading() as session:
        plan = plan_case_import(session, table, now=now)
    if plan.problems or trial:
        return plan
    with transaction() as session:
        return import_cases(session, table, plan.digest, actor_id=None, now=now)


def import_held_cases(instance: Path, token: str, digest: str, *, actor_id: int, now: datetime) -> CasePlan:
    """A held file, as far as it still does what the plan of this digest said. Then it is held no more.

    Problems `file.gone`, and `cases.import_refused` and `cases.import_changed`: then it is held on, to look again.
    """

    def bring(session: Session, table: Table) -> CasePlan:
        return import_cases(session, table, digest, actor_id=actor_id, now=now)

    return _import_held(instance, token, HeldKind.CASES, bring, owner=actor_id, now=now)


def import_held_checks(instance: Path, token: str, digest: str, *, actor_id: int, now: datetime) -> CheckPlan:
    """The same of checks by telephone; Problems `file.gone`, `checks.import_refused` and `checks.import_changed`."""

    def bring(session: Session, table: Table) -> CheckPlan:
        return import_checks(session, table, digest, actor_id=actor_id, now=now)

    return _import_held(instance, token, HeldKind.CHECKS, bring, owner=actor_id, now=now)


def _import_held(
    instance: Path,
    token: str,
    kind: HeldKind,
    bring: Callable[[Session, Table], QuarterPlan[Value]],
    *,
    owner: int,
    now: datetime,
) -> QuarterPlan[Value]:
    table = read_table(held_files.read(instance, token, kind=kind, owner=owner, now=now))
    with transaction() as session:
        done = bring(session, table)
    held_files.discard(instance, token, owner=owner, now=now)
    return done

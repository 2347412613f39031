"""Lists of places by quarter: what was looked at is what is done, or nothing is."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.domain.accounts.role import Role
from app.domain.draws.checks import Checked
from app.domain.problem import Problem
from app.formats.tables.reading import read_table
from app.models import CaseCount, Place
from app.services import held_files
from app.services.draws.checks import list_checks, plan_check_import
from app.services.held_files import HeldKind
from app.transaction import reading, transaction
from app.workflows.quarter_imports import import_case_file, import_held_cases, import_held_checks
from tests.factories import add_place
from tests.fixtures.accounts import add_account
from tests.fixtures.faults import failing_commit

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TABLE = b"code,quarter,cases\nPS1,2026-Q1,40\n"
CHECKS = b"place,quarter,checked,unconfirmed\nPS1,2026-Q1,40,2\n"


@pytest.fixture
def owner(app: Flask) -> int:
    """An account, beside the place that the table names."""
    with transaction() as session:
        add_place(session, code="PS1")
    return add_account(Role.STATE_ADMIN)


def cases() -> list[int]:
    with reading() as session:
        return list(session.scalars(select(CaseCount.cases)))


def checks() -> list[Checked]:
    with reading() as session:
        places = session.scalars(select(Place.id)).all()
        return [check.numbers for check in list_checks(session, places)]


@pytest.mark.usefixtures("owner")
def test_a_trial_a_file_with_problems_and_a_commit_that_fails_change_nothing() -> None:
    assert len(import_case_file(TABLE, now=NOW, trial=True).changes) == 1
    assert import_case_file(TABLE + b"PS9,2026-Q1,4\n", now=NOW).problems
    with failing_commit(), pytest.raises(OperationalError):
        import_case_file(TABLE, now=NOW)
    assert cases() == []
    import_case_file(TABLE, now=NOW)
    assert cases() == [40]


def test_a_held_file_is_held_until_it_did_what_was_looked_at(app: Flask, owner: int) -> None:
    instance = Path(app.instance_path)
    digest = import_case_file(TABLE, now=NOW, trial=True).digest
    token = held_files.store(instance, TABLE, kind=HeldKind.CASES, owner=owner, now=NOW)
    with pytest.raises(Problem, match=r"cases\.import_changed"):
        import_held_cases(instance, token, "another", actor_id=owner, now=NOW)
    with failing_commit(), pytest.raises(OperationalError):
        import_held_cases(instance, token, digest, actor_id=owner, now=NOW)
    assert cases() == []
    import_held_cases(instance, token, digest, actor_id=owner, now=NOW)
    assert cases() == [40]
    with pytest.raises(Problem, match=r"file\.gone"):
        import_held_cases(instance, token, digest, actor_id=owner, now=NOW)


def test_checks_are_brought_in_the_same_way_and_only_as_checks(app: Flask, owner: int) -> None:
    instance = Path(app.instance_path)
    with reading() as session:
        digest = plan_check_import(session, read_table(CHECKS), now=NOW).digest
    another = held_files.store(instance, CHECKS, kind=HeldKind.CASES, owner=owner, now=NOW)
    with pytest.raises(Problem, match=r"file\.gone"):
        import_held_checks(instance, another, digest, actor_id=owner, now=NOW)
    token = held_files.store(instance, CHECKS, kind=HeldKind.CHECKS, owner=owner, now=NOW)
    with failing_commit(), pytest.raises(OperationalError):
        import_held_checks(instance, token, digest, actor_id=owner, now=NOW)
    assert checks() == []
    import_held_checks(instance, token, digest, actor_id=owner, now=NOW)
    assert checks() == [Checked(40, 2)]
    with pytest.raises(Problem, match=r"file\.gone"):
        import_held_checks(instance, token, digest, actor_id=owner, now=NOW)

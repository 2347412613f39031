"""How the record begins, and whose key it is."""

from dataclasses import replace

import pytest
from flask import Flask

from app.config import Settings
from app.domain.problem import Problem
from app.formats.record.notes import RecordKey
from app.jobs.record.keeping import keep_record
from app.services.record.log.beginning import break_after, require_key
from app.services.record.log.entries import enter
from app.services.record.log.signed_heads import SignedHead
from app.transaction import reading, transaction
from tests.factories.record.department import RecordedDepartment, entries, monday
from tests.fixtures.secrets import SECRETS


@pytest.fixture
def department(app: Flask, settings: Settings) -> RecordedDepartment:
    department = RecordedDepartment(settings)
    department.keep(monday(0))
    return department


def test_it_says_whose_it_is_and_keeps_its_name(department: RecordedDepartment) -> None:
    key = RecordKey("localhost/r/record", SECRETS.record)
    assert entries()[0] == entries()[0] | {"type": "genesis", "origin": key.name, "key": key.vkey, "witnesses": []}
    with reading() as session:
        assert require_key(session, SECRETS.record, "moved.example.in").vkey == key.vkey


def test_another_key_signs_nothing(department: RecordedDepartment) -> None:
    other = replace(department.settings, secrets=replace(SECRETS, record=b"z" * 32))
    with pytest.raises(Problem, match=r"record\.key_foreign"):
        keep_record(other, monday(0, minute=5))


def test_a_head_that_was_lost_is_said_once(department: RecordedDepartment) -> None:
    lost = SignedHead(40, b"r" * 32, "vkey")
    with transaction() as session:
        new = break_after(session, lost)
        assert new is not None
        enter(session, [new], monday(0).date())
        assert break_after(session, lost) is None
    assert entries()[-1] == entries()[-1] | {"type": "break", "size": 40, "root": (b"r" * 32).hex()}

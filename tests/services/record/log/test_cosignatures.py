"""Witnesses: their lines are kept for exactly the head that they signed, and only where they hold."""

from datetime import datetime

import pytest
from flask import Flask

from app.config import Settings
from app.domain.installation.public_results import Depth
from app.domain.problem import Problem
from app.formats.record.notes import RecordKey, checkpoint_text
from app.formats.record.report_codes import ReportCode
from app.services.record.log.checkpoints import Checkpoint, newest_checkpoint
from app.services.record.log.cosignatures import keep_cosignature, last_cosigned, witnessed_note
from app.transaction import reading, transaction
from tests.factories.record.department import RecordedDepartment, monday
from tests.factories.record.folder import WITNESS, Signer
from tests.fixtures.secrets import SECRETS

pytestmark = pytest.mark.both_databases

KEY = RecordKey("localhost/r/record", SECRETS.record)
OTHER = Signer("a.example.org", bytes(range(64, 96)), kind=4)


@pytest.fixture
def department(app: Flask, settings: Settings) -> RecordedDepartment:
    department = RecordedDepartment(settings)
    department.keep(monday(0))
    return department


def newest() -> Checkpoint:
    with reading() as session:
        checkpoint = newest_checkpoint(session)
    assert checkpoint is not None
    return checkpoint


def cosigned(checkpoint: Checkpoint, *signers: Signer) -> str:
    body = checkpoint_text(KEY.name, checkpoint.size, checkpoint.root)
    return checkpoint.note + "".join(signer.sign(body) for signer in signers)


def keep(note: str, signer: Signer = WITNESS, at: datetime | None = None) -> None:
    with transaction() as session:
        keep_cosignature(session, note, signer.vkey, at or monday(0))


def served(checkpoint: Checkpoint) -> tuple[str, list[tuple[int, str]]]:
    with reading() as session:
        told = [(one.size, one.name) for one in last_cosigned(session, newest().size)]
        return witnessed_note(session, checkpoint), told


def test_their_lines_stand_below_the_head_that_they_signed(department: RecordedDepartment) -> None:
    first = newest()
    assert served(first) == (first.note, [])
    keep(cosigned(first, WITNESS, OTHER), WITNESS)
    keep(cosigned(first, OTHER), OTHER)
    keep(cosigned(first, WITNESS), WITNESS)
    both = [(first.size, OTHER.name), (first.size, WITNESS.name)]
    assert served(first) == (cosigned(first, OTHER, WITNESS), both)
    code = ReportCode.of(served(first)[0], KEY.vkey, bytes(32))
    assert code == ReportCode.of(first.note, KEY.vkey, bytes(32))
    department.open(Depth.DISTRICT)
    department.keep(monday(0, minute=2))
    assert newest().size > first.size
    # The newest state has no witness, and who signed the one before is told.
    assert served(newest()) == (newest().note, both)


def test_what_the_record_never_signed_is_refused(department: RecordedDepartment) -> None:
    head = newest()
    body = checkpoint_text(KEY.name, head.size, b"x" * 32)
    another_past = KEY.sign(body) + WITNESS.sign(body)
    smaller = checkpoint_text(KEY.name, head.size - 1, head.root)
    stranger = RecordKey(KEY.name, bytes(32)).sign(checkpoint_text(KEY.name, head.size, head.root))
    with_wrong_line = head.note + WITNESS.sign(body)
    not_signed = (another_past, KEY.sign(smaller) + WITNESS.sign(smaller), stranger, with_wrong_line)
    for note in (*not_signed, head.note, "", "x\n\n— y z\n"):
        with pytest.raises(Problem, match=r"record\.cosignature_refused"):
            keep(note)
    # Who signs for the log is no witness; and what nobody could see yet nobody has seen.
    with pytest.raises(Problem, match=r"record\.cosignature_refused"):
        keep(head.note, Signer(KEY.name, SECRETS.record))
    with pytest.raises(Problem, match=r"record\.cosignature_refused"):
        keep(cosigned(head, WITNESS), at=monday(0, hour=10))
    assert served(head) == (head.note, [])


def test_before_the_record_has_begun_there_is_nothing_to_sign(app: Flask) -> None:
    with pytest.raises(Problem, match=r"nothing has been signed yet"):
        keep("x\n")

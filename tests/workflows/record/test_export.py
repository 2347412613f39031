"""The record as a folder."""

import sys
from pathlib import Path
from subprocess import run

import pytest
from flask import Flask

from app.config import Settings
from app.domain.installation.public_results import Depth
from app.domain.problem import Problem
from app.formats.record.notes import RecordKey
from app.jobs.publishing import publish_rounds
from app.services.surveys.rounds import cancel_round
from app.transaction import transaction
from app.workflows.record.export import export_record
from tests.factories.record.department import RecordedDepartment, monday
from tests.factories.surveys.rounds import OPEN_AT, QUIZ, RESULTS_AT, add_ballot, answer


def test_there_is_nothing_to_copy_before_anything_was_signed(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"record\.not_begun"):
        export_record(tmp_path / "copy", monday(0))
    assert not (tmp_path / "copy").exists()


def test_it_holds_what_everybody_can_see_by_then_and_no_more(app: Flask, settings: Settings, tmp_path: Path) -> None:
    department = RecordedDepartment(settings, Depth.DISTRICT)
    department.publish(0)
    department.live(1)
    department.keep(monday(1, hour=10, minute=30))
    before = export_record(tmp_path / "copy", monday(1, hour=10, minute=59, second=59))
    assert len(list((tmp_path / "copy").glob("figures/*"))) == 1
    after = export_record(tmp_path / "copy", monday(1))
    assert after.checkpoint.size > before.checkpoint.size
    assert len(list((tmp_path / "copy").glob("figures/*"))) == 2
    assert export_record(tmp_path / "copy", monday(1)).written == 0


def test_the_program_that_everybody_has_finds_nothing_wrong_with_rounds(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    """One that was announced and published, one that was cancelled, and a quiz, whose key stands in no entry."""
    department = RecordedDepartment(settings, Depth.DISTRICT)
    with transaction() as session:
        poll, quiz = add_ballot(session), add_ballot(session, QUIZ, slug="quiz")
        why = {"hi": "भूल", "en": "A mistake"}
        cancel_round(session, quiz.round_id, why, actor_id=quiz.approver, now=OPEN_AT)
    answer(poll, *[{"first": "patrol", "second": "yes"}] * 12)
    publish_rounds(RESULTS_AT)
    department.keep(RESULTS_AT)
    export_record(tmp_path / "copy", RESULTS_AT)
    program = Path(__file__).resolve().parents[3] / "static" / "verify" / "samvad-verify.py"
    key = RecordKey("localhost/r/record", settings.secrets.record).vkey
    said = run([sys.executable, program, tmp_path / "copy", "--key", key], capture_output=True, text=True, check=False)
    assert "nothing wrong" in said.stdout, said.stdout + said.stderr
    assert len(list((tmp_path / "copy").glob("texts/*"))) == 1

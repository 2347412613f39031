"""The record as a folder."""

from pathlib import Path

import pytest
from flask import Flask

from app.config import Settings
from app.domain.installation.public_results import Depth
from app.domain.problem import Problem
from app.workflows.record.export import export_record
from tests.factories.record.department import RecordedDepartment, monday


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

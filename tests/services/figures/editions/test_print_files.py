"""Prints beside the database: kept for a while, and made anew by whoever asks next."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.problem import Problem
from app.services.figures.editions.print_files import (
    FOLDER,
    KEPT,
    PRINT_BUSY,
    drawing_alone,
    forget_prints,
    making_alone,
    print_file,
)
from app.services.whole_files import write_whole

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)


def test_what_was_made_long_ago_is_taken_away(tmp_path: Path) -> None:
    assert forget_prints(tmp_path, NOW) == 0
    with drawing_alone(tmp_path):
        for digest, age in (("new", KEPT - timedelta(hours=1)), ("old", KEPT + timedelta(hours=1))):
            file = print_file(tmp_path, digest, "hi")
            write_whole(file, b"%PDF")
            os.utime(file, ((NOW - age).timestamp(),) * 2)
    assert forget_prints(tmp_path, NOW) == 1
    assert print_file(tmp_path, "new", "hi").read_bytes() == b"%PDF"
    assert not print_file(tmp_path, "old", "hi").exists()


def test_what_keeps_others_out_is_never_taken_away(tmp_path: Path) -> None:
    with making_alone(tmp_path, "lock-tables", Problem(PRINT_BUSY)), drawing_alone(tmp_path):
        for file in (tmp_path / FOLDER).iterdir():
            os.utime(file, (1, 1))
        assert forget_prints(tmp_path, NOW) == 0
        with pytest.raises(Problem, match=r"edition\.print_busy"), drawing_alone(tmp_path):
            pass


def test_one_at_a_time(tmp_path: Path) -> None:
    with drawing_alone(tmp_path), pytest.raises(Problem, match=r"edition\.print_busy"), drawing_alone(tmp_path):
        pass
    with drawing_alone(tmp_path):
        pass

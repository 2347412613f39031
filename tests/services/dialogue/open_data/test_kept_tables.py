"""Large tables: made once for what they are made of, and the same as what is told on pages."""

import gzip
import hashlib
import os
from datetime import date
from pathlib import Path

import pytest

from app.domain.dialogue.open_data.tables import BY_YEAR, EDITIONS, FIGURES
from app.domain.problem import Problem
from app.services.dialogue.open_data.kept_tables import DATA_BUSY, KeptTable, kept_editions, kept_year
from app.services.figures.editions.print_files import FOLDER, making_alone
from tests.services.dialogue.open_data.conftest import Opened


def rows(kept: KeptTable) -> list[list[str]]:
    return [line.split(",") for line in gzip.decompress(kept.packed.read_bytes()).decode().splitlines()[1:]]


def test_they_are_made_once_and_measured(opened: Opened, tmp_path: Path) -> None:
    first = kept_year(opened.session, tmp_path, 2026, opened.scope())
    assert list(first) == [table.name for table in BY_YEAR]
    for kept in first.values():
        text = gzip.decompress(kept.packed.read_bytes())
        told = (len(text), text.count(b"\r\n") - 1, hashlib.sha256(text).hexdigest())
        assert (kept.measured.size, kept.measured.lines, kept.measured.digest) == told
        os.utime(kept.packed, (1, 1))
    assert kept_year(opened.session, tmp_path, 2026, opened.scope()) == first
    assert {kept.packed.stat().st_mtime for kept in first.values()} == {1}


def test_one_that_is_gone_or_half_kept_is_made_anew_to_the_same_bytes(opened: Opened, tmp_path: Path) -> None:
    figures = kept_year(opened.session, tmp_path, 2026, opened.scope())[FIGURES.name]
    content = figures.packed.read_bytes()
    figures.packed.write_bytes(b"")
    figures.packed.with_suffix(".json").unlink()
    again = kept_year(opened.session, tmp_path, 2026, opened.scope())[FIGURES.name]
    assert again == figures
    assert again.packed.read_bytes() == content
    assert not list((tmp_path / FOLDER).glob("*.begun"))


def test_by_one_alone(opened: Opened, tmp_path: Path) -> None:
    with making_alone(tmp_path, "lock-tables", Problem(DATA_BUSY)), pytest.raises(Problem, match=r"data\.busy"):
        kept_editions(opened.session, tmp_path, opened.scope())
    assert kept_editions(opened.session, tmp_path, opened.scope()).measured.lines == 2


def test_a_correction_holds_in_place_of_what_was_wrong(opened: Opened, tmp_path: Path) -> None:
    before = kept_year(opened.session, tmp_path, 2026, opened.scope())[FIGURES.name]
    corrected = opened.correct()
    after = kept_year(opened.session, tmp_path, 2026, opened.scope())[FIGURES.name]
    assert before.packed != after.packed
    assert {row[-1] for row in rows(after) if row[0] == "b"} == {corrected.digest}
    assert before.measured.lines == after.measured.lines
    wrong, right, _ = rows(kept_editions(opened.session, tmp_path, opened.scope()))
    place = EDITIONS.header.index
    assert wrong[place("replaced_by")] == right[place("digest")] == corrected.digest
    assert right[place("cause") :] == ["method", "भूल", "Mistake"]


def test_each_year_has_its_own(opened: Opened, tmp_path: Path) -> None:
    opened.answer_again(due_on=date(2027, 1, 4))
    scope = opened.scope(days=60)
    assert scope.years == (2026, 2027)
    kept = [kept_year(opened.session, tmp_path, year, scope)[FIGURES.name] for year in scope.years]
    assert [{row[1] for row in rows(one)} for one in kept] == [{"2026-11-23"}, {"2027-01-04"}]
    assert kept_editions(opened.session, tmp_path, scope).measured.lines == 3

"""samvad places."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from app.cli import commands
from app.models import Place
from app.transaction import reading

DATA = Path(os.environ.get("SAMVAD_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
real_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")

LIST = "code,kind,name_hi,name_en,parent_code\nMP,state,मध्य प्रदेश,Madhya Pradesh,\nBPL,district,भोपाल,Bhopal,MP\n"

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(commands, ["places", *map(str, arguments)])

    return invoke


def how_many() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Place)) or 0


def written(folder: Path, text: str = LIST) -> Path:
    file = folder / "places.csv"
    file.write_text(text, "utf-8")
    return file


def test_a_list_is_imported_and_exported_and_changes_nothing_again(run: Run, tmp_path: Path) -> None:
    assert "added 2, renamed 0" in run("import", written(tmp_path)).output
    for ending in ("csv", "xlsx"):
        out = tmp_path / f"out.{ending}"
        assert run("export", out).exit_code == 0
        assert (
            "added 0, renamed 0, moved 0, regraded 0, retired 0, contacts 0, groups 0, unchanged 2"
            in run("import", out).output
        )


def test_a_trial_changes_nothing(run: Run, tmp_path: Path) -> None:
    result = run("import", written(tmp_path), "--dry-run")

    assert result.exit_code == 0
    assert "add\tBPL\tdistrict\tभोपाल / Bhopal\tMP" in result.output
    assert how_many() == 0


def test_a_trial_tells_of_contacts_and_groups(run: Run, tmp_path: Path) -> None:
    run("import", written(tmp_path))
    result = run("import", written(tmp_path, "code,contact_phone,group\nBPL,0755 2443000,city\n"), "--dry-run")
    assert "contact\tBPL\tभोपाल / Bhopal\n" in result.output
    assert "group\tBPL\tभोपाल / Bhopal\t-\tcity\n" in result.output
    assert "contacts 1, groups 1, unchanged 0" in result.output


def test_every_problem_is_one_line(run: Run, tmp_path: Path) -> None:
    result = run("import", written(tmp_path, LIST + "X,station,,,BPL\nY,x,थाना य,,BPL\n"))

    assert result.exit_code == 1
    assert [line.split("\t")[:3] for line in result.stdout.splitlines()] == [
        ["4", "name_hi", "place.name_missing"],
        ["5", "kind", "place.kind_unknown"],
    ]
    assert how_many() == 0


@pytest.mark.parametrize(
    ("content", "arguments", "sentence"),
    [
        (b"%PDF-1.7", [], "This is no table."),
        (LIST.encode(), ["--parent", "NOWHERE"], "There is no place with the code “NOWHERE”."),
        (LIST.encode(), ["--from-day", "2999-01-01"], "cannot lie in the future"),
    ],
)
def test_a_refusal_is_one_sentence(
    run: Run, tmp_path: Path, content: bytes, arguments: list[str], sentence: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    result = run("import", file, *arguments)
    assert result.exit_code == 1
    assert sentence in result.output
    assert "Traceback" not in result.output


def test_an_export_has_a_known_ending_and_a_place_to_go(run: Run, tmp_path: Path) -> None:
    assert "must end in .csv or .xlsx" in run("export", tmp_path / "places.ods").output
    assert run("export", tmp_path / "nowhere" / "places.csv").exit_code == 1


def test_the_starter_imports_55_districts_once(run: Run) -> None:
    assert "added 56" in run("starter", "madhya-pradesh").output
    assert "added 0" in run("starter", "madhya-pradesh").output
    assert how_many() == 56


@real_data
def test_the_directory_imports_whole(run: Run) -> None:
    assert "added 53" in run("import", DATA / "lgd_districts_madhya_pradesh.csv").output
    result = run("import", DATA / "lgd_subdistricts_madhya_pradesh.csv", "--kind", "station")
    assert "added 424, renamed 0" in result.output


@real_data
@pytest.mark.parametrize("file", ["mp_districts_hindi_mgnrega.csv", "osm_police_madhya_pradesh.csv"])
def test_dirty_lists_are_refused(run: Run, file: str) -> None:
    result = run("import", DATA / file)
    assert result.exit_code == 1
    assert all(len(line.split("\t")) == 4 for line in result.stdout.splitlines())
    assert how_many() == 0

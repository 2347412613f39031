"""Copying a record from where it is served, which is any server of files."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories.record.folder import FIRST, RecordFolder, edition, figures_of, invented_record
from tests.factories.record.served import serve, served_from
from tests.record_verifier import FILE, findings_in


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with served_from(tmp_path / "served") as address:
        yield address


def fetch(address: str, folder: Path) -> tuple[int, list[str]]:
    command = [sys.executable, "-S", "-E", "-I", str(FILE.with_name("samvad-fetch.py")), address, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def test_what_is_served_is_copied_and_nothing_twice(address: str, tmp_path: Path) -> None:
    record, copy = invented_record(), tmp_path / "copy"
    later = record.entries[700:]
    del record.entries[700:]
    serve(record, tmp_path / "served")
    code, lines = fetch(address, copy)
    assert (code, len(lines)) == (0, 1)
    assert lines[0].startswith("700 entries, ")
    assert findings_in(copy) == []
    record.entries += later
    serve(record, tmp_path / "served")
    # Tiles that are full by now, those that are not, and what belongs to the last Monday.
    assert fetch(address, copy) == (0, ["886 entries, 9 files fetched, 0 not handed out"])
    assert findings_in(copy) == []


def test_what_is_not_handed_out_is_named(address: str, tmp_path: Path) -> None:
    record = invented_record()
    text = f"texts/{record.entry(record.find('commitment'))['text']}.json"
    del record.files[text]
    serve(record, tmp_path / "served")
    code, lines = fetch(address, tmp_path / "copy")
    assert (code, lines[0]) == (0, f"{text} is not handed out")
    assert lines[-1].endswith(", 1 not handed out")
    assert findings_in(tmp_path / "copy") == [f"entry {record.find('commitment')}: its text is withheld"]


def test_figures_of_places_that_are_not_open_are_fetched_once_they_are(address: str, tmp_path: Path) -> None:
    """And asked for no further than one is missing."""
    record, copy = invented_record(), tmp_path / "copy"
    monday = FIRST + timedelta(days=35)
    theirs = [figures_of(place, monday, []) for place in ("A", "B", "C")]
    edition(record, monday, [])
    made = RecordFolder()
    edition(made, monday, theirs)
    record.entry(len(record.entries) - 1)["hidden"] = {"places": 3, "root": made.entry(0)["root"]}
    record.files |= {name: data for name, data in made.files.items() if name.startswith("editions/")}
    serve(record, tmp_path / "served")
    assert fetch(address, copy)[1][-1].endswith(" 0 not handed out")
    assert findings_in(copy) == []
    record.files |= made.files
    serve(record, tmp_path / "served")
    assert fetch(address, copy) == (0, ["887 entries, 6 files fetched, 0 not handed out"])
    assert findings_in(copy) == []


def test_what_an_entry_names_leads_nowhere_else(address: str, tmp_path: Path) -> None:
    record = invented_record()
    policy = {"what": "screening", "policy": 2, "since": str(FIRST)}
    record.add("policy", FIRST, **policy, document="../../../secret")
    record.add("edition", FIRST, due=str(FIRST), places=1, root="../../secret", hidden={"root": "../x"})
    record.add("receipts", FIRST, last_week="../../secret")
    (tmp_path / "served").mkdir()
    (tmp_path / "secret.txt").write_text("x")
    serve(record, tmp_path / "served")
    assert fetch(address, tmp_path / "a" / "copy")[1][-1].endswith(" 0 not handed out")
    assert list(tmp_path.rglob("*secret*")) == [tmp_path / "secret.txt"]


def test_where_there_is_no_record_it_says_so(address: str, tmp_path: Path) -> None:
    code, lines = fetch(address, tmp_path / "copy")
    assert (code, len(lines)) == (2, 1)
    assert "There is no record at" in lines[0]
    assert fetch("http://127.0.0.1:1/r/record/", tmp_path)[0] == 2
    assert fetch("ftp://example.org/", tmp_path)[0] == 2

"""Whatever file comes: a definition or problems, never a traceback."""

import io
import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.formats.xlsform.reading import FormReading, read_form
from app.formats.xlsform.sheets import BOUNDS, MAX_BYTES
from tests.factories.xlsform.forms import SMALL, STARTERS, as_csv, as_xlsx, in_every_format, small
from tests.meta import ROOT

OWN = ROOT / "tests/fixtures/xlsforms"
GOOD = in_every_format(SMALL)


def foreign_files() -> list[Path]:
    """Our own samples, and what lies in the folders that the environment names."""
    folders = [OWN, STARTERS]
    if shared := os.environ.get("SAMVAD_SHARED_DATA"):
        folders.append(Path(shared) / "xlsforms")
    if corpus := os.environ.get("SAMVAD_CORPUS"):
        folders.append(Path(corpus))
    # One folder may be named twice, or lie inside another.
    found = {file.resolve(): file for folder in folders for file in folder.rglob("*") if file.is_file()}
    return sorted(found.values())


def codes(reading: FormReading) -> list[str]:
    return [problem.code for problem in reading.problems]


def assert_sound(reading: FormReading) -> None:
    """Either a definition or problems, each of which can be shown."""
    assert (reading.definition is None) is bool(reading.problems)
    for problem in (*reading.problems, *reading.warnings):
        assert {"sheet", "row", "column"} <= problem.details.keys()
        assert problem.sentence()
    if reading.definition:
        assert len(reading.definition.fingerprint) == 64


@pytest.mark.parametrize("file", foreign_files(), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_foreign_file_gives_a_fingerprint_or_problems(file: Path) -> None:
    assert_sound(read_form(file.read_bytes(), file.name))


def test_our_own_samples_do_what_their_names_say() -> None:
    for file in OWN.iterdir():
        accepted = read_form(file.read_bytes(), file.name).definition is not None
        assert accepted is file.name.startswith("good"), file.name


@pytest.mark.skipif("SAMVAD_SHARED_DATA" not in os.environ, reason="the other formats are compared in test_xlsform")
def test_forms_written_by_others_in_four_formats_have_one_fingerprint() -> None:
    folder = Path(os.environ["SAMVAD_SHARED_DATA"]) / "xlsforms/pyxform"
    for stem in ("text_and_integer", "yes_or_no_question"):
        readings = [read_form(file.read_bytes(), file.name) for file in folder.glob(f"{stem}.*")]
        assert len(readings) == 4
        assert len({reading.definition and reading.definition.fingerprint for reading in readings}) == 1


@pytest.mark.parametrize("name", ["form.md", "form.csv", "form.xlsx", "form.xls", "form", "form.exe"])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "form.empty_file"),
        (b" \n\t\n", "form.empty_file"),
        (b"\xff\xfe\x00\xd8", "form.not_utf8"),
        ("आम".encode("cp1252", "ignore") + b"\x80\x81", "form.not_utf8"),
        (b"a\0b", "form.unreadable"),
        (b"PK\x03\x04", "form.unreadable"),
        (b"PK\x03\x04" + bytes(500), "form.unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "form.unreadable"),
        (b"\xd0\xcf\x11\xe0", "form.unreadable"),
        (b"hello", "form.unreadable"),
        (b"x" * (MAX_BYTES + 1), "form.file_too_large"),
        (b"<html><body>a,b,c,d,e</body></html>", "form.no_survey_sheet"),
    ],
)
def test_a_file_that_is_no_form(name: str, data: bytes, code: str) -> None:
    reading = read_form(data, name)
    assert_sound(reading)
    assert codes(reading) == [code] or (name == "form.md" and codes(reading) == ["form.unreadable"])


def test_the_content_decides_the_format_not_the_name() -> None:
    prints = {
        reading.definition.fingerprint
        for data in GOOD.values()
        if (reading := read_form(data, "form.bin")).definition is not None
    }
    assert len(prints) == 1
    assert codes(read_form(GOOD["form.xlsx"], "form.md")) == []


def test_a_bomb_is_not_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (BOUNDS.most_bytes + 1))
    assert codes(read_form(packed.getvalue(), "form.xlsx")) == ["form.unpacks_too_large"]


def test_a_sheet_of_nothing_but_cells_is_not_read() -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(GOOD["form.xlsx"])) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            cells = b"<worksheet><sheetData><row>" + b"<c/>" * 1_000_000 + b"</row></sheetData></worksheet>"
            target.writestr(name, cells if name.endswith("sheet2.xml") else source.read(name))
    assert codes(read_form(packed.getvalue(), "form.xlsx")) == ["form.unpacks_too_large"]


def test_entities_are_not_expanded() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD["form.xlsx"])) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            if name.endswith("sheet2.xml"):
                lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
                head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{lol}]>'
                text = head + text.split("?>", 1)[-1].replace("integer", "&l9;")
            target.writestr(name, text)
    assert_sound(read_form(packed.getvalue(), "form.xlsx"))


def test_too_many_rows_are_refused() -> None:
    rows = [*SMALL["survey"], *([["text", "a", "x", "x", ""]] * 5001)]
    for name, data in in_every_format(small(survey=rows)).items():
        if name != "form.xls":
            assert codes(read_form(data, name)) == ["form.too_many_rows"], name


@pytest.mark.parametrize("name", ["form.xlsx", "form.xls"])
def test_rows_and_columns_beyond_a_gap_are_not_lost_silently(name: str) -> None:
    gap = [*SMALL["survey"], *([[""] * 5] * 70), ["text", "late", "x", "x", ""]]
    assert codes(read_form(in_every_format(small(survey=gap))[name], name)) == ["form.rows_beyond"]
    wide = [[*row, *[""] * 25, "relevant" if at == 0 else ""] for at, row in enumerate(SMALL["survey"])]
    assert codes(read_form(in_every_format(small(survey=wide))[name], name)) == ["form.columns_beyond"]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    header, good, _ = SMALL["survey"]
    gap = [header, good, [""] * 5, [""] * 5, ["geopoint", "where", "x", "x", ""]]
    rows = {
        name: read_form(data, name).problems[0].details["row"]
        for name, data in in_every_format(small(survey=gap)).items()
    }
    # In the text formats three rows of settings and the name of the sheet stand above.
    assert rows == {"form.xlsx": 5, "form.xls": 5, "form.csv": 9, "form.tsv": 9, "form.md": 9}


def test_a_header_that_is_a_number_is_refused() -> None:
    book = Workbook()
    book.active.title = "survey"
    book.active.append(["type", "name", 2026])
    data = io.BytesIO()
    book.save(data)
    assert codes(read_form(data.getvalue(), "form.xlsx")) == ["form.unreadable"]


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    for name, data in GOOD.items():
        read_form(data, name)
        read_form(data[: len(data) * 2 // 3], name)
    assert capfd.readouterr() == ("", "")


@given(st.binary(max_size=300), st.sampled_from(["form.md", "form.csv", "form.xlsx"]))
def test_any_bytes(data: bytes, name: str) -> None:
    assert_sound(read_form(data, name))


@given(st.sampled_from(sorted(GOOD)), st.integers(0, 2**32))
def test_a_damaged_form(name: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    data = bytearray(GOOD[name])
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    assert_sound(read_form(bytes(data), name))


SHEETS = ["survey", "choices", "settings"]
COLUMNS = ["type", "name", "label", "label::en", "hint::hi", "relevant", "required", "constraint", "appearance", "key"]
TYPES = ["text", "integer", "note", "select_one x", "select_multiple x", "begin_group", "end_group", "colour"]
CELLS = [
    "x",
    "a",
    "b",
    "${a} = 1",
    ". > 1",
    "table-list",
    "faces",
    "yes",
    "",
    "",
    "::",
    "form_id",
    "list_name",
    "1",
    "#",
]
WORDS = st.sampled_from(SHEETS + COLUMNS + TYPES + CELLS)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=6), max_size=12))
def test_any_table(rows: list[list[str]]) -> None:
    text = "\n".join("| " + " | ".join(row) + " |" for row in [["survey"], ["", "type", "name", "label"], *rows])
    assert_sound(read_form(text.encode(), "form.md"))
    comma = "\n".join(",".join(row) for row in [["survey"], ["", "type", "name", "label"], *rows])
    assert_sound(read_form(comma.encode(), "form.csv"))


def test_labels_keep_hostile_text_as_text() -> None:
    hostile = "<script>alert(1)</script> =1+1 {{ x }} %s ' \" \\"
    survey = [SMALL["survey"][0], ["text", "a", hostile, hostile, ""]]
    for name, data in {"form.csv": as_csv(small(survey=survey)), "form.xlsx": as_xlsx(small(survey=survey))}.items():
        definition = read_form(data, name).definition
        assert definition is not None
        assert definition.question("a").label["en"] == hostile

"""One questionnaire in every format that an XLSForm can have."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from app.domain.surveys.survey import SurveyDefinition
from app.formats.xlsform.reading import FormReading, read_form
from tests.factories.xlsform.workbooks import as_xls
from tests.meta import ROOT

STARTERS = ROOT / "app/starters/surveys"
Sheets = Mapping[str, Sequence[Sequence[str]]]

SMALL: dict[str, list[list[str]]] = {
    "settings": [
        ["form_title::हिन्दी (hi)", "form_title::English (en)", "form_id"],
        ["एक छोटी बात", "A small thing", "small-thing"],
    ],
    "survey": [
        ["type", "name", "label::हिन्दी (hi)", "label::English (en)", "relevant"],
        ["select_one yes_no", "visited", "क्या आप थाने गए थे?", "Did you go to the station?", ""],
        ["integer", "age", "आपकी उम्र कितनी है?", "How old are you?", "${visited} = 'yes'"],
    ],
    "choices": [
        ["list_name", "name", "label::हिन्दी (hi)", "label::English (en)"],
        ["yes_no", "yes", "हाँ", "Yes"],
        ["yes_no", "no", "नहीं", "No"],
    ],
}

#: the small form, saying as well which answers are good and how that is said; its fingerprint is the same
READ_AS: dict[str, list[list[str]]] = {
    "settings": SMALL["settings"],
    "survey": [
        [*SMALL["survey"][0], "said::English (en)", "said::हिन्दी (hi)"],
        [*SMALL["survey"][1], "went there", "लोग गए थे"],
        [*SMALL["survey"][2], "", ""],
    ],
    "choices": [[*SMALL["choices"][0], "good"], [*SMALL["choices"][1], "yes"], [*SMALL["choices"][2], ""]],
}

HINDI = ["हिन्दी", "English"]
CHOICES = [*SMALL["choices"], *(["extent", str(face), f"हिन्दी {face}", f"Face {face}"] for face in (5, 4, 3, 2, 1))]


def small(**changed: list[list[str]]) -> dict[str, list[list[str]]]:
    """The small form with some of its sheets replaced."""
    return {**SMALL, **changed}


def survey_rows(*rows: list[str], columns: Sequence[str] = ()) -> dict[str, list[list[str]]]:
    """The small form with these rows of type, name, both labels, and then of the named columns."""
    header = ["type", "name", "label::हिन्दी (hi)", "label::English (en)", *columns]
    return small(survey=[header, *rows])


def settings(**columns: str) -> list[list[str]]:
    """The settings of the small form with more columns."""
    header, row = SMALL["settings"]
    return [[*header, *columns], [*row, *columns.values()]]


def read(sheets: Sheets) -> FormReading:
    return read_form(as_markdown(sheets), "form.md")


def good(sheets: Sheets) -> SurveyDefinition:
    """The definition of a form that has no problem."""
    reading = read(sheets)
    assert reading.problems == ()
    assert reading.definition is not None
    return reading.definition


def found(sheets: Sheets) -> list[tuple[Any, ...]]:
    """Sheet, row, column and code of every problem."""
    places = ("sheet", "row", "column")
    return [(*(problem.details[part] for part in places), problem.code) for problem in read(sheets).problems]


def codes(*rows: list[str], columns: Sequence[str] = ()) -> list[str]:
    """The code of every problem of the small form with these rows and five faces beside its choices."""
    return [problem[-1] for problem in found({**survey_rows(*rows, columns=columns), "choices": CHOICES})]


def as_markdown(sheets: Sheets) -> bytes:
    lines = []
    for name, rows in sheets.items():
        lines.append(f"| {name} |")
        lines += ["| | " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines).encode()


def as_csv(sheets: Sheets, delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    for name, rows in sheets.items():
        writer.writerow([name])
        writer.writerows(["", *row] for row in rows)
    return text.getvalue().encode()


def as_xlsx(sheets: Sheets) -> bytes:
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def in_every_format(sheets: Sheets) -> dict[str, bytes]:
    """File names to contents. The spreadsheets hold figures as numbers, as people type them."""
    figures = {name: [[float(c) if c.isdigit() else c for c in row] for row in rows] for name, rows in sheets.items()}
    return {
        "form.md": as_markdown(sheets),
        "form.csv": as_csv(sheets),
        "form.tsv": as_csv(sheets, "\t"),
        "form.xlsx": as_xlsx(sheets),
        "form.xls": as_xls(figures),
    }


def sheets_of(file: Path) -> dict[str, list[list[str]]]:
    """The sheets of one of our own forms in markdown."""
    sheets: dict[str, list[list[str]]] = {}
    name = ""
    for line in file.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells and cells[0]:
            name = cells[0]
            sheets[name] = []
        elif cells:
            sheets[name].append(cells[1:])
    return sheets

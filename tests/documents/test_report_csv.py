"""The table of a report: everything the page shows, one figure a line, and nothing that a spreadsheet runs."""

import csv
import io
from dataclasses import replace

from app.documents.report_csv import HEADER, write_report_csv
from app.domain.figures import shown
from app.domain.figures.report import Driver, Drivers, Label, Report
from tests.factories.figures.reports import label, longest_report, make_question, make_report, make_section


def rows(report: Report, language: str = "en") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_report_csv(report, language).decode("utf-8-sig"))))


def test_every_share_has_its_line() -> None:
    report = longest_report()
    lines = [row for row in rows(report) if row["figure"] == "share"]
    assert len(lines) == sum(len(question.cells) for question in report.sections[0].questions)
    first = report.sections[0].questions[0].cells[0].share
    assert (lines[0]["in_100"], lines[0]["low"], lines[0]["high"]) == (
        str(first.percent),
        str(first.low),
        str(first.high),
    )


def test_the_table_holds_what_was_set_aside_the_trend_and_the_marks() -> None:
    kinds = {row["figure"] for row in rows(make_report(make_section()))}
    assert kinds >= {"warning", "responses", "answered", "share", "trend", "set_aside", "reason", "without"}
    assert kinds >= {"including", "method", "digest", "audit"}


def test_topics_that_stand_out_have_a_line_each_and_no_cell() -> None:
    section = make_section()
    about = section.questions[1]
    driver = Driver(about.name, about.label, shown.driver(30, 20, 40), "r1", label("पानी", "Water"))
    lines = rows(make_report(replace(section, drivers=Drivers((driver,), 9)), kind="district"))
    (looked_at,) = [row for row in lines if row["figure"] == "topics"]
    assert (looked_at["number"], looked_at["evidence"]) == ("9", "open")
    (told,) = [row for row in lines if row["figure"] == "driver"]
    assert (told["question"], told["row"], told["in_100"], told["low"], told["high"]) == ("q1", "r1", "30", "20", "40")
    assert told["question_words"].endswith("? – Water")
    assert not {"topics", "driver"} & {row["figure"] for row in rows(make_report(section))}


def test_fewer_than_ten_is_a_table_too() -> None:
    figures = {row["figure"] for row in rows(make_report())}
    assert "notice" in figures
    assert "share" not in figures


def test_it_is_written_for_spreadsheets() -> None:
    text = write_report_csv(make_report(make_section()), "hi")
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.decode("utf-8-sig").splitlines()[0] == ",".join(f'"{name}"' for name in HEADER)


def test_no_cell_starts_a_formula() -> None:
    hostile = '=HYPERLINK("http://x","y")'
    figure = replace(make_question(0), label=Label(texts={"hi": hostile, "en": hostile}))
    report = make_report(replace(make_section(), questions=(figure,)), name=("@SUM(A1)", "+1+1"))
    cells = [cell for row in rows(report) for cell in row.values()]
    assert f"'{hostile}" in cells
    assert "'+1+1" in cells
    assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in cells)

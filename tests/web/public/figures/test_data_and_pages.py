"""Of a whole demonstration: page and table say the same, and a fingerprint is the same wherever it stands."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby

import pypdfium2
import pytest
from flask import Flask

from app.config import Settings
from app.jobs.editions import make_editions
from app.jobs.record.keeping import keep_record
from app.workflows.demonstration.demonstration import make_demonstration
from app.workflows.demonstration.department import DemoSize
from tests.web.public.figures.conftest import Reader, text_of

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
SHARE = re.compile(
    r"about (?P<about>\d+) (?:in|of) 100\b(?: people [\w ]+?)?,? \(?(?:uncertain at least )?between (?P<low>\d+) and "
    r"(?P<high>\d+)|fewer than (?P<below>\d+) (?:in|of) 100\b|more than (?P<above>\d+) (?:in|of) 100\b"
    r"|between (?P<least>\d+) and (?P<most>\d+) in 100"
)
PEOPLE = re.compile(r"(about|at least) (\d+) people answered this")
ANSWERS = re.compile(r"about (\d+) answers, \d")
ASIDE = re.compile(r"about (\d+) answers were set aside")
TURNING = re.compile(r"(At least )?(\d+) answers more or fewer would turn")
MIDDLE = re.compile(r"Of (\d+) points over time the middle one is about (\d+) in 100")
CHANGE = re.compile(r"(higher|lower) than before by about (\d+) in 100 \(between (\d+) and (\d+)\)")
#: what stands between a reader and figures: how they are counted, and where the way goes on
METHOD = re.compile(r"How this was counted Results are published only.*", re.S)
Line = dict[str, str]


@pytest.fixture
def shown(app: Flask, settings: Settings) -> None:
    make_demonstration(settings, DemoSize(stations_per_district=2, weeks=20), NOW, lambda _: None)
    assert make_editions(NOW)[0].editions > 7
    keep_record(settings, NOW)
    app.config["CLOCK"] = lambda: NOW


def lines(reader: Reader, name: str) -> list[Line]:
    return list(csv.DictReader(io.StringIO(reader.get(f"/r/data/{name}.csv").data.decode(), newline="")))


def by_edition(found: list[Line]) -> dict[tuple[str, str], list[Line]]:
    return {which: list(group) for which, group in groupby(found, lambda line: (line["place"], line["edition"]))}


def points_until(trends: list[Line], place: str, edition: str) -> list[Line]:
    """The points that are told by then, each as it was told last, in the order of their weeks."""
    told = [line for line in trends if line["place"] == place and line["edition"] <= edition]
    last = {tuple(line[name] for name in ("evidence", "question", "first_week", "last_week")): line for line in told}
    return [last[which] for which in sorted(last)]


def shares_in(text: str) -> set[tuple[str, ...]]:
    return {
        ("about", at["about"], at["low"], at["high"])
        if at["about"]
        else ("below", at["below"])
        if at["below"]
        else ("above", at["above"])
        if at["above"]
        else ("between", at["least"], at["most"])
        for at in SHARE.finditer(text)
    }


def share_of(line: Line) -> tuple[str, ...] | None:
    kind, told = line["share_kind"], ("share", "low", "high", "bound")
    return None if kind in ("", "withheld") else (kind, *(line[name] for name in told if line[name]))


def shares_of(found: list[Line]) -> set[tuple[str, ...]]:
    return {share for line in found if (share := share_of(line))}


def change_of(line: Line) -> tuple[str, ...] | None:
    """As a page says it; of what may be chance it says no number."""
    if not line["change"] or int(line["change_low"]) <= 0 <= int(line["change_high"]):
        return None
    limits = sorted(abs(int(line[name])) for name in ("change_low", "change_high"))
    side = "higher" if int(line["change"]) > 0 else "lower"
    return (side, line["change"].removeprefix("-"), *map(str, limits))


@pytest.mark.usefixtures("shown")
def test_every_figure_of_every_page_is_in_the_tables_and_the_reverse(reader: Reader) -> None:
    figures, sections = by_edition(lines(reader, "figures-2026")), by_edition(lines(reader, "sections-2026"))
    trends, reasons = lines(reader, "trends-2026"), by_edition(lines(reader, "reasons-2026"))
    editions = [(line["place"], line["edition"]) for line in lines(reader, "editions")]
    assert sorted(figures) == sorted(sections) == editions
    seen = 0
    for edition in editions:
        page = METHOD.sub("", text_of(reader.get(f"/r/{'/'.join(edition)}?lang=en").text))
        told, points = shares_of(figures[edition]), shares_of(points_until(trends, *edition))
        assert told <= shares_in(CHANGE.sub("", page)) <= told | points, edition
        bases = {(line["base_kind"].replace("_", " "), line["base"]) for line in figures[edition] if line["base"]}
        assert bases == set(PEOPLE.findall(page)), edition
        parts = sections[edition]
        assert {line["responses"] for line in parts if line["responses"]} == set(ANSWERS.findall(page)), edition
        asides = {line["set_aside"] for line in parts} | {line["number"] for line in reasons.get(edition, [])}
        assert asides - {""} == set(ASIDE.findall(page)), edition
        turning = {("At least " * (line["turning_kind"] == "at_least"), line["turning"]) for line in parts}
        assert turning - {("", "")} == set(TURNING.findall(page)), edition
        middle = {(line["middle_of"], line["middle"]) for line in parts if line["middle"]}
        assert middle == set(MIDDLE.findall(page)), edition
        seen += len(told)
    assert seen > 100


@pytest.mark.usefixtures("shown")
def test_every_point_over_time_is_in_a_table_and_the_reverse(reader: Reader) -> None:
    trends, seen = lines(reader, "trends-2026"), 0
    newest = {line["place"]: line["edition"] for line in lines(reader, "editions")}
    for place, edition in newest.items():
        points = points_until(trends, place, edition)
        page = text_of(reader.get(f"/r/{place}/trends?lang=en").text)
        assert shares_of(points) == shares_in(CHANGE.sub("", page)), place
        # What an older edition says of a change is said of the point that was its newest.
        last = {(line["evidence"], line["question"]): line for line in points}
        assert {change for line in last.values() if (change := change_of(line))} == set(CHANGE.findall(page)), place
        seen += len(points)
    assert seen > 100


@pytest.mark.usefixtures("shown")
def test_the_fingerprint_is_that_of_the_file_on_page_paper_and_record(reader: Reader) -> None:
    editions = lines(reader, "editions")
    for line in editions:
        address = f"/r/{line['place']}/{line['edition']}"
        document = reader.get(f"{address}.json").data
        assert hashlib.sha256(document).hexdigest() == line["digest"]
        assert line["digest"] in text_of(reader.get(f"{address}?lang=en").text)
        assert reader.get(f"/r/record/figures/{line['digest']}.json").data == document
        assert reader.get(f"{address}.tlog-proof").status_code == 200
        assert line["digest"] in " ".join(printed(reader.get(f"{address}.pdf?lang=en").data))
    assert len(editions) > 7


def printed(pdf: bytes) -> Iterator[str]:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for sheet in document:
            yield sheet.get_textpage().get_text_range().replace("\r\n", "")

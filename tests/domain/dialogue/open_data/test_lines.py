"""Every number of a document is in its lines, and each line says whose it is."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.codes.channel import Evidence
from app.domain.dialogue.open_data.lines import EditionLines
from app.domain.dialogue.open_data.tables import BY_YEAR
from app.domain.figures import shown
from app.domain.figures import wording as say
from app.domain.figures.editions.document import write_edition
from app.domain.figures.editions.stored import EditionJson
from app.domain.figures.report import Headline, Label, ReasonFigure, SetAsidePanel, Trend, TrendPoint
from app.domain.figures.report_marks import HeadlineLabel
from tests.domain.figures.editions.test_document import HEAD, WEEK, section_of

Lines = dict[str, list[dict[str, object]]]
WORDS = Label(texts={"en": "x"})
ABOUT = shown.about(61, 52, 70, at_least=False)


def whole(evidence: Evidence = Evidence.INVITED, points: int = 3, last: int = 47) -> EditionJson:
    """A document with all that a section can say."""
    asides = SetAsidePanel(
        shown.set_aside(25),
        (ReasonFigure("late", WORDS, shown.set_aside(15)), ReasonFigure("other", WORDS, shown.set_aside(None))),
        without=ABOUT,
        including=shown.about(57, 48, 66, at_least=False),
        decided=shown.decided(15),
    )
    weeks = [WEEK - timedelta(weeks=at) for at in reversed(range(points))]
    shares = [shown.about(40 + at, 30, 50, at_least=False) for at in range(points - 1)]
    told = [*shares, shown.about(last, 38, 56, at_least=False)]
    line = [TrendPoint(week, week, shown.people(50), share) for week, share in zip(weeks, told, strict=True)]
    label = HeadlineLabel(("few", "record"), 120, 18, (43, 79), (55, 41, 69))
    section = replace(
        section_of(evidence),
        set_aside=asides,
        trends=(Trend("overall", WORDS, say.GOOD, tuple(line), shown.change(-7, -19, 5)),),
        headline=Headline(WORDS, say.GOOD, ABOUT, label),
    )
    return write_edition(HEAD, {"visit": [section]})


def main_question(_slug: str, _version: int) -> str:
    return "overall"


def read(lines: EditionLines, document: EditionJson, digest: str = "f" * 64) -> Lines:
    found = lines.of(document, digest)
    return {table.name: [dict(zip(table.header, line, strict=True)) for line in found[table.name]] for table in BY_YEAR}


def numbers_in(value: object) -> Iterator[int]:
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in ("schema", "policy", "number_of", "version"):
                yield from numbers_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from numbers_in(part)


def test_every_number_of_a_document_is_in_its_lines() -> None:
    document = whole()
    document["surveys"][0]["sections"][0]["firmness"] = {"middle": 33, "points": 21, "turning": 87, "at_least": True}
    found = read(EditionLines("s-1", main_question), document)
    told = {number for lines in found.values() for line in lines for number in numbers_in(line)}
    assert set(numbers_in(document["surveys"])) <= told
    assert {19, 87, 21, 33, 18, 120, 43, 79, 55, 41, 69} <= {abs(number) for number in told}


def test_a_line_says_whose_it_is() -> None:
    found = read(EditionLines("s-1", main_question), whole())
    for name, lines in found.items():
        assert lines, name
        for line in lines:
            assert (line["place"], line["edition"], line["survey"], line["evidence"], line["digest"]) == (
                "s-1", "2026-11-30", "visit", "invited", "f" * 64,
            )  # fmt: skip


@pytest.mark.parametrize(("evidence", "told"), [(Evidence.INVITED, "false"), (Evidence.OPEN, "true")])
def test_it_says_of_whom_nobody_knows_what_the_others_think(evidence: Evidence, told: str) -> None:
    found = read(EditionLines("s-1", main_question), whole(evidence))
    lines = (line for name in ("figures", "sections", "trends") for line in found[name])
    assert {line["chosen_themselves"] for line in lines} == {told}


def test_a_kind_of_share_has_the_numbers_that_are_told_and_no_others() -> None:
    told = {
        "about": {"share", "low", "high"},
        "below": {"bound"},
        "above": {"bound"},
        "withheld": set(),
        None: set(),
    }
    seen = set()
    for line in read(EditionLines("s-1", main_question), whole())["figures"]:
        kind = line["share_kind"]
        assert {name for name in ("share", "low", "high", "bound") if line[name] is not None} == told[kind]  # type: ignore[index]
        seen.add(kind)
    assert {"about", "below", None} <= seen


def test_what_stands_beside_the_main_question_is_named_in_brackets() -> None:
    lines = read(EditionLines("s-1", main_question), whole())["figures"]
    sides = {line["answer"]: line["share"] for line in lines if line["question"] == "overall"}
    assert (sides["(without)"], sides["(including)"]) == (61, 57)
    without_any = read(EditionLines("s-1", lambda _slug, _version: None), whole())["figures"]
    assert not {line["answer"] for line in without_any} & {"(without)", "(including)"}


def test_a_point_is_told_once_and_again_when_it_is_told_otherwise() -> None:
    lines = EditionLines("s-1", main_question)
    assert len(read(lines, whole())["trends"]) == 3
    assert read(lines, whole())["trends"] == []
    (again,) = read(lines, whole(last=46))["trends"]
    assert (again["share"], again["change"], again["change_low"], again["change_high"]) == (46, -7, -19, 5)
    assert len(read(EditionLines("s-2", main_question), whole())["trends"]) == 3


def test_an_edition_that_says_nothing_more_has_a_section_all_the_same() -> None:
    section = replace(section_of(), questions=(), set_aside=None, first_week=date(2026, 1, 5))
    found = read(EditionLines("s-1", main_question), json.loads(json.dumps(write_edition(HEAD, {"visit": [section]}))))
    assert [len(found[name]) for name in ("figures", "sections", "reasons", "trends")] == [0, 1, 0, 0]
    (line,) = found["sections"]
    assert (line["first_week"], line["responses"], line["set_aside"]) == ("2026-01-05", 60, None)
    assert line["headline"] == "false"

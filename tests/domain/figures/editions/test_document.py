"""What stands in an edition's document: figures, and nothing that could be said better one day."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from app.domain.codes.channel import Evidence
from app.domain.figures import shown
from app.domain.figures import wording as say
from app.domain.figures.counters import CounterLayout
from app.domain.figures.disclosure import POLICY
from app.domain.figures.editions.document import EditionHead, write_edition
from app.domain.figures.question_figures import count_question, question_figure
from app.domain.figures.report import Driver, Drivers, EvidenceSection, Label, SetAsidePanel
from tests.factories import VISIT

HEAD = EditionHead("S-1", date(2026, 11, 30), 1, None)
WEEK = date(2026, 11, 9)


def section_of(evidence: Evidence = Evidence.OPEN) -> EvidenceSection:
    """Sixty answers: of some questions every share, of some a limit, of some nothing."""
    answers = [{"overall": 5 - at % 5, "purpose": "complaint" if at % 3 else "passport"} for at in range(60)]
    layout = CounterLayout(VISIT)
    told = layout.read(layout.count(answers))
    figures = (question_figure(count_question(part, [(60, counts)]), at_least=True) for part, counts in told)
    return EvidenceSection(
        evidence,
        say.HEADINGS[evidence],
        say.SAID_BY_CHOOSERS,
        shown.answers(60),
        releases=2,
        first_week=WEEK,
        last_week=WEEK,
        questions=tuple(figures),
        set_aside=SetAsidePanel(shown.set_aside(20), decided=shown.decided(15)),
        digest="b" * 64,
        digests=("a" * 64, "b" * 64),
        version=3,
    )


def with_drivers(section: EvidenceSection) -> EvidenceSection:
    named = Driver("overall", Label(texts=VISIT.question("overall").label), shown.driver(30, 20, 40))
    return replace(section, drivers=Drivers((named,), 7))


def test_it_holds_no_sentence() -> None:
    text = json.dumps(write_edition(HEAD, {"visit": [with_drivers(section_of())]}), ensure_ascii=False)
    assert not re.search(r"[\u0900-\u097f]|[a-z] [a-z]", text)
    assert '"percent"' in text
    assert '"bound"' in text


def test_it_names_what_it_is_made_of_and_by_which_rules() -> None:
    document = write_edition(HEAD, {"visit": [section_of()], "poll": []})
    assert (document["schema"], document["policy"]) == (1, POLICY)
    assert (document["place"], document["due_on"]) == ("S-1", "2026-11-30")
    assert [survey["slug"] for survey in document["surveys"]] == ["poll", "visit"]
    (section,) = document["surveys"][1]["sections"]
    assert (section["version"], section["releases"], section["responses"]) == (3, ["a" * 64, "b" * 64], 60)


def test_drivers_stand_in_it_only_where_there_are_any() -> None:
    """What was kept before there were drivers keeps its bytes, and a station never has the key."""
    (plain,) = write_edition(HEAD, {"visit": [section_of()]})["surveys"][0]["sections"]
    assert "drivers" not in plain
    (told,) = write_edition(HEAD, {"visit": [with_drivers(section_of())]})["surveys"][0]["sections"]
    assert told.pop("drivers") == {  # type: ignore[misc]
        "looked_at": 7,
        "named": [{"name": "overall", "row": None, "points": 30, "low": 20, "high": 40}],
    }
    assert told == plain


def test_a_section_without_releases_is_none() -> None:
    empty = EvidenceSection(Evidence.OPEN, say.HEADINGS[Evidence.OPEN], say.SAID_BY_CHOOSERS, shown.answers(None), 0)
    with pytest.raises(ValueError, match="with releases"):
        write_edition(HEAD, {"visit": [empty]})

import json

import pytest

from app.domain.codes.channel import Evidence
from app.domain.figures.editions.document import write_edition
from app.domain.figures.editions.reader import read_edition
from app.domain.surveys.survey import SurveyDefinition
from tests.domain.figures.editions.test_document import HEAD, section_of, with_drivers
from tests.factories import VISIT


def definition(slug: str, number: int) -> SurveyDefinition:
    assert (slug, number) == ("visit", 3)
    return VISIT


def test_what_was_written_is_read_word_for_word() -> None:
    section = section_of()
    document = json.loads(json.dumps(write_edition(HEAD, {"visit": [section]})))
    (read,) = read_edition(document, definition)["visit"]
    assert read.questions == section.questions
    assert (read.responses, read.digests, read.first_week) == (section.responses, section.digests, section.first_week)
    assert read.drivers is None
    assert read.set_aside is not None
    assert read.set_aside.decided == section.set_aside.decided  # type: ignore[union-attr]
    assert read.set_aside.count == section.set_aside.count  # type: ignore[union-attr]


def test_drivers_are_read_as_they_were_written() -> None:
    section = with_drivers(section_of())
    document = json.loads(json.dumps(write_edition(HEAD, {"visit": [section]})))
    (read,) = read_edition(document, definition)["visit"]
    assert read.drivers == section.drivers


@pytest.mark.parametrize(("evidence", "headline"), [(Evidence.OPEN, False), (Evidence.INVITED, True)])
def test_only_those_whom_others_chose_have_a_headline(evidence: Evidence, headline: bool) -> None:
    document = write_edition(HEAD, {"visit": [section_of(evidence)]})
    panel = document["surveys"][0]["sections"][0]["set_aside"]
    assert panel is not None
    panel["without"] = {"kind": "about", "percent": 40, "low": 29, "high": 53}
    (read,) = read_edition(document, definition)["visit"]
    assert (read.headline is not None) is headline

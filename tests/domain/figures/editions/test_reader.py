import json
from dataclasses import replace

import pytest

from app.domain.codes.channel import Evidence
from app.domain.figures import wording as say
from app.domain.figures.disclosure import share_of
from app.domain.figures.editions.document import write_edition
from app.domain.figures.editions.reader import read_edition
from app.domain.figures.report import Headline, Label
from app.domain.figures.report_marks import HeadlineLabel
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


@pytest.mark.parametrize(("limits", "of_all"), [((29, 61), (45, 30, 60)), (None, None)])
def test_a_headline_is_read_with_its_label(limits: tuple[int, int] | None, of_all: tuple[int, int, int] | None) -> None:
    section = section_of(Evidence.INVITED)
    assert section.set_aside is not None
    share = share_of(40, 100, 100, at_least=False)
    label = HeadlineLabel(("few", "decoys"), 25, 9, limits, of_all)
    headline = Headline(Label(texts=VISIT.question("overall").label), say.GOOD, share, label)
    told = replace(section, set_aside=replace(section.set_aside, without=share), headline=headline)
    document = json.loads(json.dumps(write_edition(HEAD, {"visit": [told]})))
    (read,) = read_edition(document, definition)["visit"]
    assert read.headline == headline


def test_what_was_kept_before_there_were_labels_has_no_headline() -> None:
    document = write_edition(HEAD, {"visit": [section_of(Evidence.INVITED)]})
    panel = document["surveys"][0]["sections"][0]["set_aside"]
    assert panel is not None
    panel["without"] = {"kind": "about", "percent": 40, "low": 29, "high": 53}
    (read,) = read_edition(document, definition)["visit"]
    assert read.headline is None

"""The headline as anybody reads it: on page, print and in the files, with its label and every reason against it."""

import csv
import io
import json
from contextlib import closing
from datetime import timedelta

import pypdfium2
import pytest
from flask import Flask

from app.domain.codes.channel import Channel
from app.domain.installation.public_results import Depth
from app.jobs.editions import make_editions
from app.models import Department, EditionDay
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.transaction import transaction
from tests.factories import add_place, add_responses, add_survey
from tests.factories.draws.asked_people import add_asked, keep_whole
from tests.web.public.figures.conftest import MONDAY, WEEK, Reader, text_of

ADDRESS = "/r/s-1/2026-11-30"
BEFORE = timedelta(days=7)
CERTIFIED = {
    "en": "This figure is certified. If up to 18 of 120 were false: from 43 to 79 in 100.",
    "hi": "यह परखा हुआ आँकड़ा है।",
}
NOT_CERTIFIED = {
    "en": "This figure is not certified: who was asked was not drawn in public; the public record is not whole.",
    "hi": "यह आँकड़ा परखा नहीं गया: किनसे पूछा जाए, यह सबके सामने लॉटरी से तय नहीं हुआ;",
}


def publish(app: Flask, *, is_in_record: bool) -> None:
    """A station where 120 of 240 invited people answered, and forty by themselves."""
    app.config["CLOCK"] = lambda: MONDAY
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police"))
        session.add(EditionDay(due_on=MONDAY.date() - BEFORE, last_release_id=0, finished_at=MONDAY))
        place, version = add_place(session, code="S-1"), add_survey(session, slug="visit")
        place.page = "s-1"
        row = add_asked(session, place, version, WEEK - BEFORE, WEEK + timedelta(days=60))
        if is_in_record:
            made = MONDAY - timedelta(hours=1)
            keep_whole(session, WEEK - 2 * BEFORE, made, [("list", row.id), ("draw", row.id)])
        invited = [{"overall": 5}] * 72 + [{"overall": 1}] * 48
        add_responses(session, place, version, WEEK, invited, channel=Channel.INVITE)
        add_responses(session, place, version, WEEK, [{"overall": 1}] * 40)
        publish_releases(session, MONDAY - timedelta(hours=2))
        decide_public_results(session, Depth.STATION, MONDAY.date(), None, MONDAY)
    make_editions(MONDAY - timedelta(minutes=30))


def printed(reader: Reader, language: str) -> str:
    with closing(pypdfium2.PdfDocument(reader.get(f"{ADDRESS}.pdf?lang={language}").data)) as document:
        return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())


def lines(reader: Reader) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(reader.get(f"{ADDRESS}.csv?lang=en").data.decode("utf-8-sig"))))


@pytest.mark.parametrize(("is_in_record", "told"), [(True, CERTIFIED), (False, NOT_CERTIFIED)])
def test_the_page_says_it_in_both_languages(
    app: Flask, reader: Reader, is_in_record: bool, told: dict[str, str]
) -> None:
    publish(app, is_in_record=is_in_record)
    for language, said in told.items():
        page = text_of(reader.get(f"{ADDRESS}?lang={language}").text)
        assert page.count(said) == 1, "of people who answered by themselves nothing is said"


def test_print_and_files_hold_it_too(app: Flask, reader: Reader) -> None:
    publish(app, is_in_record=False)
    assert NOT_CERTIFIED["en"] in printed(reader, "en")
    (label,) = [line for line in lines(reader) if line["figure"] == "label"]
    assert (label["evidence"], label["number"], label["low"], label["high"]) == ("invited", "18", "43", "79")
    assert [line["answer"] for line in lines(reader) if line["figure"] == "against"] == ["draw", "record"]
    sections = json.loads(reader.get(f"{ADDRESS}.json").data)["surveys"][0]["sections"]
    assert {section["evidence"]: section.get("label") for section in sections} == {
        "invited": {"reasons": ["draw", "record"], "answers": 120, "false": 18, "low": 43, "high": 79},
        "open": None,
    }

"""Promises as everybody reads them: late ones first, what people said copied, and none that disappears."""

import re
from datetime import datetime

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.domain.dialogue.commitment import Step
from app.domain.figures.editions.days import Showing
from app.domain.installation.public_results import Depth
from app.domain.weeks import WEEK, day_of
from app.jobs.record.keeping import keep_record
from app.models import Edition, SurveyVersion
from app.services.dialogue.commitments import approve, finish, move
from app.services.figures.editions.making import correct_edition
from app.services.installation.public_results import decide_public_results
from app.services.places.changes import retire_place
from app.services.record.editions import keep_edition, newest_edition
from app.transaction import transaction
from tests.factories.dialogue.commitments import DAY, MONDAY, SAID, PromisingDepartment
from tests.factories.record.department import entries
from tests.web.public.figures.conftest import Reader, text_of

PAGE = "/r/s-d1-b-1/promises"


@pytest.fixture
def department(app: Flask) -> PromisingDepartment:
    app.config["CLOCK"] = lambda: MONDAY
    return PromisingDepartment.begin()


@pytest.fixture
def reader(client: FlaskClient) -> Reader:
    return Reader(client)


def at(app: Flask, now: datetime) -> None:
    app.config["CLOCK"] = lambda: now


def read(reader: Reader, address: str = PAGE, language: str = "en") -> str:
    answer = reader.get(f"{address}?lang={language}")
    assert answer.status_code == 200
    return text_of(answer.text)


def test_without_a_promise_that_is_said_and_since_when_there_are_results(
    reader: Reader, department: PromisingDepartment
) -> None:
    department.draft()
    department.propose()
    for address in (PAGE, "/r/s-d1-b-1"):
        said = read(reader, address)
        assert "No promise yet" in said
        assert "Results first appeared on 30 November 2026." in said
        assert "Two counters" not in said
    assert "अभी तक कोई वादा नहीं" in read(reader, language="hi")
    assert "There are no results yet either." in read(reader, "/r/s-d1-b-2/promises")


def test_a_promise_stands_under_the_figures_and_on_its_own_page(
    app: Flask, reader: Reader, department: PromisingDepartment
) -> None:
    read(reader, "/r/s-d1-b-1")
    department.open()
    # What was remembered of the page learns of it at once.
    place = read(reader, "/r/s-d1-b-1")
    assert "Two counters will be open at noon. Station head · By 30 December 2026" in place
    assert place.index("about 65 in 100") < place.index("What we will do")
    for address in (PAGE, f"{PAGE}/1", f"{PAGE.upper()}/1"):
        said = read(reader, address)
        assert "How was overall? – good (the two best answers): about 65 in 100" in said
        assert "Two counters will be open at noon." in said
        assert "Results of 30 November 2026" in said
    assert "दोपहर में दो काउंटर खुलेंगे।" in read(reader, f"{PAGE}/1", "hi")
    for unknown in (f"{PAGE}/2", f"{PAGE}/0", f"{PAGE}/99999999999999999999", "/r/nowhere/promises", f"{PAGE}/x"):
        assert reader.get(unknown).status_code == 404


def test_it_becomes_late_by_itself_and_a_moved_day_hides_nothing(
    app: Flask, reader: Reader, department: PromisingDepartment
) -> None:
    department.open(days=100)
    made = department.open(days=7)
    for days, late in ((7, False), (8, True)):
        at(app, MONDAY + days * DAY)
        assert ("1 day late" in read(reader)) == late
        assert ("1 day late" in read(reader, "/r/s-d1-b-1")) == late
    now = MONDAY + 9 * DAY
    with transaction() as session:
        move(session, made, day_of(now + 30 * DAY), SAID, department.heads["busy"], now)
    at(app, now)
    said = read(reader)
    assert "2 days late · By 8 January 2027; first promised for 7 December 2026" in said
    assert said.index("Late (1)") < said.index("Still open (1)")
    assert "9 December 2026: moved to 8 January 2027 – Both are open." in read(reader, f"{PAGE}/2")
    assert "2 दिन की देर" in read(reader, language="hi")


def test_what_became_of_them_stays_in_this_order(reader: Reader, department: PromisingDepartment) -> None:
    for step in (Step.WITHDRAWN, Step.NOT_DONE, Step.DONE):
        made = department.open()
        with transaction() as session:
            finish(session, made, step, SAID, department.heads["busy"], MONDAY)
    said = read(reader)
    headings = [said.index(f"{heading} (1)") for heading in ("Done", "Not done", "Withdrawn")]
    assert headings == sorted(headings)
    withdrawn = reader.get(f"{PAGE}/1?lang=en").text
    assert "<s>Two counters will be open at noon.</s>" in withdrawn
    assert "Both are open." in text_of(withdrawn)
    assert "No open promise." in read(reader, "/r/s-d1-b-1")


def test_what_people_want_changed_stands_beside(app: Flask, reader: Reader, department: PromisingDepartment) -> None:
    with transaction() as session:
        edition = session.query(Edition).filter_by(place_id=department.ids["busy"]).one()
        edition.document = edition.document.replace('"name":"purpose"', '"name":"change"')
    with transaction() as session:
        version = session.get_one(SurveyVersion, department.version)
        version.definition = version.definition.replace('"name":"purpose"', '"name":"change"')
    department.open()
    said = read(reader)
    assert "What people want changed most" in said
    assert said.index("What people want changed most") > said.index("Two counters")


def test_of_corrected_results_both_figures_are_read(reader: Reader, department: PromisingDepartment) -> None:
    department.open()
    with transaction() as session:
        wrong = newest_edition(session, department.ids["busy"], Showing(MONDAY.date()))
        assert wrong is not None
        new = correct_edition(session, wrong, "error", {"hi": "गलती", "en": "A mistake."})
        right = session.get_one(Edition, keep_edition(session, new, MONDAY).id)
        right.document = right.document.replace('"percent":65', '"percent":31')
    page = reader.get(f"{PAGE}?lang=en").text
    said = text_of(page)
    assert said.index("about 65 in 100") < said.index("These results were corrected later. Right is: about 31 in 100")
    assert 'href="/r/s-d1-b-1/2026-11-30/1?lang=en"' in page


def test_half_a_year_after_its_end_then_and_now_stand_side_by_side(
    app: Flask, reader: Reader, department: PromisingDepartment
) -> None:
    made = department.open()
    with transaction() as session:
        finish(session, made, Step.DONE, SAID, department.heads["busy"], MONDAY + WEEK)
    later = MONDAY + 27 * WEEK
    department.answer("busy", 80, (later - 10 * WEEK).date())
    department.publish(later)
    at(app, later)
    said = read(reader)
    assert said.index("about 65 in 100") < said.index("Now")
    assert re.search(r"about 82 in 100.*higher than before by about 17 in 100", said[said.index("Now") :])


def test_a_retired_place_keeps_its_promises(app: Flask, reader: Reader, department: PromisingDepartment) -> None:
    department.open(days=7)
    with transaction() as session:
        retire_place(session, department.ids["busy"], None, MONDAY)
    at(app, MONDAY + 9 * DAY)
    said = read(reader)
    assert "This place was closed on 30 November 2026." in said
    assert "2 days late" in said
    assert "2 days late" in read(reader, "/r/s-d1-b-1")


def test_where_results_are_closed_there_is_no_page_of_promises(reader: Reader, department: PromisingDepartment) -> None:
    department.open()
    with transaction() as session:
        decide_public_results(session, Depth.DISTRICT, MONDAY.date(), None, MONDAY)
    for address in (PAGE, f"{PAGE}/1"):
        assert reader.get(address).status_code == 404
    assert reader.get("/r/s-d1/promises").status_code == 200


def test_a_place_that_quotes_its_district_says_so(reader: Reader, department: PromisingDepartment) -> None:
    department.open("quiet")
    page = reader.get("/r/s-d1-b-2/promises?lang=en").text
    assert "Results of 30 November 2026 , District One" in text_of(page)
    assert 'href="/r/s-d1/2026-11-30?lang=en"' in page
    assert "Two counters will be open at noon." in read(reader, "/r/s-d1-b-2")


def test_three_promises_fit_in_six_kilobytes_and_carry_their_own_words(
    reader: Reader, department: PromisingDepartment
) -> None:
    for _ in range(2):
        department.open()
    made = department.propose()
    with transaction() as session:
        approve(session, made, department.heads["admin"], MONDAY)
        finish(session, made, Step.DONE, SAID, department.heads["busy"], MONDAY)
    department.open()
    for language in ("hi", "en"):
        page = reader.get(f"{PAGE}?lang={language}")
        assert len(brotli.compress(page.data, quality=11)) <= 6_000
        assert 'property="og:title"' in page.text
        assert '<meta name="description"' in page.text
        assert "noindex" not in page.text
    assert "<title>Promises: Paheli Station" in reader.get(f"{PAGE}?lang=en").text


def test_each_thing_that_happened_names_its_line_of_the_record_once_it_can_be_seen(
    app: Flask, settings: Settings, reader: Reader, department: PromisingDepartment
) -> None:
    made = department.open()
    assert "line" not in read(reader, f"{PAGE}/1")
    keep_record(settings, MONDAY)
    first = re.search(
        r"promised in public for 30 December 2026 · line (\d+) of the public record", read(reader, f"{PAGE}/1")
    )
    assert first is not None
    assert entries()[int(first[1])]["type"] == "commitment"
    with transaction() as session:
        finish(session, made, Step.DONE, SAID, department.heads["busy"], MONDAY)
    keep_record(settings, MONDAY + DAY)
    at(app, MONDAY + DAY)
    assert re.search(r"it was done · line \d+ of the public record", read(reader, f"{PAGE}/1"))

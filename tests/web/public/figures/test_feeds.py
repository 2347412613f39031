"""Feeds and the calendar as programs of others read them."""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar, Event

from app.config import Settings
from app.domain.dialogue.commitment import Step
from app.domain.figures.editions.days import Showing
from app.domain.installation.public_results import Depth
from app.domain.places.place import BilingualName
from app.jobs.publishing import publish_rounds
from app.models import Department
from app.services.dialogue.commitments import finish, move
from app.services.figures.editions.making import correct_edition
from app.services.installation.public_results import decide_public_results
from app.services.places.changes import set_names
from app.services.record.editions import keep_edition, newest_edition
from app.transaction import transaction
from tests.factories.dialogue.commitments import DAY, SAID, WILL, PromisingDepartment
from tests.factories.surveys.rounds import OPEN_AT, RESULTS_AT, add_ballot, answer, set_clock
from tests.web.public.figures.conftest import MONDAY, Department_, Reader

FEEDS = ["/r/feed.atom", "/r/s-d1-b-1/feed.atom"]
HOSTILE = "थाना </title>\x00\x1b,;\\\n\"'<![CDATA[ " + "क्षत्रिय" * 40


def read(reader: Reader, address: str) -> feedparser.FeedParserDict:
    answer = reader.get(address)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(answer.data, response_headers={"content-type": answer.headers["Content-Type"]})
    assert found.bozo is False, found.get("bozo_exception")
    return found


def events_of(data: bytes) -> list[Event]:
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    return found.events


def correct(department: Department_, at: datetime) -> None:
    with transaction() as session:
        wrong = newest_edition(session, department.busy, Showing(MONDAY.date()))
        assert wrong is not None
        reason = {"hi": "भूल थी।", "en": "It was a mistake."}
        keep_edition(session, correct_edition(session, wrong, "error", reason), at)


@pytest.mark.usefixtures("department")
@pytest.mark.parametrize("language", ["", "?lang=en"])
@pytest.mark.parametrize("address", FEEDS)
def test_a_reader_takes_it_and_finds_each_entry(reader: Reader, address: str, language: str) -> None:
    found = read(reader, address + language)
    assert found.feed.id == f"http://localhost{address}"
    assert found.feed.links[0].href == f"http://localhost{address}{language}"
    (entry,) = found.entries
    assert entry.published == entry.updated == found.feed.updated == "2026-11-30T05:30:00Z"
    assert reader.get(entry.link.removeprefix("http://localhost")).status_code == 200
    assert ("?lang=en" in entry.link) is bool(language)
    assert entry.id in ("http://localhost/r#2026-11-30", "http://localhost/r/s-d1-b-1/2026-11-30")
    if language:
        assert entry.title == "Results of 30 November 2026"


@pytest.mark.usefixtures("department")
def test_a_monday_says_of_how_many_places_and_no_figure(reader: Reader) -> None:
    (entry,) = read(reader, "/r/feed.atom?lang=en").entries
    assert entry.summary == "3 places have new results."
    assert "in 100" not in reader.get("/r/s-d1-b-1/feed.atom?lang=en").text


@pytest.mark.usefixtures("department")
def test_a_correction_shows_and_the_entry_stays_the_same_one(reader: Reader, department: Department_) -> None:
    before = {address: read(reader, address).entries[0].id for address in FEEDS}
    correct(department, MONDAY + timedelta(days=2))
    for address in FEEDS:
        found = read(reader, f"{address}?lang=en")
        (entry,) = found.entries
        assert entry.id == before[address]
        assert entry.published == "2026-11-30T05:30:00Z"
        assert entry.updated == found.feed.updated == "2026-12-02T05:30:00Z"
        assert ("At 1 place they were corrected." if address == FEEDS[0] else "It was a mistake.") in entry.summary
    assert entry.title == "This was corrected: Results of 30 November 2026"


@pytest.mark.usefixtures("department")
def test_all_is_the_same_after_a_restart(
    settings: Settings, reader: Reader, make_app: Callable[[Settings], Flask]
) -> None:
    addresses = [*FEEDS, "/r/calendar.ics", "/r/data/datapackage.json"]
    first = [reader.get(address).data for address in addresses]
    again = make_app(settings)
    again.config["CLOCK"] = lambda: MONDAY + timedelta(hours=5)
    client = again.test_client()
    assert [client.get(address).data for address in addresses] == first


@pytest.mark.usefixtures("department")
def test_hostile_names_break_nothing(reader: Reader) -> None:
    with transaction() as session:
        set_names(session, "S.D1/B-1", BilingualName(HOSTILE, HOSTILE))
        session.query(Department).update({"name_hi": HOSTILE, "name_en": HOSTILE})
    for language in ("hi", "en"):
        titles = [read(reader, f"{address}?lang={language}").feed.title for address in FEEDS]
        assert all("क्षत्रिय" * 40 in title for title in titles)
        first, *_ = events_of(reader.get(f"/r/calendar.ics?lang={language}").data)
        assert "क्षत्रिय" * 40 in str(first["SUMMARY"])


@pytest.mark.usefixtures("department")
@pytest.mark.parametrize("address", [*FEEDS, "/r/calendar.ics", "/r/data/datapackage.json"])
def test_nothing_is_sent_twice(client: FlaskClient, address: str) -> None:
    for encoding in ("identity", "gzip", "br"):
        with client.application.app_context():
            answer = client.get(address, headers={"Accept-Encoding": encoding})
            again = client.get(address, headers={"Accept-Encoding": encoding, "If-None-Match": answer.headers["ETag"]})
        assert (answer.status_code, again.status_code, again.data) == (200, 304, b"")


@pytest.mark.usefixtures("department")
class TestCalendar:
    def test_a_phone_finds_the_mondays_of_a_year(self, reader: Reader) -> None:
        answer = reader.get("/r/calendar.ics?lang=en")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        events = events_of(answer.data)
        starts = [event.DTSTART for event in events]
        assert len(starts) == 52
        assert starts[0] == datetime(2026, 12, 7, 5, 30, tzinfo=UTC)
        assert {later - earlier for earlier, later in pairwise(starts)} == {timedelta(days=7)}
        assert len({event["UID"] for event in events}) == 52
        assert events[0]["URL"] == "http://localhost/r?lang=en"

    def test_an_event_is_the_same_a_week_later_and_in_both_languages(self, app: Flask, reader: Reader) -> None:
        def events(address: str) -> dict[str, tuple[object, object]]:
            found = events_of(reader.get(address).data)
            return {str(event["UID"]): (event.DTSTAMP, event.DTSTART) for event in found}

        first = events("/r/calendar.ics")
        assert events("/r/calendar.ics?lang=en") == first
        app.config["CLOCK"] = lambda: MONDAY + timedelta(days=7)
        later = events("/r/calendar.ics")
        assert set(first) - set(later) == {"results-2026-12-07@localhost"}
        assert all(later[uid] == told for uid, told in first.items() if uid in later)

    def test_no_line_is_longer_than_75_octets(self, reader: Reader) -> None:
        for language in ("hi", "en"):
            data = reader.get(f"/r/calendar.ics?lang={language}").data
            assert data.count(b"\n") == data.count(b"\r\n")
            assert max(map(len, data.split(b"\r\n"))) <= 75
            for line in data.split(b"\r\n"):
                line.decode()


@pytest.mark.usefixtures("department")
def test_closed_results_have_no_news_and_an_address_all_the_same(reader: Reader) -> None:
    with transaction() as session:
        decide_public_results(session, Depth.NONE, MONDAY.date(), None, MONDAY)
    assert read(reader, "/r/feed.atom").entries == []
    assert events_of(reader.get("/r/calendar.ics").data) == []
    assert reader.get("/r/s-d1-b-1/feed.atom").status_code == 404


class TestPromisesAndRounds:
    """What the department answers is news too, and stands in the calendar."""

    @pytest.fixture
    def promised(self, app: Flask) -> PromisingDepartment:
        app.config["CLOCK"] = lambda: MONDAY + 3 * DAY
        made = PromisingDepartment.begin()
        first, second = made.open(), made.open(days=40)
        with transaction() as session:
            move(session, first, (MONDAY + 60 * DAY).date(), SAID, made.heads["busy"], MONDAY + DAY)
            finish(session, second, Step.NOT_DONE, SAID, made.heads["busy"], MONDAY + 2 * DAY)
        return made

    def test_each_step_of_a_promise_is_an_entry(self, promised: PromisingDepartment, reader: Reader) -> None:
        for address in FEEDS:
            entries = {entry.id: entry for entry in read(reader, f"{address}?lang=en").entries}
            page = "http://localhost/r/s-d1-b-1/promises"
            steps = [entry for id_, entry in entries.items() if id_.startswith(page)]
            assert [entry.id for entry in steps] == [f"{page}/2#2", f"{page}/1#2", f"{page}/1#1", f"{page}/2#1"]
            assert steps[0].title == "Promise 2: Paheli Station: it was not done"
            assert steps[0].summary == SAID["en"]
            assert steps[1].title == "Promise 1: Paheli Station: moved to 29 January 2027"
            assert steps[2].summary == WILL["en"]
            assert reader.get(steps[0].link.removeprefix("http://localhost")).status_code == 200
        assert read(reader, "/r/s-d1-b-2/feed.atom").entries == []

    def test_an_open_one_is_in_the_calendar_on_the_day_that_holds(
        self, promised: PromisingDepartment, reader: Reader
    ) -> None:
        events = {str(event["UID"]): event for event in events_of(reader.get("/r/calendar.ics?lang=en").data)}
        found = {uid for uid in events if uid.startswith("promise")}
        assert found == {"promise-s-d1-b-1-1@localhost"}
        event = events["promise-s-d1-b-1-1@localhost"]
        assert date(2027, 1, 29) == event.DTSTART
        assert event.DTSTAMP == MONDAY + DAY
        assert str(event["DESCRIPTION"]) == WILL["en"]

    def test_a_poll_is_told_of_when_it_is_announced_and_when_it_has_results(self, app: Flask, reader: Reader) -> None:
        set_clock(app, OPEN_AT)
        with transaction() as session:
            ballot = add_ballot(session)
        answer(ballot, *[{"first": "traffic"}] * 12)
        (announced,) = read(reader, "/r/feed.atom?lang=en").entries
        assert announced.id == "http://localhost/r/rounds/1"
        assert "Results on 29 June 2026, 11:00" in announced.summary
        events = {str(event["UID"]): event for event in events_of(reader.get("/r/calendar.ics").data)}
        assert date(2026, 6, 9) == events["round-1-opens@localhost"].DTSTART
        assert date(2026, 6, 21) == events["round-1-closes@localhost"].DTSTART
        assert events["round-1-results@localhost"].DTSTART == RESULTS_AT
        publish_rounds(RESULTS_AT)
        set_clock(app, RESULTS_AT)
        entries = read(reader, "/r/feed.atom?lang=en").entries
        assert [entry.id for entry in entries] == [
            "http://localhost/r/rounds/1#results",
            "http://localhost/r/rounds/1",
        ]
        assert entries[1].updated == announced.updated
        table = reader.get("/r/data/round-figures.csv").data.decode()
        assert table.count("\r\n") > 1
        described = reader.get("/r/data/datapackage.json").text
        assert hashlib.sha256(table.encode()).hexdigest() in described

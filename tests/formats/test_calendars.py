"""Calendars, as a program that others have written takes them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from app.domain.weeks import IST
from app.formats.calendars import CalendarEvent, write_calendar

MONDAY = datetime(2026, 11, 30, 11, tzinfo=IST)
EVENT = CalendarEvent(
    id="results-2026-11-30@samvad.example",
    stamped=MONDAY - timedelta(days=364),
    starts=MONDAY,
    title="नतीजे: नमूना पुलिस",
    address="https://samvad.example/r?lang=en",
    text="नए नतीजे, सबके लिए एक ही समय पर।",
)


def read(*events: CalendarEvent, title: str = "x") -> list[Event]:
    data = write_calendar(title, "hi", events)
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert data.count(b"\n") == data.count(b"\r\n")
    for line in data.split(b"\r\n"):
        line.decode()
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    assert found.errors == []
    return found.events


def test_a_phone_finds_what_was_written() -> None:
    (event,) = read(EVENT)
    assert (str(event["UID"]), str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (EVENT.id, EVENT.title, EVENT.text)
    assert MONDAY.astimezone(UTC) == event.DTSTART
    assert EVENT.stamped.astimezone(UTC) == event.DTSTAMP
    assert event["URL"] == EVENT.address


def test_a_day_takes_the_whole_of_it() -> None:
    (event,) = read(replace(EVENT, starts=date(2026, 12, 24), text=""))
    assert date(2026, 12, 24) == event.DTSTART
    assert "DESCRIPTION" not in event


def test_the_same_events_are_the_same_bytes() -> None:
    assert write_calendar("x", "hi", [EVENT]) == write_calendar("x", "hi", [EVENT])


def test_long_devanagari_is_folded_and_comes_back_whole() -> None:
    title = "क्षत्रिय श्रृंखला " * 30
    (event,) = read(replace(EVENT, title=title), title=title)
    assert str(event["SUMMARY"]) == title


@given(st.text(st.characters(codec=None)))
def test_no_text_breaks_it(text: str) -> None:
    title = f"a{text}b"
    (event,) = read(replace(EVENT, title=title, text=title), title=title)
    written = str(event["SUMMARY"])
    assert written.startswith("a")
    assert written.endswith("b")
    assert len(read(EVENT, replace(EVENT, title=title))) == 2

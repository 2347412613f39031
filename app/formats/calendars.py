"""Calendars that anybody's phone can subscribe to (RFC 5545), by icalendar."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from icalendar import Calendar, Event, vText

MEDIA_TYPE = "text/calendar"
#: what no calendar may hold: control characters, of which a line's end is escaped, and half of a surrogate pair
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event. `id` names it for good, and `stamped` is when it became what it is; both are the same each time.

    `starts` is an aware time, or a day for what takes the whole of it.
    """

    id: str
    stamped: datetime
    starts: datetime | date
    title: str
    address: str
    text: str = ""


def write_calendar(title: str, language: str, events: Sequence[CalendarEvent]) -> bytes:
    """The same bytes for the same events; lines are folded at 75 octets, and no letter is broken."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Samvad//Results//{language.upper()}")
    # Not in the standard, so its kind of value has to be said, or nothing in it would be escaped.
    calendar.add("x-wr-calname", vText(_FORBIDDEN.sub("", title)))
    for event in events:
        calendar.add_component(_event(event))
    written: bytes = calendar.to_ical()
    return written


def _event(event: CalendarEvent) -> Event:
    written = Event()
    written.add("uid", event.id)
    written.add("dtstamp", event.stamped.astimezone(UTC).replace(microsecond=0))
    starts = event.starts
    written.add("dtstart", starts.astimezone(UTC) if isinstance(starts, datetime) else starts)
    written.add("summary", _FORBIDDEN.sub("", event.title))
    written.add("url", event.address)
    if event.text:
        written.add("description", _FORBIDDEN.sub("", event.text))
    # It keeps nobody from anything else.
    written.add("transp", "TRANSPARENT")
    return written

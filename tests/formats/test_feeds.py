"""Feeds, as a reader that others have written takes them."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.weeks import IST
from app.formats.feeds import Feed, FeedEntry, write_feed

MONDAY = datetime(2026, 11, 30, 11, tzinfo=IST)
ADDRESS = "https://samvad.example/r/2026-11-30"
ENTRY = FeedEntry(ADDRESS, f"{ADDRESS}?lang=en", "नतीजे: 30 नवंबर", MONDAY, MONDAY, text="3 places")
FEED = Feed(
    id="https://samvad.example/r/feed.atom",
    own="https://samvad.example/r/feed.atom?lang=en",
    page="https://samvad.example/r?lang=en",
    title="What people say",
    author="नमूना पुलिस",
    language="en",
    since=MONDAY - timedelta(days=70),
    entries=(ENTRY,),
)


def read(feed: Feed) -> feedparser.FeedParserDict:
    found = feedparser.parse(write_feed(feed), response_headers={"content-type": "application/atom+xml"})
    assert found.bozo is False, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_a_reader_finds_what_was_written() -> None:
    found = read(FEED)
    assert (found.feed.id, found.feed.title, found.feed.author) == (FEED.id, FEED.title, FEED.author)
    assert found.feed.language == "en"
    assert [(link.rel, link.href) for link in found.feed.links] == [("self", FEED.own), ("alternate", FEED.page)]
    (entry,) = found.entries
    assert (entry.id, entry.link, entry.title, entry.summary) == (ENTRY.id, ENTRY.address, ENTRY.title, ENTRY.text)
    assert entry.updated == entry.published == found.feed.updated == "2026-11-30T05:30:00Z"


def test_a_correction_moves_the_entry_and_the_feed_and_keeps_the_day() -> None:
    corrected = replace(ENTRY, updated=MONDAY + timedelta(days=2))
    found = read(replace(FEED, entries=(corrected, replace(ENTRY, id=f"{ADDRESS}-before"))))
    assert found.feed.updated == found.entries[0].updated == "2026-12-02T05:30:00Z"
    assert found.entries[0].published == "2026-11-30T05:30:00Z"


def test_what_was_removed_stays_without_its_text() -> None:
    (entry,) = read(replace(FEED, entries=(replace(ENTRY, text=None),))).entries
    assert entry.id == ADDRESS
    assert "summary" not in entry
    assert "content" not in entry


def test_markup_comes_as_markup_and_text_as_text() -> None:
    marked = replace(ENTRY, title="a <b> & c", text="1 < 2", html="<p>कहा <strong>गया</strong></p>")
    (entry,) = read(replace(FEED, entries=(marked,))).entries
    assert entry.content[0].value == "<p>कहा <strong>गया</strong></p>"
    assert entry.content[0].type == "text/html"
    assert b"<title>a &lt;b&gt; &amp; c</title>" in write_feed(replace(FEED, entries=(marked,)))


def test_a_feed_without_news_says_since_when() -> None:
    found = read(replace(FEED, entries=()))
    assert found.entries == []
    assert found.feed.updated == FEED.since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize("text", ["\x00\x0b\x1b\ufffe", "\ud800", "]]>", "\N{PILE OF POO}"])
def test_no_text_breaks_it(text: str) -> None:
    (entry,) = read(replace(FEED, title=text, entries=(replace(ENTRY, title=f"x{text}y", text=text),))).entries
    assert entry.title.startswith("x")
    assert entry.title.endswith("y")


@given(st.text(st.characters(codec=None)), st.text())
def test_any_text_is_read_and_nothing_ordinary_is_lost(title: str, text: str) -> None:
    (entry,) = read(replace(FEED, entries=(replace(ENTRY, title=f"x{title}", text=text),))).entries
    assert entry.id == ADDRESS
    plain = re.fullmatch(r"[\w ]*", title)
    assert not plain or entry.title.split() == f"x{title}".split()

"""Feeds of news as Atom writes them (RFC 4287), for readers and programs that ask again and again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

MEDIA_TYPE = "application/atom+xml"
#: what no XML may hold, however it is written
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One piece of news. `id` is the address that it keeps for good; `address` is where its reader finds it.

    Times are aware. `updated` moves on with a correction and with nothing else. `text` is plain; `html` is markup that
    is safe already. What was removed has neither.
    """

    id: str
    address: str
    title: str
    published: datetime
    updated: datetime
    text: str | None = None
    html: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """News of one page, the newest first. `own` is the feed's address, `page` that of what it tells of.

    `since` is the moment of a feed in which nothing stands yet.
    """

    id: str
    own: str
    page: str
    title: str
    author: str
    language: str
    since: datetime
    entries: Sequence[FeedEntry]


def write_feed(feed: Feed) -> bytes:
    """The same bytes for the same news, whenever they are asked for."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(max((entry.updated for entry in feed.entries), default=feed.since)))
    _add(SubElement(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=feed.own)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    for entry in feed.entries:
        _add_entry(SubElement(root, "entry"), entry)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add_entry(parent: Element, entry: FeedEntry) -> None:
    _add(parent, "id", entry.id)
    _add(parent, "title", entry.title)
    _add(parent, "published", _moment(entry.published))
    _add(parent, "updated", _moment(entry.updated))
    _add(parent, "link", rel="alternate", type="text/html", href=entry.address)
    if entry.text is not None:
        _add(parent, "summary", entry.text)
    if entry.html is not None:
        _add(parent, "content", entry.html, type="html")


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> None:
    element = SubElement(parent, name, {key: _FORBIDDEN.sub("", value) for key, value in attributes.items()})
    element.text = None if text is None else _FORBIDDEN.sub("", text)


def _moment(at: datetime) -> str:
    """To the second, in UTC, as RFC 3339 writes it."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

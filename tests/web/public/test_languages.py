"""Every piece of another language is marked with it, so that a screen reader says it as it is written."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.models import Department
from app.services.surveys.surveys import read_starter
from app.transaction import transaction
from app.web.context import context
from app.web.languages import language_of
from tests.factories import add_device, add_place, add_placement, add_survey
from tests.meta.product.test_people_words import listed

DEVANAGARI = re.compile("[\u0900-\u0963\u0970-\u097f]")
#: what a script fills in, and an address, which is no word
ADDRESS = re.compile(r"\{\w+\}|\S*[\w][.@/:]\w\S*|/v\b")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
FOREIGN = {"en": ("थाना कोतवाली", None, "न्यायालय परिसर"), "hi": (None, "Kotwali", "Court gate")}


class Spoken(HTMLParser):
    """Every text of a page with the language it is marked with; what waits in templates too."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or (self.open[-1][1] if self.open else "")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] not in ("script", "style") and data.strip():
            self.texts.append((self.open[-1][1], data.strip()))


@pytest.fixture
def addresses(app: Flask, request: pytest.FixtureRequest) -> dict[str, str]:
    """Pages that name a place with a name in the other language alone, at a spot in its letters."""
    hindi, english, spot = FOREIGN[request.param]
    with transaction() as session:
        lines = '[{"label_hi": "महिला हेल्पलाइन", "label_en": "Women", "number": "1090"}]'
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", helplines=lines))
        district = add_place(session, kind="district", name_hi=hindi, name_en=english)
        place = add_place(session, parent=district, name_hi=hindi, name_en=english)
        visit = read_starter("station-visit").definition
        assert visit is not None
        version = add_survey(session, visit)
        made = {
            channel: add_placement(session, place, version, channel=channel, hung_at=spot)
            for channel in (Channel.POSTER, Channel.HANDLE, Channel.KIOSK, Channel.INTERVIEW)
        }
        for channel in (Channel.KIOSK, Channel.INTERVIEW):
            made[channel].number = None
            add_device(session, made[channel])
        tokens = {channel: context().tokens.sign(Token(channel, 0, one.id)) for channel, one in made.items()}
        return {
            **{name: f"/{name}" for name in ("", "privacy", "accessibility", "n", "v", "k", "about/complaint")},
            "found": f"/v?text={(hindi or english or '')[:4]}",
            "station": f"/v/{place.id}",
            "complaint": f"/about/complaint/{district.id}",
            "poster": f"/s/{tokens[Channel.POSTER]}",
            "link": f"/s/{tokens[Channel.HANDLE].lower()}",
            "number": f"/n?number={made[Channel.POSTER].number}",
            "tablet": f"/k/{tokens[Channel.KIOSK]}",
            "interview": f"/k/{tokens[Channel.INTERVIEW]}",
        }


def pages(client: FlaskClient, addresses: dict[str, str], language: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for name, address in addresses.items():
        page = client.get(f"{address}{'&' if '?' in address else '?'}lang={language}", follow_redirects=True)
        assert page.status_code == 200, name
        yield name, Spoken(page.text).texts
    sent: Any = {"_do": "send", "_page": "core", "_lang": language, "respect": "4"}
    yield "sent", Spoken(client.post(addresses["poster"], data=sent, follow_redirects=True).text).texts
    checked = client.post("/v", data={"code": addresses["poster"].rpartition("/")[2], "_lang": language})
    yield "checked", Spoken(checked.text).texts


@pytest.mark.parametrize("addresses", ["en"], indirect=True)
def test_english_pages_hold_no_unmarked_hindi(client: FlaskClient, addresses: dict[str, str]) -> None:
    walked = dict(pages(client, addresses, "en"))
    assert {name: found for name, texts in walked.items() if (found := _unmarked_hindi(texts))} == {}
    for name in ("poster", "station", "complaint", "tablet", "interview", "found"):
        assert any(language == "hi" and DEVANAGARI.search(text) for language, text in walked[name]), name


@pytest.mark.parametrize("addresses", ["hi"], indirect=True)
def test_hindi_pages_hold_no_unmarked_latin_word_but_those_of_the_list(
    client: FlaskClient, addresses: dict[str, str]
) -> None:
    walked = dict(pages(client, addresses, "hi"))
    assert {name: found for name, texts in walked.items() if (found := _unmarked_latin(texts))} == {}
    assert ("en", "Court gate") in walked["poster"]
    assert ("en", "Kotwali") in walked["poster"]


def _unmarked_hindi(texts: list[tuple[str, str]]) -> list[str]:
    return [text for language, text in texts if language != "hi" and DEVANAGARI.search(text)]


def _unmarked_latin(texts: list[tuple[str, str]]) -> list[str]:
    known = set(listed("Latin letters in Hindi", "In the office"))
    return [
        text
        for language, text in texts
        if language == "hi" and set(re.findall("[A-Za-z]{2,}", ADDRESS.sub(" ", text))) - known
    ]


@pytest.mark.parametrize(
    ("text", "language"), [("Gate 2, मुख्य द्वार", "hi"), ("Main gate", "en"), ("112", "hi"), ("१२", "hi"), ("", "hi")]
)
def test_letters_tell_the_language_and_figures_do_not(app: Flask, text: str, language: str) -> None:
    with app.test_request_context():
        assert language_of(text) == language

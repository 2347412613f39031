"""Posts as everybody reads them: found, corrected, withdrawn, hidden and removed."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.dialogue.post import PostKind, RemovalCause
from app.domain.dialogue.post_state import LONGEST_HIDDEN
from app.models import Department
from app.services.dialogue.posts.events import ask_removal, hide_post, remove_post, withdraw_post
from app.services.dialogue.posts.holding import Ground
from app.services.dialogue.posts.publishing import publish_post
from app.services.dialogue.posts.writing import send_post, write_post
from app.transaction import transaction
from app.web.compression import encode
from tests.factories.dialogue.posts import (
    ALL,
    GROUND,
    NOW,
    Officers,
    add_officers,
    corrected,
    in_both,
    picture,
    post_text,
    published,
)

HOUR = timedelta(hours=1)
ROBOTS = "X-Robots-Tag"


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", page, flags=re.S)).split())


class Reader:
    """Each request by itself, as in a server, though the test has a context of its own."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def get(self, address: str, **more: object) -> TestResponse:
        with self._client.application.app_context():
            return self._client.get(address, **more)


@pytest.fixture
def reader(client: FlaskClient) -> Reader:
    return Reader(client)


@pytest.fixture
def who(app: Flask) -> Officers:
    app.config["CLOCK"] = lambda: NOW + HOUR
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police"))
        return add_officers(session)


@pytest.fixture
def tip(who: Officers) -> int:
    """The id of post 1, with a picture."""
    with transaction() as session:
        return published(session, who.author, who.admin, post_text(alt="a phone"), shown=picture())


def test_nothing_yet(reader: Reader, who: Officers) -> None:
    assert "Nothing has been published yet." in text_of(reader.get("/p?lang=en").text)
    assert reader.get("/p/1").status_code == 404
    assert "/p/" not in reader.get("/").text
    assert feedparser.parse(reader.get("/p/feed.atom").data).bozo == 0


def test_a_post_in_both_languages_and_in_capitals(reader: Reader, tip: int) -> None:
    english, hindi = reader.get("/p/1?lang=en"), reader.get("/P/1")
    assert "Nobody of the police asks for an OTP." in text_of(english.text)
    assert "Safety tip" in text_of(english.text)
    assert "हिन्दी Nobody of the police" in text_of(hindi.text)
    assert english.text == reader.get("/p/1/v1?lang=en").text == reader.get("/P/1/V1?lang=en").text
    assert ROBOTS not in english.headers
    assert '<link rel="canonical" href="http://localhost/p/1?lang=en">' in english.text
    assert reader.get("/P").status_code == reader.get("/p?page=99").status_code == 200
    for unknown in ("/p/2", "/p/1/v2", "/p/1/v0", "/p/x", "/p/99999999999999999999"):
        assert reader.get(unknown).status_code == 404


def test_what_a_messenger_shows(reader: Reader, tip: int) -> None:
    page = reader.get("/p/1?lang=en").text
    shown = dict(re.findall(r'<meta (?:property|name)="([a-z:]+)" content="([^"]*)"', page))
    assert shown["og:title"] == post_text().title["en"]
    assert shown["og:type"] == "article"
    assert (
        shown["description"] == shown["og:description"] == "Nobody of the police asks for an OTP. Hang up. Call 1930."
    )
    assert reader.get(shown["og:image"].removeprefix("http://localhost")).mimetype == "image/png"
    assert shown["og:image:alt"] == post_text().title["en"]


def test_the_fingerprint_is_that_of_a_file(reader: Reader, tip: int) -> None:
    file = reader.get("/p/1/v1.json")
    assert hashlib.sha256(file.data).hexdigest() in reader.get("/p/1").text
    assert json.loads(file.data)["title"] == post_text().title
    assert file.headers["Access-Control-Allow-Origin"] == "*"


def test_tips_stand_on_the_first_page_and_a_list_leads_to_all(reader: Reader, who: Officers, tip: int) -> None:
    with transaction() as session:
        published(session, who.author, who.admin, post_text("A story"), kind=PostKind.STORY, now=NOW + HOUR)
    home = reader.get("/?lang=en").text
    assert 'href="/p/1?lang=en"' in home
    assert 'href="/p/2' not in home
    listed = reader.get("/p?lang=en").text
    assert listed.index('href="/p/1?lang=en"') < listed.index('href="/p/2?lang=en"')
    assert "http://localhost/p/2</loc>" in reader.get("/sitemap.xml").text


def test_tips_follow_a_confirmation_and_cost_an_answer_nothing(
    reader: Reader, issue: Callable[..., tuple[str, object]], who: Officers
) -> None:
    """They stand in what is fetched once the first question can be answered, under another address from then on."""
    path, _placement = issue()
    before = reader.get(path).text
    parts = re.search(r'data-parts="([^"]*)"', before)
    assert parts is not None
    assert "/p" not in reader.get(parts[1].split()[1]).text.replace("</p", "")
    with transaction() as session:
        published(session, who.author, who.admin)
    after = reader.get(path).text
    assert re.sub(r'data-parts="[^"]*"|value="[^"]*"', "", after) == re.sub(
        r'data-parts="[^"]*"|value="[^"]*"', "", before
    )
    anew = re.search(r'data-parts="([^"]*)"', after)
    assert anew is not None
    assert 'href="/p/1?lang=en"' in reader.get(anew[1].split()[1]).text


def test_a_correction_is_read_first_and_what_stood_before_stays(reader: Reader, who: Officers, tip: int) -> None:
    text = post_text("New words", note="The number was wrong.", alt="a phone")
    before = reader.get("/p/1/v1.json").data
    with transaction() as session:
        corrected(session, tip, who.author, who.admin, text)
    page = reader.get("/p/1?lang=en").text
    assert page.index("The number was wrong.") < page.index("<h1")
    assert 'href="/p/1/v1?lang=en"' in page
    first = reader.get("/p/1/v1?lang=en").text
    assert "It was changed since." in text_of(first)
    assert post_text().title["en"] in first
    assert 'href="/p/1?lang=en"' in first
    assert reader.get("/p/1/v1.json").data == before


def test_past_its_day_it_says_when_it_was_checked_last(app: Flask, reader: Reader, tip: int) -> None:
    app.config["CLOCK"] = lambda: NOW.replace(year=2027, month=7)
    assert "Last checked on 30 November 2026." in text_of(reader.get("/p/1?lang=en").text)
    assert "/p/1" not in reader.get("/p").text
    assert "/p/1" not in reader.get("/").text


def test_withdrawn_it_can_be_read_below_its_reason(reader: Reader, who: Officers, tip: int) -> None:
    with transaction() as session:
        withdraw_post(session, tip, in_both("बदल गया", "It changed."), GROUND.languages, who.admin, NOW)
    page = reader.get("/p/1?lang=en")
    assert page.status_code == 200
    assert page.text.index("It changed.") < page.text.index("<h1")
    assert 'class="soft"' in page.text
    assert "/p/1" not in reader.get("/p").text


def test_hidden_it_says_until_when_and_is_back_by_itself(app: Flask, reader: Reader, who: Officers, tip: int) -> None:
    shown = re.search(r'src="(/p/picture/[^"]*)"', reader.get("/p/1").text)
    assert shown is not None
    with transaction() as session:
        hide_post(session, tip, "a secret name", who.author, NOW + HOUR)
    page = reader.get("/p/1?lang=en")
    assert (page.status_code, page.headers[ROBOTS], page.headers["Cache-Control"]) == (200, "noindex", "no-store")
    assert "3 December, 13:00" in text_of(page.text)
    for away in ("/p/1", "/p/1/v1", "/p", "/", "/p/feed.atom"):
        assert "OTP" not in reader.get(f"{away}?lang=en").text.replace("no OTP", "").replace(", OTP", "")
        assert "secret" not in reader.get(away).text
    assert reader.get("/p/1/v1.json").status_code == reader.get(shown[1]).status_code == 404
    app.config["CLOCK"] = lambda: NOW + HOUR + LONGEST_HIDDEN
    assert "Nobody of the police" in reader.get("/p/1?lang=en").text
    assert reader.get(shown[1]).status_code == 200


def test_removed_it_is_gone_everywhere_at_once_and_says_why_and_when(reader: Reader, who: Officers, tip: int) -> None:
    shown = re.search(r'src="(/p/picture/[^"]*)"', reader.get("/p/1").text)
    card = re.search(r'content="http://localhost(/about/card/[^"]*)"', reader.get("/p/1").text)
    assert shown is not None
    assert card is not None
    assert reader.get(card[1]).status_code == 200
    with transaction() as session:
        ask_removal(session, tip, RemovalCause.PERSON, "a secret name", who.admin, NOW)
        remove_post(session, tip, who.other_admin, NOW + HOUR)
    for address in ("/p/1", "/p/1/v1"):
        page = reader.get(f"{address}?lang=en")
        assert (page.status_code, page.headers[ROBOTS]) == (410, "noindex")
        assert "On 30 November 2026 the department removed this post" in text_of(page.text)
        assert "A person who must not be known could have been recognised." in text_of(page.text)
        assert "Nobody of the police" not in page.text
    # Whoever had the page before asks with its mark, and is told the same.
    assert reader.get("/p/1", headers={"If-None-Match": "*"}).status_code == 410
    assert reader.get("/p/1/v1.json").status_code == 410
    assert [reader.get(one[1]).status_code for one in (shown, card)] == [404, 404]
    assert "/p/1" not in reader.get("/p").text
    (entry,) = feedparser.parse(reader.get("/p/feed.atom?lang=en").data).entries
    assert (entry.id, entry.title, "content" in entry) == ("http://localhost/p/1", "Removed", False)


def test_the_feed_is_read_by_others(reader: Reader, who: Officers, tip: int) -> None:
    with transaction() as session:
        text = post_text("A story", "See [the results](/r).")
        published(session, who.author, who.admin, text, kind=PostKind.STORY, now=NOW + HOUR)
    answer = reader.get("/p/feed.atom?lang=en")
    feed = feedparser.parse(answer.data)
    assert (feed.bozo, answer.mimetype) == (0, "application/atom+xml")
    assert [entry.id for entry in feed.entries] == ["http://localhost/p/2", "http://localhost/p/1"]
    assert 'href="http://localhost/r"' in feed.entries[0].content[0].value
    assert reader.get("/P/feed.atom?lang=en").data == answer.data
    unchanged = reader.get("/p/feed.atom?lang=en", headers={"If-None-Match": answer.headers["ETag"]})
    assert unchanged.status_code == 304


def test_a_page_is_light(reader: Reader, who: Officers) -> None:
    body = "Nobody of the police, of a bank or of a courier asks for an OTP, a PIN or the number of a card.\n\n" * 3
    with transaction() as session:
        published(session, who.author, who.admin, post_text(body=body))
    for language in ("hi", "en"):
        page = reader.get(f"/p/1?lang={language}").data
        assert len(encode(page, "br", thoroughly=True)) <= 3_500


def test_a_language_that_is_not_there_falls_back_to_one_that_is(reader: Reader, who: Officers) -> None:
    hindi = Ground(("hi",), GROUND.address)
    with transaction() as session:
        post_id = write_post(session, PostKind.TIP, post_text(), None, hindi, who.author, NOW)
        send_post(session, post_id, hindi, who.author, NOW)
        publish_post(session, post_id, 1, ALL, hindi, who.admin, NOW)
    page = reader.get("/p/1?lang=en").text
    assert '<article lang="hi">' in page
    assert "हिन्दी Who asks" in page
    assert "हिन्दी Who asks" in reader.get("/p?lang=en").text

"""Every page of the demonstration that anybody may find, as messengers and search engines read it."""

import io
import re
from collections.abc import Iterator
from html import unescape
from urllib.robotparser import RobotFileParser

import pytest
from flask.testing import FlaskClient
from PIL import Image

from app.extensions import db
from tests.cli.test_demo import Demo
from tests.web.public.test_link_cards import TAG

FETCHERS = ("Twitterbot", "WhatsApp", "facebookexternalhit", "TelegramBot")
LOCATION = re.compile("<loc>http://127.0.0.1:8000([^<]*)</loc>")
LINK = re.compile(r'href="(/(?:r|p|v|about)(?:/[^"?#]*)?)(?:\?[^"]*)?"')
SITE = "http://127.0.0.1:8000"
#: no page, whatever it is called
FILE = re.compile(r"\.(json|csv|pdf|txt|py|atom|ics|xlsx|zip|tlog-proof)$|/record/")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    made = Demo(tmp_path_factory.mktemp("demo") / "instance", "demo", "--stations-per-district", "3", "--weeks", "16")
    assert made.result.exit_code == 0, made.result.output
    app = made.app
    yield app.test_client()
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(scope="module")
def pages(client: FlaskClient) -> dict[str, str]:
    """What can be found, by address: from the sitemap on, along every link to a page, in either language."""
    waiting = LOCATION.findall(client.get("/sitemap.xml").text)
    assert len(waiting) > 10
    found: dict[str, str] = {}
    while waiting:
        path = waiting.pop()
        if path in found or FILE.search(path):
            continue
        answer = client.get(path)
        if answer.status_code != 200 or answer.mimetype != "text/html" or "X-Robots-Tag" in answer.headers:
            continue
        found[path] = answer.text
        waiting += LINK.findall(answer.text)
    return {f"{path}{query}": client.get(path + query).text for path in found for query in ("", "?lang=en")}


def tags_of(page: str) -> dict[str, str]:
    return {name: unescape(content) for name, content in TAG.findall(page)}


def test_each_has_a_title_and_a_description_of_its_own(pages: dict[str, str]) -> None:
    titles: dict[tuple[str, str], str] = {}
    for address, page in pages.items():
        tags = tags_of(page)
        assert {"og:title", "og:description", "og:image", "og:url"} <= set(tags), address
        assert len(tags["og:title"]) <= 60, address
        assert 50 <= len(tags["og:description"]) <= 160, (address, tags["og:description"])
        own = tags["og:url"].removeprefix(SITE)
        said = tags["og:title"], tags["og:description"]
        assert titles.setdefault(said, own) == own, (address, titles[said])


def test_each_has_a_picture_that_messengers_take(client: FlaskClient, pages: dict[str, str]) -> None:
    pictures = {tags_of(page)["og:image"].removeprefix(SITE) for page in pages.values()}
    for address in sorted(pictures)[::4]:
        picture = client.get(address)
        assert picture.status_code == 200, address
        assert ("immutable" in picture.headers["Cache-Control"]) == ("/p/" not in address), address
        assert len(picture.data) <= 300_000
        assert Image.open(io.BytesIO(picture.data)).size == (1200, 630)


@pytest.mark.parametrize("agent", FETCHERS)
def test_fetchers_may_have_each_with_its_picture(client: FlaskClient, pages: dict[str, str], agent: str) -> None:
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").text.splitlines())
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]
    for address, page in pages.items():
        assert rules.can_fetch(agent, address)
        assert rules.can_fetch(agent, tags_of(page)["og:image"].removeprefix(SITE))
    for address in ("/office/", "/office/sign-in", "/api/v1/responses"):
        assert not rules.can_fetch(agent, address)

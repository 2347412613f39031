"""What pages say of themselves where their address is passed on, and the picture of it."""

import io
import re
from html import unescape

import pytest
from flask import Flask
from PIL import Image

from app.models import Department
from app.transaction import transaction
from tests.web.public.figures.conftest import Reader, reader

__all__ = ["reader"]

PAGES = ("/", "/privacy", "/accessibility", "/about/complaint", "/about/figures", "/v", "/n", "/r", "/r/record", "/p")
TAG = re.compile(r'<meta (?:property|name)="((?:og|twitter):[a-z:_]+|description)" content="([^"]*)">')


def tags_of(reader: Reader, address: str) -> dict[str, str]:
    return {name: unescape(content) for name, content in TAG.findall(reader.get(address).text)}


def local(address: str) -> str:
    return address.removeprefix("http://localhost")


@pytest.fixture(autouse=True)
def _department(app: Flask) -> None:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_what_it_is_in_either_language(reader: Reader, path: str) -> None:
    said = [tags_of(reader, f"{path}?lang={language}") for language in ("hi", "en")]
    for tags, locale, other in zip(said, ("hi_IN", "en_IN"), ("en_IN", "hi_IN"), strict=True):
        assert 0 < len(tags["og:title"]) <= 60
        assert 50 <= len(tags["og:description"]) <= 160
        assert tags["description"] == tags["og:description"]
        assert (tags["og:locale"], tags["og:locale:alternate"]) == (locale, other)
        assert tags["twitter:image:alt"] == tags["og:image:alt"]
        assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    assert said[0]["og:title"] != said[1]["og:title"]
    assert [local(tags["og:url"]) for tags in said] == [path, f"{path}?lang=en"]


@pytest.mark.parametrize("path", ["/", "/r/record"])
def test_the_picture_is_small_enough_and_kept_under_its_digest(reader: Reader, path: str) -> None:
    address = local(tags_of(reader, f"{path}?lang=en")["og:image"])
    picture = reader.get(address)
    assert Image.open(io.BytesIO(picture.data)).size == (1200, 630)
    assert len(picture.data) <= 300_000
    assert picture.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    other = local(tags_of(reader, path)["og:image"])
    assert reader.get(other).data != picture.data


def test_what_changes_has_another_address(reader: Reader) -> None:
    before = local(tags_of(reader, "/?lang=en")["og:image"])
    with transaction() as session:
        session.get_one(Department, 1).name_en = "Police of another name"
    after = local(tags_of(reader, "/?lang=en")["og:image"])
    assert before != after
    old = reader.get(before)
    assert old.data == reader.get(after).data
    assert "immutable" not in old.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["office/sign-in", "api/v1/openapi.json", "c", "nothing", "s/aaaaaaaaaaaaaaaaaaaaaaaaaa", "sw.js", "k"]
)
def test_what_is_no_page_for_everybody_has_no_picture(reader: Reader, path: str) -> None:
    assert reader.get(f"/about/card/{'0' * 16}/en/{path}.png").status_code == 404
    assert reader.get(f"/about/card/{'0' * 16}/fr/privacy.png").status_code == 404


@pytest.mark.parametrize("path", ["r%3Fa", "about/card/x/hi/r", "r/%00"])
def test_there_is_no_picture_of_what_is_no_page(reader: Reader, path: str) -> None:
    assert reader.get(f"/about/card/x/hi/{path}.png").status_code == 404

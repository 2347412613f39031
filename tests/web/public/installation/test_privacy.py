"""The notice of `/privacy` stands in `docs/privacy.md` too, for whoever takes an opinion on it: word for word."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from flask import Flask

from app.config import Settings
from app.domain.installation.public_results import Depth
from app.factory import create_app
from app.models import Department
from app.services.installation.public_results import decide_public_results
from app.transaction import transaction
from tests.factories import add_place
from tests.meta import ROOT

DOCUMENT = ROOT / "docs" / "privacy.md"
#: what stands for each language's names in the document
GAPS = {"en": ("[name of the department]", "[contact]"), "hi": ("[विभाग का नाम]", "[संपर्क]")}
#: how each element of the page is written in the document
MARKS = {"h1": "## ", "h2": "### ", "li": "- ", "p": ""}


def written(page: str) -> list[str]:
    """The notice as lines of the document, without what surrounds it on the page."""
    content = page.split('id="content"', 1)[1].split(">", 1)[1].split("</main>")[0]
    found = re.findall(r"<(h1|h2|p|li)>(.*?)</\1>", content, re.S)
    return [MARKS[name] + " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split()) for name, text in found]


def notices() -> dict[str, list[str]]:
    _before, english, hindi = re.split(r"^---$", DOCUMENT.read_text("utf-8"), flags=re.M)
    parts = {"en": english[english.index("## ") :], "hi": hindi}
    return {language: [line for line in text.splitlines() if line] for language, text in parts.items()}


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("language", GAPS)
def test_the_document_says_what_the_page_says(settings: Settings, language: str) -> None:
    department, contact = GAPS[language]
    with transaction() as session:
        session.add(Department(id=1, name_hi=department, name_en=department))
    client = create_app(replace(settings, contact=f"mailto:{contact}")).test_client()
    lines = written(client.get(f"/privacy?lang={language}").text)
    assert len(lines) > 30
    assert notices()[language] == lines


@pytest.mark.parametrize(("language", "link"), [("en", "/r?lang=en"), ("hi", "/r")])
def test_the_notice_says_that_results_are_public_once_those_of_stations_are(
    app: Flask, language: str, link: str
) -> None:
    now = datetime(2026, 11, 30, 6, tzinfo=UTC)
    app.config["CLOCK"] = lambda: now
    with transaction() as session:
        add_place(session, kind="state").page = "s"

    def said(depth: Depth, in_days: int = 0) -> list[str]:
        with app.app_context(), transaction() as session:
            decide_public_results(session, depth, now.date() + timedelta(days=in_days), None, now)
        with app.app_context():
            page = app.test_client().get(f"/privacy?lang={language}").text
        assert (f'<a href="{link}">' in page) is (depth is Depth.STATION and in_days == 0)
        return written(page)

    before, on_its_day = said(Depth.DISTRICT), said(Depth.STATION)
    assert said(Depth.STATION, in_days=1) == before
    (more,) = (line for line in on_its_day if line not in before)
    assert f"> {more.removeprefix('- ')}" in DOCUMENT.read_text("utf-8").splitlines()

"""The notice of `/privacy` stands in `docs/privacy.md` too, for whoever takes an opinion on it: word for word."""

import re
from dataclasses import replace
from html import unescape

import pytest

from app.config import Settings
from app.factory import create_app
from app.models import Department
from app.transaction import transaction
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

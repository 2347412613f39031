"""Posts in a browser: whatever is written stays text, and every page is sound for everybody."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from app.domain.dialogue.post import MOST, PostKind, PostText, RemovalCause
from app.domain.problem import Problem
from app.services.dialogue.posts.events import ask_removal, hide_post, remove_post, withdraw_post
from app.transaction import transaction
from tests.browser.conftest import PHONE, LiveServer, faults_in_each_width, layout_faults, open_context
from tests.factories.dialogue.posts import (
    GROUND,
    Officers,
    add_officers,
    corrected,
    in_both,
    picture,
    post_text,
    published,
)

DATA = Path(os.environ.get("SAMVAD_SHARED_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
#: of hostile strings one in so many is tried each time; SAMVAD_ALL_STRINGS tries all of them
SAMPLED = 1 if os.environ.get("SAMVAD_ALL_STRINGS") else 12
LONG = "अनुसूचित जाति एवं अनुसूचित जनजाति कल्याण पुलिस थाना, औद्योगिक विकास निगम परिसर"


def today() -> datetime:
    return datetime.now(UTC)


def text(title: str, body: str, alt: str = "", note: str = "") -> PostText:
    given = post_text(note=note)
    both = dict.fromkeys(("hi", "en"), title), dict.fromkeys(("hi", "en"), body)
    alts = dict.fromkeys(("hi", "en"), alt) if alt else {}
    review_on = today().date().replace(month=1, day=15, year=today().year + 1)
    return PostText(both[0], both[1], given.sources, alts, given.change_note, review_on)


def hostile_strings() -> list[str]:
    strings: list[str] = json.loads((DATA / "blns.json").read_text("utf-8"))
    return [one for one in strings[::SAMPLED] if one.strip()]


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page that tells of every request that leaves the house and of every dialog."""
    with open_context(browser) as context:
        page = context.new_page()
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
        away: list[str] = []
        page.on(
            "request", lambda request: away.append(request.url) if not request.url.startswith(live_server.url) else None
        )
        yield page
        assert away == []


@pytest.mark.skipif(not (DATA / "blns.json").is_file(), reason="the list of hostile strings is not here")
def test_hostile_strings_are_read_and_nothing_runs(app: Flask, live_server: LiveServer, phone: Page) -> None:
    """As title, text and words of a picture; a link that leads away is refused before."""
    with transaction() as session:
        who = add_officers(session)
        numbers = [number for one in hostile_strings() for number in publish_hostile(session, who, one)]
    assert len(numbers) > 500 / SAMPLED * 0.9
    for number in numbers:
        phone.goto(f"{live_server.url}/p/{number}", wait_until="domcontentloaded")
        expect(phone.locator("article h1")).to_have_count(1)
        holds = "document.documentElement.scrollWidth <= innerWidth"
        assert phone.evaluate(holds), number
        inside = "[...document.querySelectorAll('article *')].map(one => one.localName)"
        assert set(phone.evaluate(inside)) <= {"p", "h1", "h2", "ul", "ol", "li", "strong", "a", "img", "br"}, number
    for page in range(1, len(numbers) // 20 + 1):
        phone.goto(f"{live_server.url}/p?page={page}")
        assert phone.evaluate(holds)


def publish_hostile(session: Session, who: Officers, hostile: str) -> list[int]:
    """Its number; none if no letter of it is left, or a link in it is refused."""
    given = text(*(hostile[: MOST[name]] for name in ("title", "body", "alt")))
    try:
        return [published(session, who.author, who.admin, given, shown=picture(60, 40), now=today())]
    except Problem:
        return []


@pytest.fixture
def posts(app: Flask, live_server: LiveServer) -> str:
    """Where posts in all their states stand: whole, corrected, withdrawn, hidden, removed."""
    now = today()
    with transaction() as session:
        who = add_officers(session)
        body = f"{LONG}\n\n## {LONG}\n\n- **{LONG}** [112](tel:112)\n- [{'x' * 60}](https://mppolice.gov.in/{'y' * 90})"
        for _ in range(5):
            given = text(LONG, body, LONG)
            published(session, who.author, who.admin, given, shown=picture(), now=now)
        changed = text(LONG, body, LONG, note=LONG)
        corrected(session, 2, who.author, who.admin, changed, now=now)
        withdraw_post(session, 3, in_both(LONG, LONG), GROUND.languages, who.admin, now)
        hide_post(session, 4, "", who.admin, now)
        ask_removal(session, 5, RemovalCause.PERSON, "", who.admin, now)
        remove_post(session, 5, who.other_admin, now)
        for kind in PostKind:
            published(session, who.author, who.admin, text(LONG, LONG), kind=kind, now=now)
    return live_server.url


PAGES = ("/p", "/p/1", "/p/2", "/p/2/v1", "/p/3", "/p/4", "/p/5", "/")


@pytest.mark.parametrize(("language", "scheme"), [("hi", "dark"), ("en", "light")])
def test_every_page_is_sound_for_everyone(browser: Browser, posts: str, language: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for path in PAGES:
        page.goto(f"{posts}{path}?lang={language}")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert faults_in_each_width(page) == [], path
    page.set_viewport_size({"width": 320, "height": 640})
    for path in PAGES:
        page.goto(f"{posts}{path}?lang={language}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.set_viewport_size(PHONE)
    page.goto(f"{posts}/p/1?lang={language}")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert layout_faults(page) == []
    context.close()


def test_without_script_from_the_first_page_to_the_version_before(browser: Browser, posts: str) -> None:
    with open_context(browser, script=False) as context:
        page = context.new_page()
        page.goto(posts)
        page.get_by_role("link", name="काम की और जानकारी").click()
        page.get_by_role("link", name=LONG).nth(1).click()
        expect(page.locator("article h1")).to_have_text(LONG)
        page.goto(f"{posts}/p/2")
        page.get_by_role("link", name="पहले क्या लिखा था").click()
        expect(page.get_by_text("बाद में इसे बदला गया।")).to_be_visible()
        page.get_by_role("link", name="अभी जो सही है, वह पढ़ें").click()
        assert page.url == f"{posts}/p/2"

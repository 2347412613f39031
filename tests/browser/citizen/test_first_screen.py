"""The first ten seconds: what stands on a small phone before anything is touched or scrolled."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from app.domain.surveys.survey import SurveyDefinition
from app.services.installation.settings import set_emblem
from app.services.surveys.surveys import read_starter
from app.transaction import transaction
from tests.browser.actors.faults import Faults
from tests.browser.actors.walking import open_code, wait_for
from tests.browser.conftest import LiveServer, open_context
from tests.factories.surveys.surveys import definition, question

SMALL: Any = {"width": 360, "height": 640}
BAR = ("button[name=_lang]", "a[href='tel:112']", "a.exit")
ASIDE = ("summary", ".beside > a")

VISIBLE_WORDS = """() => {
  const first = document.querySelector("a[data-go=begin]") || document.querySelector(".option");
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode() && !first.contains(walker.currentNode)) {
    const { parentElement, textContent } = walker.currentNode;
    if (parentElement.checkVisibility() && !parentElement.closest(".sr")) words.push(...textContent.split(/\\s+/));
  }
  return words.filter((word) => /[\\p{L}\\p{N}]/u.test(word));
}"""


def faces(words: tuple[str, ...] = ("बहुत बुरी", "बुरी", "ठीक-ठाक", "अच्छी", "बहुत अच्छी")) -> SurveyDefinition:
    label = {"hi": "यहाँ बात कैसे सुनी गई?", "en": "How well were you heard?"}
    scale = question("heard", "scale", label=label)
    choices = [{"name": str(at + 1), "label": {"hi": word, "en": word}} for at, word in enumerate(words)]
    return definition([{**scale, "choices": choices}])


def visit() -> SurveyDefinition:
    found = read_starter("station-visit").definition
    assert found is not None
    return found


def in_sight(page: Page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= SMALL["height"]


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Any:
    context = open_context(browser, script=request.param, viewport=SMALL)
    yield context.new_page()
    context.close()


@pytest.mark.usefixtures("app")
def test_five_faces_can_be_answered_at_once(page: Page, hang_up: Any) -> None:
    page.goto(hang_up(faces()))
    expect(page.locator("a[data-go=begin]")).to_have_count(0)
    expect(page.locator(".place .over")).to_have_text("नमूना पुलिस")
    expect(page.locator(".place h1")).to_have_text("थाना चंदनपुर कोतवाली")
    answers = page.locator("#q-heard .option")
    expect(answers).to_have_count(6)
    assert all(in_sight(page, f"#q-heard .option >> nth={at}") for at in range(6))
    assert all(in_sight(page, part) for part in (*BAR, ".promise", *ASIDE))


@pytest.mark.usefixtures("app")
def test_what_does_not_fit_begins_with_one_large_button(page: Page, hang_up: Any) -> None:
    page.goto(hang_up(visit()))
    assert all(in_sight(page, part) for part in (*BAR, ".place h1", ".promise", "a[data-go=begin]", *ASIDE))
    begin, leave = (page.locator(part).bounding_box() for part in ("a[data-go=begin]", "a.exit"))
    assert begin is not None
    assert leave is not None
    assert begin["width"] * begin["height"] > 4 * leave["width"] * leave["height"]
    page.locator("a[data-go=begin]").click()
    expect(page.locator("#q-purpose > legend")).to_be_in_viewport()
    expect(page.locator("a.exit")).to_be_in_viewport()
    assert page.locator("a.exit").bounding_box() == leave


@pytest.mark.parametrize("survey", [faces, visit])
def test_few_words_come_before_the_way_in(app: Flask, browser: Browser, hang_up: Any, survey: Any) -> None:
    with open_context(browser, viewport=SMALL) as context:
        page = context.new_page()
        page.goto(hang_up(survey()))
        page.locator("form.one").wait_for()
        words = page.evaluate(VISIBLE_WORDS)
    assert 10 < len(words) <= 40, words


@pytest.mark.usefixtures("app")
def test_long_names_of_faces_and_places_get_a_way_in(browser: Browser, hang_up: Any) -> None:
    long = ("बिल्कुल संतोषजनक नहीं", "असंतोषजनक", "न संतोषजनक न असंतोषजनक", "संतोषजनक", "बहुत संतोषजनक")
    with open_context(browser, viewport=SMALL) as context:
        page = context.new_page()
        page.goto(hang_up(faces(long)))
        page.locator("a[data-go=begin]").click()
        boxes = [box for at in range(5) if (box := page.locator(".option").nth(at).bounding_box())]
        # Each face in a row of its own: its words would not fit below it.
        assert len({box["y"] for box in boxes}) == 5


@pytest.mark.usefixtures("app")
def test_the_rest_is_one_touch_away_and_told_again_before_sending(page: Page, hang_up: Any) -> None:
    page.goto(hang_up(visit(), hung_at="राशन की दुकान के पास"))
    expect(page.locator("details .spot")).to_be_hidden()
    page.locator("summary").click()
    for told in (".spot", ".compare", ".promises", ".adult"):
        expect(page.locator(f"details {told}")).to_be_visible()
    expect(page.locator("details .spot")).to_contain_text("राशन की दुकान के पास")
    if page.locator("form.one").count():
        page.locator("a[data-go=begin]").click()
        while not page.locator(".review").is_visible():
            page.locator("[data-go=next]").click()
    before = page.locator("section.about").bounding_box()
    send = page.locator("button[value=send]:visible").bounding_box()
    assert before is not None
    assert send is not None
    assert before["y"] + before["height"] <= send["y"]
    expect(page.locator("section.about .spot")).to_contain_text("राशन की दुकान के पास")


@pytest.mark.usefixtures("app")
def test_back_from_the_first_question_leads_to_the_way_in(browser: Browser, hang_up: Any) -> None:
    with open_context(browser, viewport=SMALL) as context:
        page = context.new_page()
        page.goto(hang_up(visit()))
        page.locator("a[data-go=begin]").click()
        page.locator("[data-go=back]").click()
        expect(page.locator("a[data-go=begin]")).to_be_visible()
        expect(page.locator("fieldset.question:visible")).to_have_count(0)


def test_the_emblem_comes_after_what_is_needed_and_may_be_missing(
    app: Flask, browser: Browser, live_server: LiveServer, hang_up: Any, faults: Faults
) -> None:
    written = io.BytesIO()
    Image.effect_noise((400, 400), 60).save(written, "PNG")
    with transaction() as session:
        set_emblem(session, written.getvalue(), None, datetime(2026, 11, 23, tzinfo=UTC))
    code = hang_up(visit())
    with open_context(browser, viewport=SMALL) as context:
        page = context.new_page()
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url.removeprefix(live_server.url)))
        page.goto(code)
        picture = page.locator(".emblem img")
        wait_for(page, lambda: bool(picture.count() and picture.evaluate("({naturalWidth}) => naturalWidth")))
        wait_for(page, lambda: "/sw.js" in asked)
        assert not [path for path in asked[: asked.index("/sw.js")] if "emblem" in path]
        box = page.locator(".emblem").bounding_box()
        assert box is not None
        assert box["width"] == box["height"] == 40
    faults.lost = ("/about/emblem.png",)
    with open_context(browser, viewport=SMALL) as context:
        page = context.new_page()
        open_code(page, code)
        assert page.locator(".emblem").bounding_box() == box
        page.locator("a[data-go=begin]").click()
        expect(page.locator("#q-purpose")).to_be_visible()

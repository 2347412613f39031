"""Reading aloud: all that is on the screen, and of what a person answered nothing but on a tap of its own.

The voices are the browser's part, and no Chromium without a screen has any: these write down what they are given.
"""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from app.models import SurveyAudio, SurveyVersion
from app.transaction import transaction
from tests.browser.actors.walking import choose, open_code, press, reach, switch_language, wait_for
from tests.browser.conftest import LiveServer, layout_faults, violations
from tests.factories.surveys.surveys import definition, question

HINT = {"hi": "एक ही चुनें।", "en": "Choose one."}
VISIT = definition([question("purpose", "select_one", "passport", "other", hint=HINT), question("respect", "scale")])
SPOKEN = definition([question("purpose", "select_one", "passport", audio={"hi": "purpose-hi.mp3"}, hint=HINT)])
LISTEN = ".bar [data-go=read-aloud]"
HEAR = "[data-go=hear]"
OWN, FAR = {"lang": "hi-IN", "localService": True}, {"lang": "hi_IN", "localService": False}
ENGLISH = {"lang": "en-IN", "localService": True}
VOICES = """(voices) => {
  window.spoken = [];
  let said = null;
  const speech = Object.assign(new EventTarget(), {
    getVoices: () => voices,
    speak(next) {
      spoken.push([next.text, next.voice && Boolean(next.voice.localService)]);
      said = next;
      if (!window.slowly) setTimeout(() => next.onend());
    },
    cancel() {
      if (said) spoken.cancelled = true;
    },
  });
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  HTMLMediaElement.prototype.play = function () {
    if (window.deaf) return Promise.reject(new DOMException("", "NotSupportedError"));
    spoken.push([new URL(this.src).pathname.split("/").pop(), null]);
    setTimeout(() => this.dispatchEvent(new Event("ended")));
    return Promise.resolve();
  };
}"""


@pytest.fixture
def page(browser_context: BrowserContext, request: pytest.FixtureRequest) -> Page:
    voices = getattr(request, "param", [FAR, OWN, ENGLISH])
    page = browser_context.new_page()
    page.add_init_script(f"({VOICES})({voices!r})".replace("True", "true").replace("False", "false"))
    return page


def heard(page: Page, button: str = LISTEN) -> list[str]:
    """What is read when this is tapped, once it has come to its end."""
    page.evaluate(f"spoken.length = 0; document.querySelector('{LISTEN}').removeAttribute('aria-pressed')")
    page.locator(button).click()
    wait_for(page, lambda: page.evaluate(f"document.querySelector('{LISTEN}').ariaPressed") == "false")
    return [text for text, _ in page.evaluate("spoken")]


@pytest.mark.usefixtures("app")
def test_every_screen_on_the_way_can_be_heard(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    first = heard(page)
    assert first[:2] == ["नमूना पुलिस", "थाना चंदनपुर कोतवाली"]
    assert "न नाम, न नंबर" in first[3], "the promise"
    assert first[4] == "शुरू करें"
    assert "यह कोड यहाँ लगा है" not in first, "what is one touch away"
    page.locator("[data-go=begin]").click()
    first = heard(page)
    asked = first.index("purpose कैसा रहा?")
    assert first[asked + 1 : asked + 4] == ["एक ही चुनें।", "passport हिन्दी", "other हिन्दी"]
    choose(page, "purpose", "passport")
    choose(page, "respect", "4")
    second = heard(page)
    assert second[second.index("respect कैसा रहा?") + 1 :][:2] == ["बहुत अच्छा", "अच्छा"]
    reach(page, ".review [value=send]")
    review = heard(page)
    assert "भेजें" in review
    assert any("OTP" in text for text in review), "the promises, once more"
    assert not [text for text in review if "passport" in text or text == "अच्छा"], "what was answered"
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    thanks = heard(page)
    assert thanks[0] == "धन्यवाद। आपका जवाब पहुँच गया।"
    assert any("थाना चंदनपुर कोतवाली के दूसरे जवाबों के साथ" in text for text in thanks)
    number = page.locator(".receipt .big").inner_text()
    assert number not in thanks


@pytest.mark.usefixtures("app")
def test_it_is_read_in_the_language_of_the_page(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    page.locator("[data-go=begin]").click()
    switch_language(page)
    assert "How was purpose?" in heard(page)


@pytest.mark.usefixtures("app")
def test_a_voice_of_the_phone_itself_is_preferred(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    heard(page)
    assert {own for _, own in page.evaluate("spoken")} == {True}


@pytest.mark.parametrize("page", [[FAR, ENGLISH]], indirect=True)
@pytest.mark.usefixtures("app")
def test_a_voice_on_the_network_reads_questions_and_never_answers(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    page.locator("[data-go=begin]").click()
    assert "purpose कैसा रहा?" in heard(page)
    expect(page.locator(".unheard")).to_have_count(0)
    choose(page, "purpose", "passport")
    reach(page, ".review [value=send]")
    assert heard(page, HEAR) == []
    expect(page.locator(".unheard")).to_contain_text("अपनी आवाज़ नहीं है")
    assert (layout_faults(page), violations(page)) == ([], [])


@pytest.mark.usefixtures("app")
def test_answers_are_read_by_the_phone_itself_on_a_tap_that_says_who_may_hear(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    choose(page, "purpose", "passport")
    choose(page, "respect", "4")
    reach(page, ".review [value=send]")
    expect(page.locator(HEAR)).to_contain_text("पास के लोग भी सुन सकते हैं")
    assert (layout_faults(page), violations(page)) == ([], [])
    assert heard(page, HEAR) == ["purpose कैसा रहा?: passport हिन्दी", "respect कैसा रहा?: अच्छा"]
    assert {own for _, own in page.evaluate("spoken")} == {True}
    switch_language(page)
    expect(page.locator(HEAR)).to_have_count(1)


@pytest.mark.parametrize("page", [[], [ENGLISH]], indirect=True, ids=["none", "another"])
@pytest.mark.usefixtures("app")
def test_where_there_is_no_voice_it_is_said_and_the_button_stays(
    page: Page, hang_up: Any, live_server: LiveServer
) -> None:
    open_code(page, hang_up(VISIT))
    assert heard(page) == []
    expect(page.locator(".unheard")).to_have_text("इस फ़ोन में इस भाषा की आवाज़ नहीं है, इसलिए यह कुछ सुना नहीं सकता।")
    expect(page.locator(LISTEN)).to_be_visible()
    assert (layout_faults(page), violations(page)) == ([], [])
    choose(page, "respect", "4")
    expect(page.locator(".unheard")).to_have_count(0)
    page.goto(f"{live_server.url}/v")
    assert heard(page) == []
    expect(page.locator(".unheard")).to_be_visible()


@pytest.mark.parametrize("path", ["/v", "/privacy", "/n", "/", "/nowhere", "/s/aeaaaaaa"])
def test_pages_that_ask_nothing_can_be_heard(page: Page, live_server: LiveServer, path: str) -> None:
    page.goto(f"{live_server.url}{path}")
    assert page.locator("h1").inner_text() in heard(page)


@pytest.mark.usefixtures("app")
def test_the_marks_of_a_quiz_are_not_read(page: Page, hang_up: Any) -> None:
    quiz = definition([question("number", "select_one", "112", "911", key="112")], kind="quiz")
    open_code(page, hang_up(quiz))
    choose(page, "number", "911")
    press(page, "send")
    expect(page.locator("[data-told]")).to_contain_text("112 हिन्दी")
    thanks = heard(page)
    assert thanks[0] == "धन्यवाद। आपका जवाब पहुँच गया।"
    assert not [text for text in thanks if "112 हिन्दी" in text]


def test_who_listened_once_can_without_network(app: Flask, page: Page, hang_up: Any) -> None:
    """And who never did is told why not."""
    address = hang_up(VISIT)
    open_code(page, address)
    page.context.set_offline(True)
    page.locator(LISTEN).click()
    expect(page.locator(".unheard")).to_have_text("यह अभी सुनाया नहीं जा सकता। शायद नेटवर्क चाहिए।")
    page.context.set_offline(False)
    page.reload()
    heard(page)
    page.context.set_offline(True)
    page.reload()
    assert "थाना चंदनपुर कोतवाली" in heard(page)


@pytest.mark.usefixtures("app")
def test_a_second_tap_and_a_step_stop_it(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    page.evaluate("window.slowly = true")
    for stop in (LISTEN, "[data-go=begin]"):
        page.evaluate("spoken.length = 0; spoken.cancelled = false")
        page.locator(LISTEN).click()
        wait_for(page, lambda: page.evaluate("spoken.length") == 1)
        assert page.locator(LISTEN).get_attribute("aria-pressed") == "true"
        page.evaluate("spoken.cancelled = false")
        page.locator(stop).click()
        wait_for(page, lambda: page.evaluate("spoken.cancelled"))
        assert page.locator(LISTEN).get_attribute("aria-pressed") == "false"
        assert page.evaluate("spoken.length") == 1


def record(name: str) -> None:
    with transaction() as session:
        version_id = session.query(SurveyVersion.id).scalar()
        session.add(SurveyAudio(survey_version_id=version_id, name=name, media_type="audio/mpeg", body=b"ID3" * 20))


@pytest.mark.parametrize("deaf", [False, True], ids=["heard", "not-to-be-had"])
def test_a_recording_comes_before_a_voice(app: Flask, page: Page, hang_up: Any, deaf: bool) -> None:
    address = hang_up(SPOKEN)
    record("purpose-hi.mp3")
    open_code(page, address)
    if page.locator("[data-go=begin]").count():
        page.locator("[data-go=begin]").click()
    page.evaluate(f"window.deaf = {str(deaf).lower()}")
    told = heard(page)
    question_as = "purpose कैसा रहा?" if deaf else "purpose-hi.mp3"
    at = told.index(question_as)
    assert told[at + 1 : at + 3] == ["एक ही चुनें।", "passport हिन्दी"]
    assert ("purpose कैसा रहा?" in told) == deaf

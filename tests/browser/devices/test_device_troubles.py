"""What goes wrong with an enrolled device, and that it says so to the right person."""

import io
import math
import re
import struct
import wave
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.domain.devices.device import DeviceKind
from app.domain.surveys.survey import SurveyDefinition
from app.models import SurveyAudio, SurveyVersion
from app.services.devices.changes import revoke_device
from app.transaction import transaction
from app.web.public import worker
from app.web.public.rendered import Rendered
from tests.browser.actors.memory import FULL, KNOWS_THAT_IT_IS_OVER, WIPE
from tests.browser.actors.tablets import (
    READY,
    START,
    TABLET,
    Registered,
    answer,
    next_person,
    register,
    set_up,
)
from tests.browser.actors.walking import choose, press, wait_for
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import LiveServer, faults_in_each_width, layout_faults, open_context, violations
from tests.factories import definition, question

OUTBOX = "[data-slot=outbox]"
REFUSAL = {"code": "response.seal_broken", "detail": "यह खोला नहीं जा सका।"}
WORDS = {"hi": "purpose-hi.wav", "en": "purpose-en.wav"}
SPOKEN = definition([question("purpose", "select_one", "passport", "other", audio=WORDS), question("respect", "scale")])
KEPT = "(name) => caches.match(`/api/v1/surveys/1/audio/${name}`).then(Boolean)"
WAITING = "navigator.serviceWorker.getRegistration().then((found) => found.waiting?.state ?? null)"
HEARD = """() => new Promise((resolve) => {
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    this.addEventListener("ended", () => (window.heard = new URL(this.src).pathname.split("/").pop()));
    return play.call(this);
  };
  resolve();
})"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Of a tablet that may complain about what a test does to it."""
    with open_context(browser, viewport=TABLET) as context:  # type: ignore[arg-type]
        yield context.new_page()


@pytest.fixture
def device(app: Flask, live_server: LiveServer) -> Registered:
    return register(live_server, VISIT)


def refuse(page: Page) -> None:
    """The server does not accept what comes next: what no device of ours should send, and one day may."""

    def receipts(route: Any) -> None:
        items = route.request.post_data_json["responses"]
        route.fulfill(
            json={"receipts": [{"id": each["id"], "status": "rejected", "problem": REFUSAL} for each in items]}
        )

    page.context.route("**/api/v1/responses", receipts)


def assert_usable(page: Page) -> None:
    assert violations(page) + layout_faults(page) == []


def test_a_browser_that_was_never_set_up_says_so(page: Page, device: Registered) -> None:
    path = set_up(page, device)
    with open_context(page.context.browser) as other:  # type: ignore[arg-type]
        stranger = other.new_page()
        for lang in ("hi", "en"):
            stranger.goto(f"{path}?lang={lang}")
            expect(stranger.locator(f"html[lang={lang}] #gate[data-state=foreign] h1")).to_be_visible()
            assert faults_in_each_width(stranger) == []


@pytest.mark.parametrize("lang", ["hi", "en"])
def test_a_full_disk_and_a_revoked_device_say_so(page: Page, device: Registered, lang: str) -> None:
    path = set_up(page, device)
    full = page.context.new_page()
    full.add_init_script(f"window.full = true;{FULL}")
    full.goto(f"{path}?lang={lang}")
    expect(full.locator("#gate[data-state=broken]")).to_be_visible()
    assert_usable(full)
    full.close()
    with transaction() as session:
        revoke_device(session, device.id, actor_id=None, now=datetime.now(UTC))
    page.goto(f"{path}?lang={lang}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(START)).to_have_count(0)
    assert_usable(page)
    # From its own memory too.
    wait_for(page, lambda: page.evaluate(KNOWS_THAT_IT_IS_OVER))
    page.context.set_offline(True)
    page.goto(f"{path}?lang={lang}")
    expect(page.locator("#gate[data-state=over]")).to_be_visible()
    assert_usable(page)


def test_a_wiped_tablet_does_not_say_that_all_was_sent(page: Page, device: Registered, live_server: LiveServer) -> None:
    set_up(page, device)
    page.context.set_offline(True)
    answer(page, respect="2")
    next_person(page)
    expect(page.locator(OUTBOX)).to_contain_text("कुछ जवाब भेजे जाने बाक़ी हैं")
    other = page.context.new_page()
    page.route("**/api/**", lambda route: route.abort())
    page.context.set_offline(False)
    other.goto(f"{live_server.url}/static/icons/samvad.svg")
    assert other.evaluate(WIPE) == "success"
    # What made it this device is gone; what waited was put back, and is signed already.
    expect(page.locator("#gate[data-state=foreign]")).to_be_visible()
    expect(page.locator(OUTBOX)).to_contain_text("कुछ जवाब भेजे जाने बाक़ी हैं")
    page.unroute("**/api/**")
    page.reload()
    expect(page.locator("#gate[data-state=foreign]")).to_be_visible()
    wait_for(page, lambda: [answers["respect"] for _, answers in stored_answers()] == [2])
    expect(page.locator(OUTBOX)).to_have_text("")


def test_a_refused_answer_calls_for_staff_who_see_why_and_save_it(
    page: Page, device: Registered, live_server: LiveServer
) -> None:
    path = set_up(page, device)
    refuse(page)
    answer(page, respect="2")
    next_person(page)
    expect(page.locator(OUTBOX)).to_contain_text("सर्वर ने एक जवाब स्वीकार नहीं किया")
    assert_usable(page)
    page.goto(f"{live_server.url}/k")
    expect(page.locator(".kept-list [data-slot=state]")).to_have_text(f"एक जवाब भेजा नहीं जा सका। {REFUSAL['detail']}")
    assert_usable(page)
    with page.expect_download() as download:
        page.locator(".kept-list [data-go=file]").click()
    assert str(device.row().id) in download.value.path().read_text()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".kept-list [data-go=delete]").click()
    expect(page.locator(".kept-list")).to_have_count(0)
    page.goto(path)
    expect(page.locator(OUTBOX)).to_contain_text("सब जवाब भेजे जा चुके हैं")


def test_what_a_tablet_still_sends_is_not_listed_on_other_pages(
    page: Page, device: Registered, live_server: LiveServer
) -> None:
    set_up(page, device)
    page.route("**/api/v1/responses", lambda route: route.abort())
    answer(page, respect="2")
    page.goto(f"{live_server.url}/privacy", wait_until="networkidle")
    assert page.locator(".kept-list").count() == 0


def test_an_interviewer_is_told_why_an_answer_was_refused(app: Flask, page: Page, live_server: LiveServer) -> None:
    set_up(page, register(live_server, VISIT, DeviceKind.INTERVIEW))
    refuse(page)
    begin(page, "ask")
    choose(page, "respect", "2")
    press(page, "send")
    page.locator(".receipt [data-session=clean]").click()
    page.locator("[data-session=send]").click()
    expect(page.locator("[data-slot=said]")).to_contain_text("सर्वर ने एक जवाब स्वीकार नहीं किया")
    assert_usable(page)


def begin(page: Page, way: str) -> None:
    for step in ("start", "agree", way):
        page.locator(f"button[data-session={step}]:visible").click()
    expect(page.locator("form.one")).to_be_visible()


def test_a_phone_that_was_handed_over_stays_so_when_the_page_is_loaded_again(
    app: Flask, page: Page, live_server: LiveServer
) -> None:
    path = set_up(page, register(live_server, VISIT, DeviceKind.INTERVIEW))
    begin(page, "ask")
    choose(page, "purpose", "passport")
    page.locator("[data-session=pause]").click()
    expect(page.locator(".paused")).to_be_visible()
    begin(page, "pass")
    choose(page, "purpose", "complaint")
    for lang in ("hi", "en", "hi"):
        page.goto(f"{path}?lang={lang}")
        expect(page.locator("#gate[data-state=returned]")).to_be_visible()
        expect(page.locator("[data-session=start], [data-session=resume], .paused")).to_have_count(0)
        assert_usable(page)
    page.locator(".bar [data-session=clean]").click()
    expect(page.locator("#gate[data-state=returned]")).to_be_visible()
    page.locator("[data-hold]").focus()
    page.keyboard.down("Space")
    expect(page.locator(READY)).to_be_visible()
    page.keyboard.up("Space")
    expect(page.locator(".paused")).to_be_visible()
    page.reload()
    expect(page.locator(READY)).to_be_visible()


def tone() -> bytes:
    """A fifth of a second that can be heard."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(at / 3))) for at in range(1600)))
    return file.getvalue()


def register_spoken(live: LiveServer, spoken: SurveyDefinition = SPOKEN) -> Registered:
    device = register(live, spoken)
    with transaction() as session:
        version_id = session.query(SurveyVersion.id).scalar()
        for name in WORDS.values():
            session.add(SurveyAudio(survey_version_id=version_id, name=name, media_type="audio/wav", body=tone()))
    return device


def test_recordings_are_heard_without_network_in_both_languages(
    app: Flask, page: Page, live_server: LiveServer
) -> None:
    set_up(page, register_spoken(live_server))
    wait_for(page, lambda: all(page.evaluate(KEPT, name) for name in WORDS.values()))
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(READY)).to_be_visible()
    page.evaluate(HEARD)
    page.locator(START).click()
    for name in ("purpose-hi.wav", "purpose-en.wav"):
        page.locator("[data-go=read-aloud]").click()
        wait_for(page, lambda name=name: page.evaluate("window.heard") == name)  # type: ignore[misc]
        page.locator("button[name=_lang]").click()


def test_a_recording_that_cannot_be_had_is_no_silence(app: Flask, page: Page, live_server: LiveServer) -> None:
    # The server has it no more, and this tablet has not got it yet.
    page.context.route("**/audio/**", lambda route: route.abort())
    set_up(page, register_spoken(live_server))
    with transaction() as session:
        session.query(SurveyAudio).delete()
    page.locator(START).click()
    page.locator("[data-go=read-aloud]").click()
    expect(page.locator("[data-slot=step]")).to_contain_text("सुनाया नहीं जा सकता")


def test_a_new_version_comes_to_a_tablet_between_two_people(
    page: Page, device: Registered, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(page, device)
    page.locator(START).click()
    choose(page, "purpose", "passport")
    newer = re.sub(r'"version":"\w+"', '"version":"0123456789"', worker.worker_script().text)
    monkeypatch.setattr(worker, "worker_script", lambda: Rendered(newer, "text/javascript"))
    page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
    wait_for(page, lambda: page.evaluate(WAITING) == "installed")
    page.wait_for_timeout(300)
    # Nothing changes under somebody who answers.
    expect(page.locator("input[value=passport]")).to_be_checked()
    choose(page, "respect", "2")
    press(page, "send")
    next_person(page)
    wait_for(page, lambda: page.evaluate(WAITING) is None)
    assert "samvad-shell-0123456789" in page.evaluate("caches.keys()")
    page.context.set_offline(True)
    page.reload()
    answer(page, respect="4")

"""Open data in a browser: sound for everybody, whole without script, and a block of data that no policy stops."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.citizen.test_results import opened
from tests.browser.conftest import PHONE, faults_in_each_width, layout_faults, open_context

__all__ = ["opened"]


@pytest.mark.parametrize(("language", "scheme"), [("hi", "light"), ("en", "dark")])
def test_it_is_sound_for_everyone(browser: Browser, opened: str, language: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{opened}/r/data?lang={language}")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    assert faults_in_each_width(page) == []
    page.set_viewport_size(PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert layout_faults(page) == []
    context.close()


def test_the_block_for_search_engines_is_stopped_by_nothing(browser: Browser, opened: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.add_init_script("addEventListener('securitypolicyviolation', (e) => console.log(e.violatedDirective))")
    page.goto(f"{opened}/r/data?lang=en")
    told = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
    assert told["@type"] == "Dataset"
    assert said == []
    # The same check does see what the policy stops.
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))")
    assert any("script-src" in text for text in said)
    context.close()


def test_without_script_from_results_to_a_table(browser: Browser, opened: str, tmp_path: Path) -> None:
    with open_context(browser, script=False) as context:
        page = context.new_page()
        page.goto(f"{opened}/r?lang=en")
        page.get_by_role("link", name="Open data").click()
        expect(page.get_by_role("heading", name="What it cannot say")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="places.csv").click()
        download.value.save_as(tmp_path / "places.csv")
        with page.expect_response("**/datapackage.json") as described:
            page.get_by_role("link", name="datapackage.json").click()
        digest = hashlib.sha256((tmp_path / "places.csv").read_bytes()).hexdigest()
        assert f"sha256:{digest}" in described.value.text()

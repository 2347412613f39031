"""What is told back, what is sent and what is stored are one, whatever was asked and however it was answered."""

import pytest
from playwright.sync_api import Browser

from tests.browser.actors.form_walk import walk_forms
from tests.browser.conftest import LiveServer

FORMS = 15


@pytest.mark.usefixtures("app")
def test_what_is_told_is_what_is_sent_and_stored(browser: Browser, live_server: LiveServer) -> None:
    assert list(walk_forms(browser, live_server.url, FORMS)) == []

"""A phone and a tablet that kept answers under an earlier version send them with the scripts of today."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from app.extensions import db
from app.models import Verdict
from app.services.devices.sequences import read_sequences
from app.transaction import reading
from tests.browser.actors.memory import KEPT_HALVES
from tests.browser.actors.phones import stored_ids
from tests.browser.actors.tablets import READY, TABLET, answer, outbox
from tests.browser.actors.walking import wait_for
from tests.browser.conftest import LiveServer
from tests.fixtures.earlier import DEVICES, KNOWN, LEFT_AT, restore

# Before a page of the product has been opened, so that its scripts find what is there and make nothing.
KEEP = """async ({ version, stores, keys, ...kept }) => {
    if (keys) {
        const how = { name: "ECDSA", namedCurve: "P-256" };
        const take = (key, uses) => crypto.subtle.importKey("jwk", key, how, false, uses);
        kept.own.device.keys = {
            privateKey: await take(keys.privateKey, ["sign"]), publicKey: await take(keys.publicKey, ["verify"]) };
    }
    const opening = indexedDB.open("samvad", version);
    opening.onupgradeneeded = () => {
        for (const [name, keyPath] of Object.entries(stores)) {
            const store = opening.result.createObjectStore(name, keyPath ? { keyPath } : {});
            for (const [key, row] of Object.entries(kept[name])) keyPath ? store.put(row) : store.put(row, key);
        }
    };
    await new Promise((resolve, reject) => { opening.onsuccess = resolve; opening.onerror = reject; });
    opening.result.close();
}"""


@pytest.fixture
def live_server(tmp_path: Path) -> Iterator[LiveServer]:
    """The server of today on the database of then, at the hour at which it was left."""
    live = LiveServer(restore(tmp_path / "earlier"))
    live.app.config["CLOCK"] = lambda: LEFT_AT
    with live.app.app_context():
        flask_migrate.upgrade()
    yield live
    live.stop()
    with live.app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def left_behind(context: BrowserContext, live_server: LiveServer, device: str) -> tuple[Page, str]:
    """A page of a browser that holds what the device held, and the id of the answer that waits in it."""
    page = context.new_page()
    page.goto(f"{live_server.url}/robots.txt")
    kept: dict[str, Any] = {name: value for name, value in DEVICES[device].items() if name != "about"}
    page.evaluate(KEEP, kept)
    (row,) = outbox(page)
    return page, row["id"]


def verdict_of(identifier: str) -> tuple[str, str]:
    with reading() as session:
        verdicts = {str(each.response_id): each for each in session.scalars(select(Verdict))}
    return verdicts[identifier].verdict, verdicts[identifier].reasons


def test_an_answer_that_waits_on_a_phone_is_sent(
    app: Flask, live_server: LiveServer, browser_context: BrowserContext
) -> None:
    page, kept = left_behind(browser_context, live_server, "phone")
    page.goto(f"{live_server.url}/s/{KNOWN['poster'].rpartition('/')[2].lower()}")
    wait_for(page, lambda: outbox(page) == [])
    assert page.evaluate(KEPT_HALVES) == []
    assert kept in stored_ids()
    assert verdict_of(kept) == ("counted", "[]")


def test_a_tablet_sends_what_waits_and_goes_on(
    app: Flask, live_server: LiveServer, browser_context: BrowserContext
) -> None:
    page, kept = left_behind(browser_context, live_server, "tablet")
    before = stored_ids()
    page.set_viewport_size(TABLET)
    page.goto(f"{live_server.url}{KNOWN['tablet']}")
    expect(page.locator(READY)).to_be_visible()
    wait_for(page, lambda: kept in stored_ids())
    answer(page, purpose="help", respect="2")
    wait_for(page, lambda: len(stored_ids() - before) == 2)
    wait_for(page, lambda: outbox(page) == [])
    assert [verdict_of(each) for each in stored_ids() - before] == [("counted", "[]")] * 2
    device_id = int(DEVICES["tablet"]["own"]["device"]["device"])
    with reading() as session:
        assert read_sequences(session, [device_id])[device_id].last == 3

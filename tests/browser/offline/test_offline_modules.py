"""The modules that keep and send, run by a real browser against the real server."""

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Page

from app.web.static import static_url
from tests.browser.conftest import LiveServer, open_context

SECRET = ec.derive_private_key(7, ec.SECP256R1())
POINT = SECRET.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
ENVELOPE = {
    "token": "aeaaaaaaaaaaaaaaaaaaaaaaaa",
    "survey_version": "3",
    "language": "hi",
    "stamp": "AEAAA",
    "kid": "0",
    "key": base64.urlsafe_b64encode(POINT).decode().rstrip("="),
}


@pytest.fixture
def page(live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    """A page of the product that does nothing by itself, and never reaches the server with an answer."""
    context = open_context(browser)
    page = context.new_page()
    page.route("**/api/**", lambda route: route.abort())
    page.goto(f"{live_server.url}/privacy")
    yield page
    context.close()


def run(page: Page, module: str, body: str, argument: Any = None) -> Any:
    """`body` is a function of the module and an argument."""
    address = static_url(f"js/offline/{module}.js")
    return page.evaluate(
        f"async ([address, argument]) => ({body})(await import(address), argument)", [address, argument]
    )


def unbase64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def info_of(item: dict[str, Any]) -> bytes:
    clear = {name: value for name, value in item.items() if name not in ("body", "signature")}
    return hashlib.sha256(json.dumps(clear, sort_keys=True, separators=(",", ":")).encode()).digest()


def opened(item: dict[str, Any]) -> bytes:
    return SUITE.decrypt(unbase64url(item["body"]), SECRET, info=info_of(item))


def test_what_is_kept_can_be_opened_by_the_key_and_by_nothing_else(page: Page) -> None:
    answers = {"respect": 4, "words": "ठीक था 👍", "money": None}
    kept = run(
        page,
        "delivery",
        """async (m, [envelope, answers]) => {
            const { id } = await m.keep(envelope, answers);
            return [id, await m.list()];
        }""",
        [ENVELOPE, answers],
    )
    identifier, [row] = kept
    item = row["item"]
    assert row["id"] == item["id"] == identifier
    assert row["state"] == "waiting"
    assert "body" in item
    assert item["kid"] == 0
    assert item["survey_version"] == 3
    plain = opened(item)
    assert len(plain) % 512 == 0
    assert json.loads(plain) == answers
    with pytest.raises(Exception):  # noqa: B017, PT011
        opened({**item, "language": "en"})


def test_items_of_an_enrolled_device_are_numbered_and_signed(page: Page) -> None:
    public, rows = run(
        page,
        "delivery",
        """async (m, envelope) => {
            const d = await import(envelope.module);
            const { keys, publicKey } = await d.makeKeys();
            const enrolment = { device: "42", token: envelope.token.toUpperCase(), kind: "kiosk", path: "/k/x" };
            await d.saveDevice(enrolment, keys);
            const { keep } = await import(envelope.numbering);
            await Promise.all([1, 2, 3, 4].map((n) => keep(envelope, { n })));
            return [publicKey, await m.list()];
        }""",
        {
            **ENVELOPE,
            "module": static_url("js/kiosk/device.js"),
            "numbering": static_url("js/kiosk/numbering.js"),
        },
    )
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unbase64url(public))
    assert sorted(row["item"]["sequence"] for row in rows) == [1, 2, 3, 4]
    for row in rows:
        item = row["item"]
        assert item["device"] == "42"
        opened(item)
        verify(key, item)
        with pytest.raises(InvalidSignature):
            verify(key, {**item, "sequence": 9})


def verify(key: ec.EllipticCurvePublicKey, item: dict[str, Any]) -> None:
    raw = unbase64url(item["signature"])
    signature = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    body = hashlib.sha256(json.dumps(item["body"]).encode()).digest()
    key.verify(signature, b"samvad item v1\n" + info_of(item) + body, ec.ECDSA(hashes.SHA256()))


def test_a_draft_comes_back_and_cannot_be_read_in_the_store(page: Page) -> None:
    loaded, stored, gone = run(
        page,
        "drafts",
        """async (m, [token, delivery]) => {
            const { wipe } = await import(delivery);
            await m.saveDraft(token, 3, "hi", new Map([["respect", ["4"]], ["words", ["secret"]]]));
            const draft = await m.loadDraft(token.toUpperCase());
            const request = indexedDB.open("samvad");
            const db = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
            const all = db.transaction("drafts").objectStore("drafts").getAll();
            const rows = await new Promise((resolve) => (all.onsuccess = () => resolve(all.result)));
            const text = new TextDecoder("latin1").decode(rows[0].data);
            await wipe(token);
            return [[draft.version, draft.language, [...draft.fields]], text, await m.loadDraft(token)];
        }""",
        [ENVELOPE["token"], static_url("js/offline/delivery.js")],
    )
    assert loaded == [3, "hi", [["respect", ["4"]], ["words", ["secret"]]]]
    assert "secret" not in stored
    assert gone is None

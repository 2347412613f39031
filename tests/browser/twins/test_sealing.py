"""The phone's sealing, held to the vectors of the server, and opened by the server's own code."""

import json
from pathlib import Path

from playwright.sync_api import Browser

from app.domain.responses.receipt_number import in_groups, number_of_secret
from app.formats.crypto.sealing import SealingKeys, from_text
from app.web.static import static_url
from tests.browser.conftest import LiveServer, open_context

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "sealing.json").read_text("utf-8"))
SEALED = [vector for vector in VECTORS["items"] if vector["item"]["kid"] is not None]
KEYS = SealingKeys({int(kid): bytes.fromhex(seed) for kid, seed in VECTORS["seeds"].items()})

SEAL = """async ([address, vectors, keys]) => {
    const { canonical, info, numberOf, seal, utf8 } = await import(address);
    const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const made = [];
    for (const { item, plaintext } of vectors) {
        const bound = await info(item);
        const body = await seal(keys[item.kid], bound, utf8(plaintext));
        made.push({ canonical: canonical(item), info: hex(bound), body, number: await numberOf(item) });
    }
    return made;
}"""


def test_the_phone_binds_and_seals_as_the_server_does(live_server: LiveServer, browser: Browser) -> None:
    context = open_context(browser)
    page = context.new_page()
    page.goto(f"{live_server.url}/privacy")
    made = page.evaluate(SEAL, [static_url("js/offline/seal.js"), SEALED, VECTORS["public"]])
    context.close()
    for vector, phone in zip(SEALED, made, strict=True):
        assert (phone["canonical"], phone["info"]) == (vector["canonical"], vector["info"]), vector["about"]
        opened = KEYS.open(vector["item"]["kid"], phone["body"], bytes.fromhex(vector["info"]))
        assert opened.decode() == vector["plaintext"]
        receipt = vector["item"].get("receipt")
        number = receipt and {"number": in_groups(number_of_secret(from_text(receipt)))}
        assert phone.get("number") == number, vector["about"]

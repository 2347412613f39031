"""Devices' signatures, held to the vectors that the tablet's code is held to as well."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.formats.crypto.device_signatures import is_public_key, item_message, signature_holds, status_message
from app.formats.crypto.sealing import from_text, to_text

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "sealing.json").read_text("utf-8"))
PUBLIC = from_text(VECTORS["device"]["public"])
SIGNED = [vector for vector in VECTORS["items"] if "signature" in vector["item"]]


@pytest.mark.parametrize("vector", SIGNED, ids=lambda vector: vector["about"])
def test_a_devices_signature_holds(vector: dict[str, Any]) -> None:
    body = json.dumps(vector["item"]["body"], ensure_ascii=False, separators=(",", ":")).encode()
    message = item_message(bytes.fromhex(vector["info"]), body)
    assert message.hex() == vector["signed"]
    assert signature_holds(PUBLIC, vector["item"]["signature"], message)
    assert not signature_holds(PUBLIC, vector["item"]["signature"], message + b"x")


@pytest.mark.parametrize("signature", ["", "x", "A" * 86, "A" * 85, "_" * 86, "*" * 86, "ध" * 86])
def test_what_is_no_signature_does_not_hold(signature: str) -> None:
    assert not signature_holds(PUBLIC, signature, b"message")


def test_another_devices_signature_does_not_hold() -> None:
    other = from_text(VECTORS["public"]["1"])
    message = bytes.fromhex(SIGNED[0]["signed"])
    assert not signature_holds(other, SIGNED[0]["item"]["signature"], message)


def test_a_public_key_is_a_point_on_the_curve() -> None:
    assert is_public_key(PUBLIC)
    for wrong in (b"", PUBLIC[:-1], PUBLIC + b"\x00", b"\x02" + PUBLIC[1:33], PUBLIC[:-1] + bytes([PUBLIC[-1] ^ 1])):
        assert not is_public_key(wrong)


def test_a_status_is_signed_apart_from_items() -> None:
    assert not status_message(b"{}").startswith(item_message(b"", b"")[:14])
    assert to_text(from_text("_-8")) == "_-8"

"""Writes sealing.json, the vectors of sealing and signing. Run it only when the format gets a new version:

.venv/bin/python -m tests.vectors.make_sealing

A seal and a signature are different each time they are made, so what is in the file is kept, and what is missing there
is added: phones hold items of every format for months.
"""

import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from app.formats.canonical_json import write_json
from app.formats.crypto.device_signatures import item_message
from app.formats.crypto.sealing import SealingKeys, canonical, derive_private_key, info, public_point, seal, to_text

FILE = Path(__file__).with_name("sealing.json")
SEEDS = {1: bytes(range(32)), 2: bytes(range(32, 64))}
DEVICE = derive_private_key(bytes(range(64, 96)))
POSTER = {
    "v": 1,
    "id": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "token": "CEAAAAAAAAXD5SA6O2FC2CTCQI",
    "survey_version": 1,
    "language": "hi",
    "week": "2026-11-23",
    "stamp": "AEAAAAAAAAAAAB4WQMH3W5X6OPEJ5R4A",
    "kid": 1,
}
FROM_DEVICE = {**POSTER, "device": "4211000042", "sequence": 7}
#: what format 2 adds: the bytes of which the device makes the confirmation number 895986991646
SECOND = {"v": 2, "receipt": to_text(bytes(range(16)))}


def made() -> dict[str, Any]:
    keys = SealingKeys(SEEDS)
    without_week = {name: value for name, value in POSTER.items() if name != "week"}
    return {
        "about": "Sealed and signed items as docs/protocol.md describes them. The seeds are for tests only.",
        "seeds": {str(kid): seed.hex() for kid, seed in SEEDS.items()},
        "public": {str(kid): keys.public_text(kid) for kid in SEEDS},
        "device": {
            "private": f"{DEVICE.private_numbers().private_value:064x}",
            "public": to_text(public_point(DEVICE)),
        },
        "items": [
            _sealed(keys, "a poster's", POSTER, {"purpose": "complaint", "respect": 4, "overall": 5}),
            _sealed(keys, "without a week", without_week, {"overall": None}),
            _sealed(keys, "under the second key", {**POSTER, "kid": 2}, {"overall": 1}),
            _sealed(keys, "with Hindi text", POSTER, {"said": 'धन्यवाद 🙏, "ठीक" था\n'}),
            _sealed(keys, "longer than one block", POSTER, {"said": "थाना " * 60}),
            _signed(_sealed(keys, "signed by a device", FROM_DEVICE, {"overall": 3})),
            _signed(_plain("plain, signed by a device", {**FROM_DEVICE, "kid": None, "sequence": 8}, {"overall": 2})),
            _sealed(keys, "of format 2", {**POSTER, **SECOND}, {"overall": 4}),
            _signed(_sealed(keys, "of format 2, signed by a device", {**FROM_DEVICE, **SECOND}, {"overall": 1})),
        ],
    }


def _sealed(keys: SealingKeys, about: str, clear: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    plain = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
    body = seal(keys.public(clear["kid"]), plain.encode(), info(clear))
    return _vector(about, {**clear, "body": body}, plain)


def _plain(about: str, clear: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    return _vector(about, {**clear, "body": answers}, write_json(answers).decode())


def _vector(about: str, item: dict[str, Any], plain: str) -> dict[str, Any]:
    return {
        "about": about,
        "item": item,
        "canonical": canonical(item).decode(),
        "info": info(item).hex(),
        "plaintext": plain,
    }


def _signed(vector: dict[str, Any]) -> dict[str, Any]:
    body = json.dumps(vector["item"]["body"], ensure_ascii=False, separators=(",", ":")).encode()
    message = item_message(bytes.fromhex(vector["info"]), body)
    r, s = decode_dss_signature(DEVICE.sign(message, ec.ECDSA(SHA256())))
    vector["item"]["signature"] = to_text(r.to_bytes(32) + s.to_bytes(32))
    return {**vector, "signed": message.hex()}


def with_what_is_kept(vectors: dict[str, Any]) -> dict[str, Any]:
    kept = {vector["about"]: vector for vector in json.loads(FILE.read_text("utf-8"))["items"]}
    return {**vectors, "items": [kept.get(vector["about"], vector) for vector in vectors["items"]]}


if __name__ == "__main__":
    FILE.write_text(json.dumps(with_what_is_kept(made()), ensure_ascii=False, indent=1) + "\n", "utf-8")

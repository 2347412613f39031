"""Sealing: the vectors that the phone's code is held to as well, and what does not open."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.formats.crypto.sealing import PADDED_TO, SealingKeys, canonical, derive_private_key, from_text, info, seal

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "sealing.json").read_text("utf-8"))
SEEDS = {int(kid): bytes.fromhex(seed) for kid, seed in VECTORS["seeds"].items()}
KEYS = SealingKeys(SEEDS)
BODY, INFO = VECTORS["items"][0]["item"]["body"], bytes.fromhex(VECTORS["items"][0]["info"])


def problem_of(kid: int, body: str, info: bytes = INFO) -> str:
    with pytest.raises(Problem) as refused:
        KEYS.open(kid, body, info)
    return refused.value.code


def test_a_key_comes_of_its_seed_as_the_standard_says() -> None:
    """RFC 9180 appendix A.3.1: ikmE, skEm and pkEm."""
    key = derive_private_key(bytes.fromhex("4270e54ffd08d79d5928020af4686d8f6b7d35dbe470265f1f5aa22816ce860e"))
    scalar = key.private_numbers().private_value
    assert f"{scalar:064x}" == "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb"


@pytest.mark.parametrize("vector", VECTORS["items"], ids=lambda vector: vector["about"])
def test_an_item_is_canonical_in_one_way_and_opens(vector: dict[str, Any]) -> None:
    item = vector["item"]
    assert canonical(item).decode() == vector["canonical"]
    assert info(item).hex() == vector["info"]
    if item["kid"] is not None:
        assert KEYS.public_text(item["kid"]) == VECTORS["public"][str(item["kid"])]
        assert KEYS.open(item["kid"], item["body"], info(item)).decode() == vector["plaintext"]


def test_the_newest_key_is_the_one_with_the_highest_number() -> None:
    assert KEYS.newest == max(SEEDS)
    assert SealingKeys({}).newest is None


@given(st.binary(max_size=2000).filter(lambda plain: not plain.endswith(b" ")), st.binary(min_size=32, max_size=32))
def test_what_is_sealed_opens_and_has_a_padded_length(plain: bytes, info: bytes) -> None:
    body = seal(KEYS.public(1), plain, info)
    assert (len(from_text(body)) - 65 - 16) % PADDED_TO == 0
    assert KEYS.open(1, body, info) == plain


@given(st.integers(0, len(BODY) - 2), st.sampled_from("ABYZabyz0189-_"))
def test_one_changed_letter_does_not_open(at: int, letter: str) -> None:
    changed = BODY[:at] + letter + BODY[at + 1 :]
    if changed != BODY:
        assert problem_of(1, changed) == "response.seal_broken"


@pytest.mark.parametrize(
    "body", ["", "A", BODY[:-1], BODY[:80], BODY[86:], BODY + "A", "A" * len(BODY), "*" * 80, "संवाद", BODY + "\n"]
)
def test_what_was_cut_or_is_no_seal_does_not_open(body: str) -> None:
    assert problem_of(1, body) == "response.seal_broken"


def test_a_seal_is_bound_to_its_key_and_its_clear_fields() -> None:
    assert problem_of(1, BODY, b"j" * 32) == "response.seal_broken"
    assert problem_of(2, BODY) == "response.seal_broken"
    assert problem_of(9, BODY) == "response.sealing_key_unknown"


def test_the_suite_is_p256() -> None:
    assert isinstance(derive_private_key(b"x" * 32).curve, ec.SECP256R1)


def test_absent_fields_are_left_out_and_a_plain_body_has_a_null_kid() -> None:
    fields = {"v": 1, "kid": None, "week": None, "body": {}, "signature": "x"}
    assert canonical(fields) == b'{"kid":null,"v":1}'
    # The status of a device is written in the same form and has no kid.
    assert canonical({"waiting": 3, "device": "7", "signature": "x"}) == b'{"device":"7","waiting":3}'

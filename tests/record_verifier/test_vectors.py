"""What server and verifier are held to alike: the vectors of the record, and those of Ed25519."""

import base64
import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.factories.record.folder import sha256
from tests.record_verifier import findings_in, verifier

FOLDER = Path(__file__).resolve().parents[1] / "vectors"
VECTORS = json.loads((FOLDER / "record.json").read_text("utf-8"))
CHECKPOINT = VECTORS["checkpoint"]
LOG = verifier.key_of(CHECKPOINT["vkey"])
WITNESS = verifier.key_of(CHECKPOINT["witness_vkey"])
#: RFC 8032 §7.1: public key, message, signature
RFC_8032 = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
)


def test_the_public_vectors_of_ed25519() -> None:
    for public, message, signature in RFC_8032:
        assert verifier.signature_holds(*map(bytes.fromhex, (public, message, signature)))


def test_random_signatures_hold_and_altered_ones_do_not() -> None:
    for number in range(20):
        key = Ed25519PrivateKey.from_private_bytes(sha256(f"key {number}"))
        public, message = key.public_key().public_bytes_raw(), b"x" * number
        signature = key.sign(message)
        assert verifier.signature_holds(public, message, signature)
        altered = bytearray(signature)
        altered[number * 3] ^= 1 << number % 8
        assert not verifier.signature_holds(public, message, bytes(altered))
        assert not verifier.signature_holds(public, message + b".", signature)
        # The same signature, written with a number that is one order larger.
        larger = int.from_bytes(signature[32:], "little") + verifier.ORDER
        assert not verifier.signature_holds(public, message, signature[:32] + larger.to_bytes(32, "little"))


@pytest.mark.parametrize(
    "public", [1, verifier.P - 1, verifier.P, verifier.P + 1, 1 + 2**255, 0], ids=lambda number: hex(number)[:12]
)
def test_a_key_under_which_anything_would_hold_is_none(public: int) -> None:
    """Points of small order, and second spellings of points."""
    key = public.to_bytes(32, "little")
    assert not verifier.signature_holds(key, b"", (1).to_bytes(32, "little") + bytes(32))


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["leaf"][:8])
def test_canonical_entries_are_read(vector: dict[str, Any]) -> None:
    data = bytes.fromhex(vector["bytes_hex"])
    assert verifier.read_entry(data) == vector["value"]
    assert verifier.leaf_hash(data).hex() == vector["leaf"]


@pytest.mark.parametrize("vector", VECTORS["not_canonical"], ids=lambda vector: vector["why"])
def test_other_entries_are_refused(vector: dict[str, str]) -> None:
    assert verifier.read_entry(bytes.fromhex(vector["text_hex"])) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "1",
        '{"a":1}\n',
        '{"a":1}{}',
        '{"a":{"b":[null]}}',
        '{"a":"\\u0000"}',
        '{"a":"\\ud800"}',
        '{"a":"\\/"}',
        '{"a":-9007199254740992}',
        '{"a":NaN}',
        '{"a":{"B":1}}',
        '{"a":"e\u0301"}',
        '{"a":' + "[" * 5_000 + "]" * 5_000 + "}",
        '{"a":"' + "x" * 16_384 + '"}',
        '{"a":' + "9" * 5_000 + "}",
    ],
    ids=lambda text: text[:12],
)
def test_so_are_these(text: str) -> None:
    assert verifier.read_entry(text.encode()) is None


def test_null_and_slashes_within_a_text_are_letters() -> None:
    value = {"a": 'null \\" null', "b": ["\\\\n", "null"]}
    data = json.dumps(value, separators=(",", ":")).encode()
    assert verifier.read_entry(data) == value


def test_trees() -> None:
    tree = VECTORS["tree"]
    leaves = [verifier.leaf_hash(bytes.fromhex(leaf)) for leaf in tree["leaves_hex"]]
    found = [verifier.Tree(leaves).root(size).hex() for size in range(9)]
    assert found == [tree["empty_root"], *tree["roots"]]
    large = verifier.Tree([verifier.leaf_hash(str(number).encode()) for number in range(70_000)])
    for size, root in VECTORS["large_tree"]["roots"].items():
        assert large.root(int(size)).hex() == root


@pytest.mark.parametrize("vector", VECTORS["paths"], ids=lambda vector: vector[3])
def test_names_of_tiles(vector: list[Any]) -> None:
    assert verifier.tile_path(*vector[:3]) == vector[3]


def test_checkpoints() -> None:
    checkpoint = verifier.read_checkpoint(CHECKPOINT["text"])
    verifier.check_signed(checkpoint, [LOG])
    assert (checkpoint.size, checkpoint.root.hex()) == (70_000, VECTORS["large_tree"]["roots"]["70000"])
    cosigned = verifier.read_checkpoint(CHECKPOINT["cosigned_text"])
    verifier.check_signed(cosigned, [LOG])
    verifier.check_cosigned(cosigned, WITNESS)


@pytest.mark.parametrize("vector", CHECKPOINT["refused"], ids=lambda vector: vector["why"])
def test_refused_checkpoints(vector: dict[str, str]) -> None:
    with pytest.raises(verifier.Wrong) as wrong:
        verifier.check_signed(verifier.read_checkpoint(vector["text"]), [LOG])
    assert f"checkpoint: {wrong.value}" == vector["verifier_says"]


def test_report_code_mark_receipt_multiset_and_draw() -> None:
    code = VECTORS["report_code"]
    assert hashlib.sha256(bytes.fromhex(code["figures_bytes_hex"])).hexdigest() == code["figures"]
    data = verifier.from_base32(code["text"])
    assert (data[:5].hex(), data[105:].hex()) == ("01" + CHECKPOINT["key_id"], code["figures"])
    marks = VECTORS["multiset"]
    elements = [bytes.fromhex(mark) for mark in marks["marks_hex"]]
    assert verifier.multiset(elements) == verifier.multiset(elements[::-1]) == marks["digest_of_all"]
    assert verifier.multiset([]) == marks["digest_of_none"]
    assert verifier.multiset(elements[1:]) == marks["digest_without_the_first"]
    draw = VECTORS["draw"]
    assert (
        verifier.positions_of(bytes.fromhex(draw["seed_hex"]), draw["cases"], draw["draw"]) == draw["positions_sha256"]
    )


def test_a_record_by_an_older_prototype_shows_what_has_changed_since(tmp_path: Path) -> None:
    """Its tree, signatures, seals and draw hold; what entries hold by now is missing, and a type is gone."""
    old = VECTORS["small_record"]
    entries = [entry.encode() for entry in old["entries"]]
    leaves = b"".join(verifier.leaf_hash(entry) for entry in entries)
    files = {name: text.encode() for name, text in old["files"].items()}
    files |= {"checkpoint": old["checkpoint"].encode(), "tile/0/000.p/46": leaves}
    files["tile/entries/000.p/46"] = b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    keys = ("--key", CHECKPOINT["vkey"], "--witness", CHECKPOINT["witness_vkey"])
    policies = ("screening", "disclosure", "headline")
    assert findings_in(tmp_path, keys=keys) == [
        *(f"entry {number}: the text of policy 1 ({what}) is withheld" for number, what in enumerate(policies, 1)),
        "entry 23: its text is missing",
        "entry 30: its seed_from is not what it should be",
        "entry 30: its seed_on is missing",
        "entry 31: the draw of NP-D01 2026-Q4 has no list before it",
        "entry 42: its text is missing",
    ]


def test_a_key_is_spelled_in_one_way() -> None:
    for good, changed in pairwise([CHECKPOINT["vkey"], CHECKPOINT["vkey"].replace("d6c5", "D6C5")]):
        assert verifier.key_of(good)
        assert verifier.key_of(changed) is None
    name, number, data = CHECKPOINT["vkey"].split("+", 2)
    other = base64.b64encode(base64.b64decode(data)[:-1]).decode()
    assert [verifier.key_of(text) for text in ("", name, f"{name}+{number}", f"{name}+{number}+{other}")] == [None] * 4


def test_that_a_number_arrived() -> None:
    proof = VECTORS["receipt_proof"]
    key = verifier.key_of(proof["vkey"])
    message, signature = proof["message"].encode(), bytes.fromhex(proof["signature_hex"])
    assert verifier.signature_holds(key.public, message, signature)
    assert not verifier.signature_holds(key.public, message.replace(b"2026-11-30", b"2026-12-07"), signature)

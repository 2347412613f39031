"""Checkpoints: vectors that an independent implementation of signed notes accepted."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.formats.record.notes import (
    Checkpoint,
    NoteRefused,
    PublicKey,
    RecordKey,
    checkpoint_text,
    cosignature_of,
    cosigned_at,
    line_of,
    open_checkpoint,
    read_vkey,
    signature_of,
    to_base64,
)

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "record.json").read_text("utf-8"))
NOTE = VECTORS["checkpoint"]
ROOT = bytes.fromhex(VECTORS["large_tree"]["roots"]["70000"])
KEY = RecordKey(NOTE["origin"], bytes.fromhex(NOTE["private_key_hex"]))


def test_a_checkpoint_is_signed_as_the_vector_is() -> None:
    assert KEY.vkey == NOTE["vkey"]
    assert KEY.key_id.hex() == NOTE["key_id"]
    assert KEY.sign(checkpoint_text(NOTE["origin"], 70_000, ROOT)) == NOTE["text"]


@pytest.mark.parametrize("text", [NOTE["text"], NOTE["cosigned_text"]], ids=["alone", "with a witness"])
def test_a_signed_checkpoint_opens(text: str) -> None:
    assert open_checkpoint(text, NOTE["vkey"]) == Checkpoint(NOTE["origin"], 70_000, ROOT)
    assert len(signature_of(text, NOTE["vkey"])) == 64


@pytest.mark.parametrize("vector", NOTE["refused"], ids=lambda vector: vector["why"])
def test_what_proves_nothing_is_refused_in_the_verifiers_words(vector: dict[str, str]) -> None:
    with pytest.raises(NoteRefused) as refused:
        open_checkpoint(vector["text"], NOTE["vkey"])
    assert f"checkpoint: {refused.value}" == vector["verifier_says"]


def test_an_altered_note_does_not_hold() -> None:
    for altered in (NOTE["text"].replace("70000", "70001"), NOTE["text"].replace("LRULB", "LRULA")):
        with pytest.raises(NoteRefused, match="does not hold"):
            open_checkpoint(altered, NOTE["vkey"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "a\n70000\n\n",
        NOTE["text"][:-1],
        NOTE["text"] + "x\n",
        NOTE["text"].replace("\n— ", "\n- "),
        NOTE["text"] + NOTE["text"].splitlines()[-1] * 1 + "\x07\n",
        NOTE["text"] + "— a b=\n" * 101,
    ],
    ids=repr,
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        open_checkpoint(text, NOTE["vkey"])


def test_a_signed_text_that_is_no_checkpoint_is_refused() -> None:
    for text, why in (("x", "size"), ("5", "root"), ("5\nAAAA", "root"), (f"5\n{'A' * 42}B=", "root")):
        with pytest.raises(NoteRefused, match=why):
            open_checkpoint(KEY.sign(f"{KEY.name}\n{text}\n"), KEY.vkey)


def test_only_lines_are_signed() -> None:
    for text in ("no end", "a\tb\n"):
        with pytest.raises(ValueError, match="a note is lines"):
            KEY.sign(text)


def test_the_line_of_a_witness_can_be_put_below_another_copy() -> None:
    line = line_of(NOTE["cosigned_text"], NOTE["witness_vkey"])
    assert line in NOTE["cosigned_text"].split("\n")
    assert cosigned_at(line) == datetime.fromtimestamp(NOTE["cosigned_at"], UTC)
    with pytest.raises(NoteRefused, match=r"not signed by the witness witness\.example\.org/w"):
        line_of(NOTE["text"], NOTE["witness_vkey"])


def test_a_witness_signs_at_a_time_of_the_calendar() -> None:
    seed = Ed25519PrivateKey.from_private_bytes(bytes(32))
    witness = PublicKey("w", 4, seed.public_key().public_bytes_raw())
    body = checkpoint_text(KEY.name, 1, ROOT)
    for seconds, is_time in ((32_503_000_000, True), (2**63, False)):
        signature = seed.sign(f"cosignature/v1\ntime {seconds}\n{body}".encode())
        note = KEY.sign(body) + f"— w {to_base64(witness.key_id + seconds.to_bytes(8) + signature)}\n"
        vkey = f"w+{witness.key_id.hex()}+{to_base64(bytes([4]) + witness.raw)}"
        if is_time:
            assert cosignature_of(note, vkey) == datetime.fromtimestamp(seconds, UTC)
        else:
            with pytest.raises(NoteRefused, match="the time of w is none"):
                cosignature_of(note, vkey)


def test_a_witness_says_when_it_saw_it() -> None:
    witness = NOTE["witness_vkey"]
    assert cosignature_of(NOTE["cosigned_text"], witness) == datetime.fromtimestamp(NOTE["cosigned_at"], UTC)
    assert cosignature_of(NOTE["text"], witness) is None
    with pytest.raises(NoteRefused, match=r"the signature of witness\.example\.org/w does not hold"):
        cosignature_of(NOTE["cosigned_text"].replace("70000", "70001"), witness)
    with pytest.raises(ValueError, match="witness"):
        cosignature_of(NOTE["cosigned_text"], NOTE["vkey"])


@pytest.mark.parametrize(
    "vkey", ["", "a+b", NOTE["vkey"].replace("+d6", "+d7"), NOTE["vkey"][:-4], NOTE["vkey"].replace("+AQ", "+BQ")]
)
def test_a_mistyped_key_is_told(vkey: str) -> None:
    with pytest.raises(ValueError, match="public key"):
        read_vkey(vkey)

"""Checkpoints: vectors that an independent implementation of signed notes accepted."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.formats.record.notes import (
    Checkpoint,
    NoteRefused,
    RecordKey,
    checkpoint_text,
    cosignature_of,
    open_checkpoint,
    read_vkey,
    signature_of,
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

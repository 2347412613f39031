import json
from pathlib import Path

import pytest

from app.domain.record.merkle import leaf_hash, root_from_path
from app.formats.record.notes import open_checkpoint
from app.formats.record.proofs import Proof, read_proof, tlog_proof

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "record.json").read_text("utf-8"))
NOTE, LARGE = VECTORS["checkpoint"], VECTORS["large_tree"]
INDEX = LARGE["inclusion"]["index"]
PATH = tuple(bytes.fromhex(step) for step in LARGE["inclusion"]["path"])


@pytest.mark.parametrize("extra", [None, b"beside"])
def test_a_proof_leads_from_its_entry_to_a_signed_root(extra: bytes | None) -> None:
    text = tlog_proof(INDEX, PATH, NOTE["text"], extra)
    assert text.startswith("c2sp.org/tlog-proof@v1\n" + ("extra YmVzaWRl\n" if extra else "") + "index 65537\n")
    proof = read_proof(text)
    assert proof == Proof(INDEX, PATH, NOTE["text"], extra)
    signed = open_checkpoint(proof.checkpoint, NOTE["vkey"])
    assert root_from_path(leaf_hash(b"65537"), proof.index, signed.size, proof.path) == signed.root


def test_the_only_entry_has_no_path() -> None:
    assert read_proof(tlog_proof(0, [], NOTE["text"])) == Proof(0, (), NOTE["text"], None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\n\n",
        "c2sp.org/tlog-proof@v1\nindex 01\n\n",
        "c2sp.org/tlog-proof@v1\nextra \nindex 1\n\n",
        "c2sp.org/tlog-proof@v1\nextra YQ==\n\n",
        "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n",
        "c2sp.org/tlog-proof@v2\nindex 1\n\n",
        "c2sp.org/tlog-proof@v1\nindex 1\n",
    ],
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_proof(text)

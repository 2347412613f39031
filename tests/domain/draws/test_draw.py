"""A draw follows from its seed, and a seed from what anybody could see."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.draws.case_list import SeedFrom
from app.domain.draws.draw import digest_of, positions_of, read_seed
from app.domain.problem import Problem

VECTOR = json.loads((Path(__file__).parents[2] / "vectors" / "record.json").read_text("utf-8"))["draw"]
THROWN = "1234561234" * 5


def test_the_draw_of_the_vectors() -> None:
    positions = positions_of(bytes.fromhex(VECTOR["seed_hex"]), VECTOR["cases"], VECTOR["draw"])
    assert list(positions) == VECTOR["positions"]
    assert digest_of(positions).hex() == VECTOR["positions_sha256"]


@given(st.binary(min_size=32, max_size=32), st.integers(1, 60), st.data())
def test_so_many_are_drawn_each_once_and_more_are_those_and_others(
    seed: bytes, cases: int, data: st.DataObject
) -> None:
    fewer, more = sorted(data.draw(st.tuples(st.integers(1, cases), st.integers(1, cases))))
    drawn = positions_of(seed, cases, fewer)
    assert len(set(drawn)) == fewer
    assert list(drawn) == sorted(drawn)
    assert set(drawn) <= set(positions_of(seed, cases, more)) <= set(range(cases))


def test_fifty_throws_give_a_seed_however_they_are_written() -> None:
    seed = hashlib.sha256(THROWN.encode()).digest()
    in_rows = "\r\n".join(" ".join(THROWN[at : at + 10]) for at in range(0, 50, 10))
    devanagari = THROWN.translate(str.maketrans("123456", "१२३४५६"))
    assert {read_seed(SeedFrom.DICE, text) for text in (THROWN, in_rows, devanagari)} == {seed}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((text, "draw.dice") for text in ("", THROWN[1:], THROWN + "1")),
        *((text, "draw.dice_sign") for text in (THROWN[1:] + "7", THROWN + "x", THROWN[1:] + "\0")),
    ],
)
def test_what_is_not_fifty_throws(text: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        read_seed(SeedFrom.DICE, text)
    assert refused.value.code == code
    assert "%" not in refused.value.sentence()


def test_the_value_of_a_beacon_is_the_seed() -> None:
    assert read_seed(SeedFrom.BEACON, f" {VECTOR['seed_hex'].upper()}\n").hex() == VECTOR["seed_hex"]
    for text in ("", "ab" * 31, "ab" * 33, "zz" * 32):
        with pytest.raises(Problem) as refused:
            read_seed(SeedFrom.BEACON, text)
        assert refused.value.code == "draw.beacon"

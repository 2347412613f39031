import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.record.multiset import MODULUS, PRODUCT_BYTES, Multiset, element

VECTOR = json.loads((Path(__file__).parents[2] / "vectors" / "record.json").read_text("utf-8"))["multiset"]
MARKS = [bytes.fromhex(mark) for mark in VECTOR["marks_hex"]]


def test_marks_give_what_the_vectors_say() -> None:
    assert sha256(element(MARKS[0]).to_bytes(PRODUCT_BYTES, "little")).hexdigest() == VECTOR["first_element_sha256"]
    assert Multiset().with_all(MARKS).digest().hex() == VECTOR["digest_of_all"]
    assert Multiset().digest().hex() == VECTOR["digest_of_none"]
    assert Multiset().with_all(MARKS[1:]).digest().hex() == VECTOR["digest_without_the_first"]


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=8), st.randoms(use_true_random=False), st.integers(0, 8))
def test_neither_order_nor_portions_matter(marks: list[bytes], chance: object, at: int) -> None:
    mixed = sorted(marks)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert Multiset().with_all(mixed[:at]).with_all(mixed[at:]) == Multiset().with_all(marks)
    assert Multiset().with_all([*marks, b"another"]).digest() != Multiset().with_all(marks).digest()


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=8), st.integers(0, 8))
def test_two_joined_hold_the_marks_of_both(marks: list[bytes], at: int) -> None:
    parted = Multiset().with_all(marks[:at]), Multiset().with_all(marks[at:])
    assert parted[0].joined(parted[1]) == parted[1].joined(parted[0]) == Multiset().with_all(marks)


@given(st.integers(0, MODULUS - 1), st.binary(min_size=32, max_size=32))
def test_a_product_is_what_a_division_leaves(product: int, mark: bytes) -> None:
    assert Multiset(1, product).with_all([mark]).product == product * element(mark) % MODULUS


@pytest.mark.parametrize("product", [0, 1, MODULUS - 1])
def test_a_product_at_the_ends_is_one_as_well(product: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.domain.record.multiset.element", lambda _: MODULUS - 1)
    assert Multiset(1, product).with_all([b""]).product == product * (MODULUS - 1) % MODULUS

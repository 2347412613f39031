"""Short signatures: whatever is changed in a text, it is not ours any more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.problem import Problem
from app.formats.crypto.signed_text import PayloadSigner
from app.formats.crypto.tokens import TokenSigner
from tests.factories.codes.tokens import SECRETS, SIGNER, accepts, decode, encode, thousand_tokens

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@pytest.fixture(scope="module")
def thousand() -> list[tuple[Token, str]]:
    return thousand_tokens()


def test_every_flip_of_one_bit_is_refused(thousand: list[tuple[Token, str]]) -> None:
    for _, text in thousand:
        raw = decode(text)
        number = int.from_bytes(raw, "big")
        for bit in range(8 * len(raw)):
            assert not accepts(encode((number ^ 1 << bit).to_bytes(len(raw), "big")))


def test_every_other_spelling_is_refused(thousand: list[tuple[Token, str]]) -> None:
    for token, text in thousand:
        assert SIGNER.verify(text) == SIGNER.verify(text.lower()) == token
        for other in other_spellings(text):
            assert not accepts(other), other


def other_spellings(text: str) -> list[str]:
    """What a lenient decoder would read as the same bytes, or as the same letters."""
    padding = "=" * (-len(text) % 8)
    around = [mark + text for mark in " \t\n-"] + [
        text + mark for mark in (" ", "\n", "\r", "\0", "-", ".", "/", "%20")
    ]
    within = [f"{text[:9]}{mark}{text[9:]}" for mark in (" ", "-", "=", "\u200b", "\u00ad")]
    looks = [
        text.replace(right, wrong) for right, wrong in ("O0", "I1", "L1", "B8", "S5", "A\u0410", "I\u0131", "S\u017f")
    ]
    spare = [text[:-1] + ALPHABET[ALPHABET.index(text[-1]) ^ 1 << bit] for bit in range(5)]
    longer = [text + letter for letter in ALPHABET] + [text + text]
    cases = [text.capitalize(), text.swapcase().title(), text[:13].lower() + text[13:]]
    cases = [case for case in cases if case not in (text.upper(), text.lower())]
    spellings = [text + padding, text + "=", "=" + text, *around, *within, *looks, *spare, *longer, text[:-1], text[1:]]
    spellings += cases
    return [spelling for spelling in spellings if spelling != text]


def test_an_old_key_cannot_sign_for_a_new_id() -> None:
    leaked = TokenSigner({1: SECRETS[0]})
    assert not accepts(leaked.sign(Token(Channel.POSTER, 1, 42)))


def test_a_cut_off_key_opens_nothing() -> None:
    text = SIGNER.sign(Token(Channel.POSTER, 0, 42))
    with pytest.raises(Problem):
        TokenSigner({key: secret for key, secret in SECRETS.items() if key != 0}).verify(text)


@given(st.binary(max_size=24))
def test_what_was_signed_opens_in_capitals_and_in_small_letters(rest: bytes) -> None:
    signer = PayloadSigner({7: b"k" * 32}, "test")
    payload = b"\x11\x07" + rest
    text = signer.sign(payload)
    assert signer.open(text) == signer.open(text.lower()) == payload


def test_what_is_signed_for_one_purpose_opens_for_no_other() -> None:
    text = PayloadSigner({7: b"k" * 32}, "token").sign(b"\x11\x07abc")
    assert PayloadSigner({7: b"k" * 32}, "stamp").open(text) is None


def test_a_lost_key_is_told_by_its_number() -> None:
    with pytest.raises(Problem, match=r"keys\.missing") as lost:
        PayloadSigner({0: b"k" * 32}, "token").sign(b"\x11\x09abc")
    assert lost.value.details == {"key": 9}

import base64
import hashlib
import hmac
import json
import random
from pathlib import Path

import pytest

from app.domain.codes.channel import Channel
from app.domain.codes.counter_code import PadPlan
from app.domain.codes.token import Token
from app.domain.problem import Problem
from app.formats.crypto.tokens import TokenSigner

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "tokens.json").read_text("utf-8"))
SECRETS = {int(key): bytes.fromhex(secret) for key, secret in VECTORS["secrets"].items()}
SIGNER = TokenSigner(SECRETS)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def some_token(chance: random.Random) -> Token:
    channel = chance.choice(list(Channel))
    return Token(
        channel,
        chance.choice(list(SECRETS)),
        chance.getrandbits(32),
        time_step=chance.getrandbits(32) if channel is Channel.COUNTER else None,
        serial=chance.randbytes(6) if channel in (Channel.SLIP, Channel.INVITE) else None,
    )


def accepts(text: str) -> bool:
    try:
        SIGNER.verify(text)
    except Problem as problem:
        return problem.code != "token.invalid"
    return True


def encode(raw: bytes) -> str:
    return base64.b32encode(raw).decode("ascii").rstrip("=")


def decode(text: str) -> bytes:
    return base64.b32decode(text + "=" * (-len(text) % 8))


@pytest.fixture(scope="module")
def thousand() -> list[tuple[Token, str]]:
    chance = random.Random(20261123)  # noqa: S311 - tests want the same tokens each time
    tokens = [some_token(chance) for _ in range(1000)]
    return [(token, SIGNER.sign(token)) for token in tokens]


@pytest.mark.parametrize("vector", VECTORS["accepted"], ids=lambda vector: vector["text"][:12])
def test_a_token_is_written_and_read_as_the_vectors_say(vector: dict[str, str]) -> None:
    token = Token(
        Channel(vector["channel"]),
        int(vector["key_id"]),
        int(vector["placement_id"]),
        time_step=None if vector["time_step"] is None else int(vector["time_step"]),
        serial=None if vector["serial"] is None else bytes.fromhex(vector["serial"]),
    )
    assert token.payload().hex() == vector["payload"]
    assert SIGNER.sign(token) == vector["text"]
    assert SIGNER.verify(vector["text"]) == SIGNER.verify(vector["text"].lower()) == token


def test_the_signature_is_the_one_the_vectors_describe() -> None:
    for vector in VECTORS["accepted"]:
        payload = bytes.fromhex(vector["payload"])
        key = hmac.digest(SECRETS[vector["key_id"]], b"samvad.token", hashlib.sha256)
        assert encode(payload + hmac.digest(key, payload, hashlib.sha256)[:10]) == vector["text"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["why"])
def test_what_is_not_a_token_is_refused(vector: dict[str, str]) -> None:
    assert not accepts(vector["text"])
    assert not accepts(vector["text"].lower())


def test_tokens_have_three_lengths(thousand: list[tuple[Token, str]]) -> None:
    lengths = {channel: {len(text) for token, text in thousand if token.channel is channel} for channel in Channel}
    assert {channel: size for channel, (size,) in lengths.items()} == {
        channel: {Channel.COUNTER: 32, Channel.SLIP: 36, Channel.INVITE: 36}.get(channel, 26) for channel in Channel
    }


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


def test_a_pad_holds_what_would_be_signed_one_by_one() -> None:
    key_id = next(iter(SECRETS))
    pad = SIGNER.fill_pad(key_id, 4_211_000_000, PadPlan(29_000_000, 3))
    for at in range(3):
        step = pad.first + at
        text = encode(pad.head + step.to_bytes(4) + pad.tags[at * 10 : at * 10 + 10])
        assert SIGNER.verify(text) == Token(Channel.COUNTER, key_id, 4_211_000_000, time_step=step)
    assert len(pad.tags) == 30

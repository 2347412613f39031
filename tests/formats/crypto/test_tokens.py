import hashlib
import hmac

import pytest

from app.domain.codes.channel import Channel
from app.domain.codes.counter_code import PadPlan
from app.domain.codes.token import Token
from tests.factories.codes.tokens import SECRETS, SIGNER, VECTORS, accepts, encode, thousand_tokens


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


def test_tokens_have_three_lengths() -> None:
    thousand = thousand_tokens()
    lengths = {channel: {len(text) for token, text in thousand if token.channel is channel} for channel in Channel}
    assert {channel: size for channel, (size,) in lengths.items()} == {
        channel: {Channel.COUNTER: 32, Channel.SLIP: 36, Channel.INVITE: 36}.get(channel, 26) for channel in Channel
    }


def test_a_pad_holds_what_would_be_signed_one_by_one() -> None:
    key_id = next(iter(SECRETS))
    pad = SIGNER.fill_pad(key_id, 4_211_000_000, PadPlan(29_000_000, 3))
    for at in range(3):
        step = pad.first + at
        text = encode(pad.head + step.to_bytes(4) + pad.tags[at * 10 : at * 10 + 10])
        assert SIGNER.verify(text) == Token(Channel.COUNTER, key_id, 4_211_000_000, time_step=step)
    assert len(pad.tags) == 30

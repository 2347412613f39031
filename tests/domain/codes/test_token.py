"""The bytes of a token."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token


def test_a_token_says_which_of_its_parts_belong_to_its_channel() -> None:
    with pytest.raises(ValueError, match="time step"):
        Token(Channel.POSTER, 0, 1, time_step=1)
    with pytest.raises(ValueError, match="serial"):
        Token(Channel.SLIP, 0, 1)
    with pytest.raises(ValueError, match="6 bytes"):
        Token(Channel.INVITE, 0, 1, serial=b"12345")


@given(st.sampled_from(Channel), st.integers(0, 255), st.integers(0, 2**32 - 1), st.binary(min_size=6, max_size=6))
def test_a_token_is_read_as_it_was_written(channel: Channel, key_id: int, placement_id: int, rest: bytes) -> None:
    step = int.from_bytes(rest[:4]) if channel is Channel.COUNTER else None
    token = Token(channel, key_id, placement_id, step, rest if channel.is_one_time else None)
    assert Token.from_payload(token.payload()) == token


@given(st.binary(max_size=16))
def test_any_bytes_are_exactly_one_token_or_none(payload: bytes) -> None:
    try:
        token = Token.from_payload(payload)
    except ValueError:
        return
    assert token.payload() == payload


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        ("11000000", "too short"),
        ("210000000007", "version"),
        ("1f0000000007", "no channel"),
        ("11000000000701", "serial"),
        ("130000000007", "serial"),
        ("120000000007000000", "time step"),
    ],
)
def test_what_is_no_token_is_refused(payload: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Token.from_payload(bytes.fromhex(payload))

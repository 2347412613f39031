"""Responses on their way in: their confirmation numbers, and what the device behind them is worth."""

import re
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.responses.device_claim import DeviceClaim, DeviceProof
from app.domain.responses.reason import Reason
from app.domain.responses.response import Incoming, receipt_number

CLAIM = DeviceClaim("7", 3, "signature", b"message")


def incoming(channel: Channel = Channel.POSTER, **more: Any) -> Incoming:
    token = Token(channel, 0, 7)
    return Incoming(uuid4(), token, 1, "hi", None, stamp=None, body=b"{}", answers={}, **more)


@given(st.uuids(version=4), st.binary(min_size=32, max_size=32))
def test_a_confirmation_number_has_three_groups_of_four_and_is_always_the_same(id_: UUID, secret: bytes) -> None:
    number = receipt_number(secret, id_)
    assert re.fullmatch(r"[0-9]{4} [0-9]{4} [0-9]{4}", number)
    assert receipt_number(secret, id_) == number


def test_nobody_makes_the_number_of_a_response_without_the_secret() -> None:
    one, other = UUID(int=1), UUID(int=2)
    numbers = {receipt_number(secret, id_) for secret in (b"a" * 32, b"b" * 32) for id_ in (one, other)}
    assert len(numbers) == 4


def test_a_device_that_was_not_looked_at_proves_nothing() -> None:
    assert incoming(claim=CLAIM).device_proof == DeviceProof((Reason.SIGNATURE_INVALID,))
    proof = DeviceProof(number=(7, 3))
    assert incoming(claim=CLAIM, proof=proof).device_proof == proof


def test_a_tablets_code_is_answered_at_a_tablet() -> None:
    for channel in Channel:
        if channel in (Channel.COUNTER, Channel.SLIP, Channel.INVITE):
            continue
        needed = channel in (Channel.KIOSK, Channel.INTERVIEW)
        assert incoming(channel).device_proof == (DeviceProof((Reason.DEVICE_UNKNOWN,)) if needed else None)

"""Responses on their way in: what the device behind them is worth."""

from typing import Any
from uuid import uuid4

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.responses.device_claim import DeviceClaim, DeviceProof
from app.domain.responses.reason import Reason
from app.domain.responses.response import Incoming

CLAIM = DeviceClaim("7", 3, "signature", b"message")


def incoming(channel: Channel = Channel.POSTER, **more: Any) -> Incoming:
    token = Token(channel, 0, 7)
    return Incoming(uuid4(), token, 1, "hi", None, stamp=None, body=b"{}", answers={}, **more)


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

"""The bytes of a token: what a printed code says, before it is signed."""

import struct
from dataclasses import dataclass

from app.domain.codes.channel import Channel
from app.domain.problem import ProblemType

VERSION = 1
SERIAL_BYTES = 6
TIME_STEP_BYTES = 4

TOKEN_INVALID = ProblemType(
    "token.invalid",
    404,
    "This code is not one of ours. Please check it, or type the number printed beside it.",
)

_HEAD = struct.Struct(">BBI")
_TIME_STEP = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Token:
    """Which placement a code belongs to, and for one-time and changing codes which of them it is.

    `time_step` (32 bits) belongs to counter codes, `serial` (6 random bytes) to slips and invitations, and
    to no other channel. A token names no person and holds no secret.
    """

    channel: Channel
    key_id: int
    placement_id: int
    time_step: int | None = None
    serial: bytes | None = None

    def __post_init__(self) -> None:
        if (self.time_step is not None) != (self.channel is Channel.COUNTER):
            raise ValueError("a time step belongs to counter codes, and only to them")
        if (self.serial is not None) != self.channel.is_one_time:
            raise ValueError("a serial belongs to slips and invitations, and only to them")
        if self.serial is not None and len(self.serial) != SERIAL_BYTES:
            raise ValueError(f"a serial has {SERIAL_BYTES} bytes")

    def payload(self) -> bytes:
        """6, 10 or 12 bytes: version and channel, key id, placement id, then the time step or the serial."""
        head = _HEAD.pack(VERSION << 4 | self.channel.number, self.key_id, self.placement_id)
        if self.time_step is not None:
            return head + _TIME_STEP.pack(self.time_step)
        return head + (self.serial or b"")

    @classmethod
    def from_payload(cls, payload: bytes) -> "Token":
        """The token of these bytes; ValueError if they are not exactly one."""
        if len(payload) < _HEAD.size:
            raise ValueError("too short")
        first, key_id, placement_id = _HEAD.unpack_from(payload)
        if first >> 4 != VERSION:
            raise ValueError("unknown version")
        channel, rest = Channel.from_number(first & 0x0F), payload[_HEAD.size :]
        if channel is Channel.COUNTER and len(rest) == _TIME_STEP.size:
            return cls(channel, key_id, placement_id, time_step=_TIME_STEP.unpack(rest)[0])
        return cls(channel, key_id, placement_id, serial=rest or None)

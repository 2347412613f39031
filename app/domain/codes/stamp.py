"""The stamp: when, to the hour, the server gave a page out for a placement."""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_LAYOUT = struct.Struct(">BBII")
_TIME_STEP = struct.Struct(">I")
VERSION = 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """An answer was given no earlier than this hour. The same for everyone who opens the page in it.

    With a `time_step` it says besides that the code of this minute was opened while it was fresh: the hour alone
    would let somebody use a picture of a code with the page of a later one.
    """

    key_id: int
    placement_id: int
    #: whole hours since 1970 in UTC
    hour: int
    #: of counter codes only
    time_step: int | None = None

    @classmethod
    def at(cls, moment: datetime, key_id: int, placement_id: int, time_step: int | None = None) -> "Stamp":
        return cls(key_id, placement_id, int(moment.timestamp()) // 3600, time_step)

    @property
    def given_at(self) -> datetime:
        return datetime.fromtimestamp(0, UTC) + timedelta(hours=self.hour)

    def payload(self) -> bytes:
        """10 or 14 bytes: version, key id, placement id, hour, and the time step if there is one."""
        head = _LAYOUT.pack(VERSION, self.key_id, self.placement_id, self.hour)
        return head if self.time_step is None else head + _TIME_STEP.pack(self.time_step)

    @classmethod
    def from_payload(cls, payload: bytes) -> "Stamp":
        """The stamp of these bytes; ValueError if they are not exactly one."""
        if len(payload) not in (_LAYOUT.size, _LAYOUT.size + _TIME_STEP.size):
            raise ValueError("wrong length")
        version, key_id, placement_id, hour = _LAYOUT.unpack_from(payload)
        if version != VERSION:
            raise ValueError("unknown version")
        rest = payload[_LAYOUT.size :]
        return cls(key_id, placement_id, hour, _TIME_STEP.unpack(rest)[0] if rest else None)

"""The stamp: when, to the hour, the server gave a page out for a placement."""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_LAYOUT = struct.Struct(">BBII")
VERSION = 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """An answer was given no earlier than this hour. The same for everyone who opens the page in it."""

    key_id: int
    placement_id: int
    #: whole hours since 1970 in UTC
    hour: int

    @classmethod
    def at(cls, moment: datetime, key_id: int, placement_id: int) -> "Stamp":
        return cls(key_id, placement_id, int(moment.timestamp()) // 3600)

    @property
    def given_at(self) -> datetime:
        return datetime.fromtimestamp(0, UTC) + timedelta(hours=self.hour)

    def payload(self) -> bytes:
        """10 bytes: version, key id, placement id, hour."""
        return _LAYOUT.pack(VERSION, self.key_id, self.placement_id, self.hour)

    @classmethod
    def from_payload(cls, payload: bytes) -> "Stamp":
        """The stamp of these bytes; ValueError if they are not exactly one."""
        if len(payload) != _LAYOUT.size:
            raise ValueError("wrong length")
        version, key_id, placement_id, hour = _LAYOUT.unpack(payload)
        if version != VERSION:
            raise ValueError("unknown version")
        return cls(key_id, placement_id, hour)

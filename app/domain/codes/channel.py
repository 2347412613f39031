"""Channels, and what an answer through each of them proves."""

from enum import StrEnum


class Evidence(StrEnum):
    """How much an answer's way here proves. Classes are shown side by side and never pooled."""

    INVITED = "invited"
    HANDED = "handed"
    PRESENT = "present"
    OPEN = "open"
    SAMPLED = "sampled"
    KIOSK = "kiosk"


class Channel(StrEnum):
    POSTER = "poster"
    COUNTER = "counter"
    SLIP = "slip"
    INVITE = "invite"
    HANDLE = "handle"
    TYPED = "typed"
    KIOSK = "kiosk"
    INTERVIEW = "interview"

    @property
    def number(self) -> int:
        """The channel's place in the first byte of a token; printed on walls, so it never changes."""
        return _NUMBERS[self]

    @property
    def evidence(self) -> Evidence:
        return _EVIDENCE[self]

    @property
    def is_one_time(self) -> bool:
        """Whether each of its codes is good for one counted answer."""
        return self in (Channel.SLIP, Channel.INVITE)

    @property
    def is_on_device(self) -> bool:
        """Whether its answers come from an enrolled device alone, signed by it."""
        return self in (Channel.KIOSK, Channel.INTERVIEW)

    @classmethod
    def from_number(cls, number: int) -> "Channel":
        """The channel of a token's first byte; ValueError for a number that no channel has."""
        for channel, known in _NUMBERS.items():
            if known == number:
                return channel
        raise ValueError(f"no channel has the number {number}")


_NUMBERS = {
    Channel.POSTER: 1,
    Channel.COUNTER: 2,
    Channel.SLIP: 3,
    Channel.INVITE: 4,
    Channel.HANDLE: 5,
    Channel.TYPED: 6,
    Channel.KIOSK: 7,
    Channel.INTERVIEW: 8,
}

_EVIDENCE = {
    Channel.INVITE: Evidence.INVITED,
    Channel.SLIP: Evidence.HANDED,
    Channel.COUNTER: Evidence.PRESENT,
    Channel.POSTER: Evidence.OPEN,
    Channel.HANDLE: Evidence.OPEN,
    Channel.TYPED: Evidence.OPEN,
    Channel.INTERVIEW: Evidence.SAMPLED,
    Channel.KIOSK: Evidence.KIOSK,
}

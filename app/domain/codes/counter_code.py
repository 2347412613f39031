"""Codes of a counter screen: each is shown for a minute, opens for some more, and counts twice at most."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.domain.codes.channel import Channel
from app.domain.codes.token import TIME_STEP_BYTES, Token
from app.domain.weeks import week_of

STEP = timedelta(minutes=1)
#: after it has left the screen: as long as it takes to unlock a phone and wait for a page on 2G
OPENS_FOR = timedelta(minutes=5)
#: a screen's clock may run ahead by this much after three days without network
AHEAD = timedelta(minutes=2)
#: what a screen works without network
PAD_HOLDS = timedelta(hours=72)
COUNTED_ANSWERS = 2
MARK_BYTES = 16

_EPOCH = datetime.fromtimestamp(0, UTC)
#: in the year 6053: a token has room for minutes that no calendar has
_LAST_STEP = 2**31


@dataclass(frozen=True, slots=True)
class Pad:
    """Ready-made codes: all begin with `head`, then come the step and its ten bytes out of `tags`."""

    head: bytes
    first: int
    tags: bytes


@dataclass(frozen=True, slots=True)
class PadPlan:
    """The steps a pad holds: `steps` of them from `first` on."""

    first: int
    steps: int


def step_of(moment: datetime) -> int:
    """Whole minutes since 1970 in UTC."""
    return int(moment.timestamp()) // 60


def is_fresh(time_step: int, moment: datetime) -> bool:
    """Whether somebody who opens a code at a moment can have seen it on the screen just now."""
    age = timedelta(seconds=moment.timestamp() - time_step * 60)
    return -AHEAD <= age < STEP + OPENS_FOR


def shown_from(time_step: int) -> datetime:
    """The earliest moment at which a screen can have shown this code."""
    return _EPOCH + min(time_step, _LAST_STEP) * STEP - AHEAD


def head_of(key_id: int, placement_id: int) -> bytes:
    """What every code of a screen begins with."""
    return code_at(key_id, placement_id, 0).payload()[:-TIME_STEP_BYTES]


def code_at(key_id: int, placement_id: int, time_step: int) -> Token:
    """The code that a screen shows in this minute."""
    return Token(Channel.COUNTER, key_id, placement_id, time_step=time_step)


def plan_pad(held_until: int | None, now: datetime) -> PadPlan:
    """What a screen needs now to have 72 hours, if it holds every code up to the step `held_until`.

    The minute before is in it too, since the two clocks are never quite the same.
    """
    first, last = step_of(now) - 1, step_of(now + PAD_HOLDS)
    if held_until is not None and first <= held_until + 1 <= last + 1:
        first = held_until + 1
    return PadPlan(first, last - first + 1)


def pad_ends_on(fetched_on: date) -> date:
    """The day on which a screen that has not been heard of since runs out of codes."""
    return fetched_on + PAD_HOLDS


def week_shown(time_step: int) -> date:
    """The week in which a code was on the screen."""
    return week_of(_EPOCH + min(time_step, _LAST_STEP) * STEP)


def mark_of_code(secret: bytes, token: Token) -> bytes | None:
    """Under what the answers of one code are limited; None for tokens of other channels.

    The minute cannot be found from it without a secret outside the database.
    """
    if token.time_step is None:
        return None
    subject = b"counter" + token.placement_id.to_bytes(4) + token.time_step.to_bytes(4)
    return hmac.digest(secret, subject, hashlib.sha256)[:MARK_BYTES]

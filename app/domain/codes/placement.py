"""A placement's state, and what may be written on it."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.places.place import BilingualName, PlaceKind
from app.domain.problem import Problem, ProblemType

#: what an office may issue today; the other channels have a device or a printer's batch behind them
ISSUABLE = (Channel.POSTER, Channel.HANDLE, Channel.TYPED)
#: what is ended by itself; the others end with their batch or their device
ENDED_ALONE = (*ISSUABLE, Channel.COUNTER)
#: these are printed, so they carry a number that can be typed
NUMBERED = (Channel.POSTER, Channel.COUNTER, Channel.SLIP, Channel.TYPED)
SPOT_LENGTH = 80
#: so many days after a code was issued lay the last day that the form of earlier versions filled in: a year
FILLED_IN_AFTER = (365, 366)

PLACEMENT_UNKNOWN = ProblemType("placement.unknown", 404, "There is no such code.")
SPOT_MISSING = ProblemType("placement.spot_missing", 422, "Please say where it hangs, so that it can be found again.")
SPOT_TOO_LONG = ProblemType(
    "placement.spot_too_long", 422, "Please describe the spot in at most %(length)d characters."
)
EXPIRY_PAST = ProblemType("placement.expiry_past", 422, "The last day has to lie in the future.")
CHANNEL_NOT_ISSUED = ProblemType("placement.channel_not_issued", 422, "Codes of this kind are not issued here.")
SURVEY_NOT_OPEN = ProblemType(
    "placement.survey_not_open", 409, "This survey has not been published, so no code can lead to it."
)
PLACE_RETIRED = ProblemType("placement.place_retired", 409, "This place is closed, so it gets no new codes.")
KEY_CUT_OFF = ProblemType(
    "placement.key_cut_off",
    409,
    "The key that codes are signed with has been cut off. "
    "The operator of this installation has to restart the servers.",
)
COMPROMISED_LATER = ProblemType("placement.compromised_later", 422, "The day cannot lie in the future.")
ENDED_ELSEWHERE = ProblemType(
    "placement.ended_elsewhere",
    409,
    "A code of this kind is ended where it was made: slips and invitations with their batch, a device in the list of "
    "devices.",
)
ALREADY_RETIRED = ProblemType("placement.already_retired", 409, "This code has been taken down already.")
NOTHING_TO_UNDO = ProblemType("placement.nothing_to_undo", 409, "Nothing can be undone here any more.")


class PlacementState(StrEnum):
    """What a page or a list says of a placement today. Answers are judged by `capture`, not by this."""

    ACTIVE = "active"
    EXPIRED = "expired"
    RETIRED = "retired"
    COMPROMISED = "compromised"


def admits(token: Token, *, channel: str, key_id: int, number: str | None) -> bool:
    """Whether a placement was issued under the token's key for its channel; a printed number may also be typed.

    With another key a leaked old one could speak for what was issued after it.
    """
    typed = token.channel is Channel.TYPED and number is not None
    return token.key_id == key_id and (token.channel == channel or typed)


@dataclass(frozen=True, slots=True)
class PlacementView:
    """An issued code as lists, pages and prints need it."""

    id: int
    survey_id: int
    place_id: int
    place: BilingualName
    place_code: str
    place_kind: PlaceKind
    channel: Channel
    hung_at: str
    number: str | None
    key_id: int
    issued_on: date
    issued_by: int | None
    expires_on: date | None
    retired_at: datetime | None
    compromised_on: date | None
    state: PlacementState

    @property
    def token(self) -> Token:
        """What its code says, for channels whose code never changes."""
        return Token(self.channel, self.key_id, self.id)


def state_of(
    *,
    expires_on: date | None,
    retired_at: datetime | None,
    compromised_on: date | None,
    key_cut_off_on: date | None = None,
    now: datetime,
    today: date,
) -> PlacementState:
    """The worst that holds: a code that leaked must not look as if it had merely run out."""
    for day in (compromised_on, key_cut_off_on):
        if day is not None and day <= today:
            return PlacementState.COMPROMISED
    if retired_at is not None and retired_at <= now:
        return PlacementState.RETIRED
    if expires_on is not None and expires_on < today:
        return PlacementState.EXPIRED
    return PlacementState.ACTIVE


def read_spot(text: str) -> str:
    """Where a code hangs, in one line of NFC text; Problem if that is nothing or too long for a poster."""
    spot = " ".join("".join(map(_harmless, unicodedata.normalize("NFC", text))).split())
    if not spot:
        raise Problem(SPOT_MISSING)
    if len(spot) > SPOT_LENGTH:
        raise Problem(SPOT_TOO_LONG, length=SPOT_LENGTH)
    return spot


def _harmless(char: str) -> str:
    """The character, without what ends or turns a line. Joiners stay, since Hindi is written with them."""
    if char in "\u200c\u200d":
        return char
    category = unicodedata.category(char)
    return " " if category in ("Cc", "Zl", "Zp") else "" if category in ("Cf", "Cs", "Co", "Cn") else char

"""The register of devices: their kinds and states, their one-time codes, and what is missing of each."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.clocks import CLOCKS_APART
from app.domain.codes.channel import Channel
from app.domain.devices.sequence import Arrived, NumberRun
from app.domain.free_text import ascii_digits
from app.domain.places.place import BilingualName
from app.domain.problem import ProblemType

#: letters and digits of which no two look or sound alike in print: no I L O, no 0 and 1
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 10
CODE_LIFE = timedelta(minutes=10)

DEVICE_UNKNOWN = ProblemType("device.unknown", 404, "There is no such device.")
CODE_UNKNOWN = ProblemType(
    "device.code_unknown", 410, "This code does not work. It may be mistyped, already used, or older than ten minutes."
)
KEY_INVALID = ProblemType("device.key_invalid", 422, "The public key is no point on the curve P-256.")
REQUEST_MALFORMED = ProblemType("device.malformed", 400, "This cannot be read as a message of a device: %(why)s")
STATUS_UNSIGNED = ProblemType("device.status_unsigned", 403, "No enrolled device has signed this.")
STATUS_OLD = ProblemType("device.status_old", 409, "This device has already reported a later state.")
ALREADY_ENROLLED = ProblemType(
    "device.already_enrolled", 409, "This device is in use. If it was set up anew, revoke it and add it again."
)
ALREADY_REVOKED = ProblemType("device.already_revoked", 409, "This device has been revoked already.")
QUIZ_NEEDS_NETWORK = ProblemType(
    "device.quiz", 422, "A quiz is marked by the server at once, so it cannot be asked on a device without network."
)


class DeviceKind(StrEnum):
    KIOSK = "kiosk"
    INTERVIEW = "interview"

    @property
    def channel(self) -> Channel:
        return Channel(self.value)


class DeviceState(StrEnum):
    WAITING = "waiting"
    ACTIVE = "active"
    REVOKED = "revoked"


def state_of_device(*, enrolled_at: datetime | None, revoked_at: datetime | None) -> DeviceState:
    if revoked_at is not None:
        return DeviceState.REVOKED
    return DeviceState.WAITING if enrolled_at is None else DeviceState.ACTIVE


def read_device_code(typed: str) -> str | None:
    """The code as a person typed it, without blanks and hyphens, in capitals; None if it can be none.

    Digits may be those of any script.
    """
    plain = ascii_digits(unicodedata.normalize("NFKC", typed)).upper()
    code = "".join(char for char in plain if char.isalnum())
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else None


def is_code_good(expires_at: datetime | None, now: datetime) -> bool:
    """Whether a one-time code still works. One that would for longer than ten minutes was made by a wrong clock."""
    return expires_at is not None and now < expires_at <= now + CODE_LIFE + CLOCKS_APART


def show_device_code(code: str) -> str:
    """In two groups of five, as it is read out and typed."""
    return f"{code[:5]} {code[5:]}"


@dataclass(frozen=True, slots=True)
class Missing:
    """Numbers that a device has given out and that never arrived."""

    #: still with the device, as far as it has said
    kept: int
    #: neither here nor there: somebody deleted them
    lost: int
    #: where they are missing, in runs
    runs: tuple[NumberRun, ...]


def what_is_missing(arrived: Arrived, *, last_sequence: int | None, waiting: int | None) -> Missing:
    """Compare what arrived with what the device said last.

    Only numbers up to that count, since of later ones it has not said yet what became of them.
    """
    said = last_sequence or 0
    tail = (NumberRun(arrived.last + 1, said),) if said > arrived.last else ()
    runs = tuple(_up_to(said, (*arrived.gaps, *tail)))
    missing = sum(map(len, runs))
    kept = min(missing, waiting or 0)
    return Missing(kept, missing - kept, runs)


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device as the register shows it."""

    id: int
    kind: DeviceKind
    label: str
    place_id: int
    place: BilingualName
    survey_id: int
    placement_id: int
    state: DeviceState
    code_expires_at: datetime | None
    enrolled_at: datetime | None
    revoked_at: datetime | None
    last_synced_at: datetime | None
    #: what it said last that it holds; None if it never said anything
    waiting: int | None
    missing: Missing


def _up_to(last: int, runs: Iterable[NumberRun]) -> Iterable[NumberRun]:
    return (NumberRun(run.first, min(run.last, last)) for run in runs if run.first <= last)

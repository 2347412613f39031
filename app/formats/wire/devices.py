"""What devices send about themselves, as it travels: JSON, read with msgspec."""

import re
from typing import Annotated, TypeVar

import msgspec

from app.domain.devices.device import KEY_INVALID, REQUEST_MALFORMED
from app.domain.problem import Problem
from app.formats.crypto.device_signatures import is_public_key
from app.formats.crypto.sealing import from_text

#: the greatest number that a script counts to exactly
_COUNTED = 2**53 - 1
Message = TypeVar("Message")
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,9})", re.ASCII)


class Enrolment(msgspec.Struct, forbid_unknown_fields=True):
    """`code` as somebody typed it; `public_key` the uncompressed point in base64url."""

    code: Annotated[str, msgspec.Meta(max_length=80)]
    public_key: Annotated[str, msgspec.Meta(max_length=120)]


class DeviceStatus(msgspec.Struct, forbid_unknown_fields=True):
    """`waiting` counts what the device holds; `at` is its clock, for whoever reads the traffic of a lost tablet.

    `refusals` are its totals by week, from interviewers' phones.
    """

    device: Annotated[str, msgspec.Meta(max_length=10)]
    waiting: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
    last_sequence: Annotated[int, msgspec.Meta(ge=0, le=_COUNTED)]
    at: Annotated[str, msgspec.Meta(max_length=40)]
    signature: Annotated[str, msgspec.Meta(max_length=200)]
    refusals: dict[str, int] | None = None

    def clear_fields(self) -> dict[str, object]:
        """What the signature is over; see `sealing.canonical`."""
        return {name: getattr(self, name) for name in self.__struct_fields__ if name != "signature"}

    @property
    def device_id(self) -> int | None:
        """None for what no device is called."""
        return int(self.device) if _NUMBER.fullmatch(self.device) else None


_enrolment = msgspec.json.Decoder(Enrolment)
_status = msgspec.json.Decoder(DeviceStatus)


def read_enrolment(raw: bytes) -> tuple[str, bytes]:
    """The typed code and the public key; Problems `device.malformed` and `device.key_invalid`."""
    enrolment = decode_message(_enrolment, raw)
    try:
        public_key = from_text(enrolment.public_key)
    except ValueError:
        raise Problem(KEY_INVALID) from None
    if not is_public_key(public_key):
        raise Problem(KEY_INVALID)
    return enrolment.code, public_key


def read_status(raw: bytes) -> DeviceStatus:
    """Problem `device.malformed` if it is none."""
    return decode_message(_status, raw)


def decode_message(decoder: msgspec.json.Decoder[Message], raw: bytes) -> Message:
    """The message; Problem `device.malformed` if the bytes are none."""
    try:
        return decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem(REQUEST_MALFORMED, why=str(error) or type(error).__name__) from None

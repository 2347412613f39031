"""What counter screens send and get, as it travels: JSON, read with msgspec."""

from typing import Annotated

import msgspec

from app.domain.codes.counter_screen import SECRET_BYTES
from app.domain.devices.device import REQUEST_MALFORMED
from app.domain.problem import Problem
from app.formats.crypto.sealing import from_text
from app.formats.wire.devices import decode_message

Secret = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]{43}$")]


class ScreenEnrolment(msgspec.Struct, forbid_unknown_fields=True):
    """`code` as somebody typed it; `secret` 32 random bytes of the browser, in base64url."""

    code: Annotated[str, msgspec.Meta(max_length=80)]
    secret: Secret


class HeldCodes(msgspec.Struct, forbid_unknown_fields=True):
    """Which codes the screen has already: what they begin with, in base64url, and the last step."""

    head: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]{8}$")]
    until: Annotated[int, msgspec.Meta(ge=0, le=2**32 - 1)]


class PadRequest(msgspec.Struct, forbid_unknown_fields=True):
    """The screen's secret, and what it holds so that it is not sent again."""

    secret: Secret
    held: HeldCodes | None = None


_enrolment = msgspec.json.Decoder(ScreenEnrolment)
_request = msgspec.json.Decoder(PadRequest)


def read_screen_enrolment(raw: bytes) -> tuple[str, bytes]:
    """The typed code and the secret; Problem `device.malformed`."""
    enrolment = decode_message(_enrolment, raw)
    return enrolment.code, _secret(enrolment.secret)


def read_pad_request(raw: bytes) -> tuple[bytes, bytes, int | None]:
    """The secret, and the head and last step of what the screen holds; Problem `device.malformed`."""
    asked = decode_message(_request, raw)
    held = asked.held
    return _secret(asked.secret), from_text(held.head) if held else b"", held.until if held else None


def _secret(text: str) -> bytes:
    try:
        secret = from_text(text)
    except ValueError:
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise Problem(REQUEST_MALFORMED, why="the secret has another length")
    return secret

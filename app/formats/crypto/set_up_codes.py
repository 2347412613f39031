"""One-time codes from the office, by which a device or a screen at hand becomes the one in the register."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from app.domain.devices.device import CODE_ALPHABET, CODE_LENGTH, CODE_LIFE


@dataclass(frozen=True, slots=True)
class SetUpCode:
    """A one-time code, as it is shown to whoever stands before the device, and until when it is good."""

    code: str
    expires_at: datetime


def draw_code(now: datetime) -> SetUpCode:
    """A new code, good for ten minutes. Only its digest is kept."""
    return SetUpCode("".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)), now + CODE_LIFE)


def digest_of_code(code: str) -> bytes:
    # Fifty random bits that die after ten minutes need no slow hash.
    return hashlib.sha256(code.encode()).digest()

"""One-time codes of an authenticator app (pyotp, RFC 6238), and their secrets under encryption (cryptography)."""

import base64
import io
import os
from datetime import datetime, timedelta
from hmac import compare_digest

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

from app.domain.accounts.sign_in_delay import SECOND_FACTOR

#: seconds a code is shown for
STEP = 30
_NONCE_BYTES = 12
# One step to either side: a phone's clock may be half a minute off.
_DRIFT = (0, -1, 1)
#: a step that was used and lies further ahead was used while our own clock was wrong
_FARTHEST = SECOND_FACTOR.longest // timedelta(seconds=STEP)


def new_totp_secret() -> str:
    """160 random bits in base32, as RFC 4226 asks for."""
    return pyotp.random_base32(32)


def encrypt_secret(secret: str, key: bytes, account_id: int) -> bytes:
    """The secret under AES-256-GCM, bound to its account, so that rows cannot be swapped."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _cipher(key).encrypt(nonce, secret.encode("ascii"), _bound_to(account_id))


def decrypt_secret(sealed: bytes, key: bytes, account_id: int) -> str:
    """The secret again; ValueError if it was altered, belongs to another account or another key."""
    nonce, text = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return _cipher(key).decrypt(nonce, text, _bound_to(account_id)).decode("ascii")
    except InvalidTag:
        raise ValueError("the TOTP secret does not open with this key for this account") from None


def matching_step(secret: str, code: str, after_step: int | None, now: datetime) -> int | None:
    """The time step whose code this is, or None. A step that was used, or lies before one that was, never matches.

    But for one that only a wrong clock can have used: set right, it must not keep the owner out for as long as it
    was ahead. Nearer ones hold, so that no clock set back by minutes lets a code in twice.
    """
    generator = pyotp.TOTP(secret, interval=STEP)
    present = int(now.timestamp()) // STEP
    if after_step is not None and after_step > present + _FARTHEST:
        after_step = None
    for step in (present + drift for drift in _DRIFT):
        fresh = after_step is None or step > after_step
        if compare_digest(generator.generate_otp(step).encode(), code.encode()) and fresh:
            return step
    return None


def provisioning_uri(secret: str, username: str, issuer: str) -> str:
    """What the QR code of the set-up page says to the app."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=username, issuer_name=issuer)


def provisioning_image(uri: str) -> str:
    """The QR code as a data: address for an <img>: it is made here and goes nowhere else."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4, image_factory=SvgPathImage)
    code.add_data(uri)
    target = io.BytesIO()
    code.make_image().save(target)
    return "data:image/svg+xml;base64," + base64.b64encode(target.getvalue()).decode("ascii")


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"samvad.totp").derive(key))


def _bound_to(account_id: int) -> bytes:
    return b"samvad.totp.account:%d" % account_id

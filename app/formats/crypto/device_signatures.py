"""What enrolled devices sign: ECDSA over P-256 with SHA-256, as raw r ‖ s, the form that browsers make."""

import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from app.formats.crypto.sealing import from_text

_ECDSA = ec.ECDSA(SHA256())
_HALF = 32
_ITEM = b"samvad item v1\n"
_STATUS = b"samvad status v1\n"


def item_message(info: bytes, body: bytes) -> bytes:
    """What is signed for an item: its clear fields by `sealing.info`, and its body as the JSON that travels."""
    return _ITEM + info + hashlib.sha256(body).digest()


def status_message(canonical: bytes) -> bytes:
    """What is signed for a status: its fields without the signature, as `sealing.canonical` writes them."""
    return _STATUS + hashlib.sha256(canonical).digest()


def is_public_key(raw: bytes) -> bool:
    """Whether these are the 65 bytes of an uncompressed point on the curve."""
    if len(raw) != 1 + 2 * _HALF:
        return False
    try:
        _load(raw)
    except ValueError:
        return False
    return True


def signature_holds(public_key: bytes, signature: str, message: bytes) -> bool:
    """Whether the owner of this key signed the message; a signature that cannot be read does not hold."""
    try:
        raw = from_text(signature)
        if len(raw) != 2 * _HALF:
            return False
        der = encode_dss_signature(int.from_bytes(raw[:_HALF]), int.from_bytes(raw[_HALF:]))
        _load(public_key).verify(der, message, _ECDSA)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=512)
def _load(public_key: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_key)

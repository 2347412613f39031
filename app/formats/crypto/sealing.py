"""Sealed answers: HPKE (RFC 9180), so that a waiting answer can be read by the server and by nobody else.

Base mode with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM: the suite that every browser of the
last years can compute. The phone has the public key from its page, and seals before anything is written.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.domain.problem import Problem
from app.domain.responses.response import SEAL_BROKEN, SEALING_KEY_UNKNOWN
from app.formats.canonical_json import write_json

#: a plaintext is filled up with spaces to a multiple of this, so that its length tells little
PADDED_TO = 512
#: the order of P-256 (FIPS 186-5, SP 800-186)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_KEM = b"KEM" + (0x0010).to_bytes(2)
_SUITE = hpke.Suite(hpke.KEM.P256, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_OUTSIDE = ("body", "signature")


class SealingKeys:
    """Opens what was sealed under any of these keys: key id to its 32-byte seed. May be empty: then nothing is."""

    def __init__(self, seeds: Mapping[int, bytes]) -> None:
        self._private = {kid: derive_private_key(seed) for kid, seed in seeds.items()}
        self._public = {kid: public_point(key) for kid, key in self._private.items()}

    @property
    def newest(self) -> int | None:
        """The key that pages carry now."""
        return max(self._public, default=None)

    def public(self, kid: int) -> bytes:
        """The uncompressed point, 65 bytes; KeyError for an unknown key."""
        return self._public[kid]

    def public_text(self, kid: int) -> str:
        """The same in base64url without padding: what a page carries."""
        return to_text(self._public[kid])

    def open(self, kid: int, body_text: str, info: bytes) -> bytes:
        """The plaintext without its padding; Problem `response.sealing_key_unknown` or `response.seal_broken`.

        `info` binds it to the clear fields: what was sealed for another id, token or stamp does not open.
        """
        private = self._private.get(kid)
        if private is None:
            raise Problem(SEALING_KEY_UNKNOWN, kid=kid)
        try:
            plain = _SUITE.decrypt(from_text(body_text), private, info=info)
        except (InvalidTag, ValueError):
            raise Problem(SEAL_BROKEN) from None
        return plain.rstrip(b" ")


def seal(public: bytes, plain: bytes, info: bytes) -> str:
    """Seal as a phone does: pad, encrypt, `base64url(enc ‖ ciphertext ‖ tag)`."""
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    padded = plain + b" " * (-len(plain) % PADDED_TO)
    return to_text(_SUITE.encrypt(padded, key, info=info))


def canonical(fields: Mapping[str, object]) -> bytes:
    """The clear fields of an item: compact JSON with sorted keys of everything but body and signature.

    What is absent is left out; None is absent too, but for `kid`, where it means that the body is plain.
    """
    kept = {name: value for name, value in fields.items() if value is not None or name == "kid"}
    return write_json({name: value for name, value in kept.items() if name not in _OUTSIDE})


def info(fields: Mapping[str, object]) -> bytes:
    """What the seal is bound to and the device signs: SHA-256 of the canonical clear fields."""
    return hashlib.sha256(canonical(fields)).digest()


def derive_private_key(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """DeriveKeyPair of DHKEM(P-256, HKDF-SHA256), RFC 9180 section 7.1.3, with the seed as `ikm`."""
    pseudorandom = hmac.digest(b"\x00" * 32, b"HPKE-v1" + _KEM + b"dkp_prk" + seed, hashlib.sha256)
    for counter in range(256):
        labelled = (32).to_bytes(2) + b"HPKE-v1" + _KEM + b"candidate" + bytes([counter])
        candidate = int.from_bytes(hmac.digest(pseudorandom, labelled + b"\x01", hashlib.sha256))
        if 0 < candidate < _ORDER:
            return ec.derive_private_key(candidate, ec.SECP256R1())
    raise ValueError("no key comes of this seed; one in 2^8192 has none")


def to_text(raw: bytes) -> str:
    """base64url without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def from_text(text: str) -> bytes:
    """The bytes of such a text; ValueError for any other sign."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def public_point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key of this one, as an uncompressed point: 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

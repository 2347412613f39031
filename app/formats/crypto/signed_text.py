"""Short signatures over bytes, written in base32 (itsdangerous)."""

import base64
import hashlib
import hmac
from collections.abc import Mapping

from itsdangerous import Signer
from itsdangerous.signer import SigningAlgorithm

from app.domain.problem import Problem, ProblemType

TAG_BYTES = 10

KEY_MISSING = ProblemType(
    "keys.missing",
    503,
    "This installation has lost signing key %(key)d. Its operator has to put back the file with the secrets.",
)


class TruncatedHMAC(SigningAlgorithm):
    """HMAC-SHA256 cut to 80 bits: short enough to print, and a guess costs one request each."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return hmac.digest(key, value, hashlib.sha256)[:TAG_BYTES]


class PayloadSigner:
    """Signs payloads whose second byte is the id of the key.

    One signer with exactly one secret per key id: with a list of secrets a leaked old key could sign under
    a new id, and cutting it off would cut off nothing.
    """

    def __init__(self, secrets: Mapping[int, bytes], purpose: str) -> None:
        self._algorithm = TruncatedHMAC()
        self._keys = {
            key_id: Signer(
                secret, salt=f"samvad.{purpose}", key_derivation="hmac", digest_method=hashlib.sha256
            ).derive_key()
            for key_id, secret in secrets.items()
        }

    def sign(self, payload: bytes) -> str:
        """The payload and its tag in upper-case base32 without padding. Problem `keys.missing`."""
        return _encode(payload + self.tag(payload))

    def tag(self, payload: bytes) -> bytes:
        """The ten bytes that follow a payload. Problem `keys.missing`."""
        key = self._keys.get(payload[1])
        if key is None:
            raise Problem(KEY_MISSING, key=payload[1])
        return self._algorithm.get_signature(key, payload)

    def open(self, text: str) -> bytes | None:
        """The payload, or None if the text is not, to the letter, what `sign` would write.

        Capitals are accepted, and small letters, but no mixture. The canonical form is written anew and
        compared, since base32 has spare bits and lenient decoders, and every code must have one spelling.
        """
        folded = text.upper()
        if text != folded and text != text.lower():
            return None
        try:
            raw = base64.b32decode(folded + "=" * (-len(folded) % 8))
        except ValueError:
            return None
        if len(raw) <= TAG_BYTES + 1 or not text.isascii() or _encode(raw) != folded:
            return None
        payload, tag = raw[:-TAG_BYTES], raw[-TAG_BYTES:]
        key = self._keys.get(payload[1])
        if key is None or not self._algorithm.verify_signature(key, payload, tag):
            return None
        return payload


def _encode(raw: bytes) -> str:
    return base64.b32encode(raw).rstrip(b"=").decode("ascii")

"""Stamps as text: the hour a page was given out, signed."""

from collections.abc import Mapping

from app.domain.codes.stamp import Stamp
from app.formats.crypto.signed_text import PayloadSigner


class StampSigner:
    def __init__(self, secrets: Mapping[int, bytes]) -> None:
        self._signer = PayloadSigner(secrets, "stamp")

    def sign(self, stamp: Stamp) -> str:
        """32 capitals and digits, 39 with a time step."""
        return self._signer.sign(stamp.payload())

    def verify(self, text: str) -> Stamp | None:
        """The stamp, or None if it is not one of ours: an answer is stored all the same, and set aside."""
        payload = self._signer.open(text)
        try:
            return None if payload is None else Stamp.from_payload(payload)
        except ValueError:
            return None

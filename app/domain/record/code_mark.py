"""What the record keeps of a code: enough to see that it was issued, and nothing to answer with."""

import base64
import hashlib

_BYTES = 10


def code_mark(token: str) -> str:
    """Sixteen capitals that only this token gives, printed small beside its code."""
    digest = hashlib.sha256(b"samvad code 1\n" + token.upper().encode("ascii")).digest()
    return base64.b32encode(digest[:_BYTES]).decode("ascii")

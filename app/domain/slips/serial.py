"""One-time serials: the random part of a slip's or an invitation's token, good for one counted answer.

A serial names nobody. What is kept of it is a mark that cannot be made without a secret outside the database,
so that whoever reads the tables and holds a slip still cannot find the slip among them.
"""

import hashlib
import hmac

from app.domain.codes.token import Token

MARK_BYTES = 16


def mark_of(secret: bytes, token: Token) -> bytes | None:
    """What is kept of a token's serial; None for tokens that may be used again and again."""
    if token.serial is None:
        return None
    subject = b"serial" + token.placement_id.to_bytes(4) + token.serial
    return hmac.digest(secret, subject, hashlib.sha256)[:MARK_BYTES]

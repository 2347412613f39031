"""Passwords as argon2id hashes (argon2-cffi), and generated ones to begin with."""

import secrets
from functools import cache
from threading import BoundedSemaphore
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

PasswordHash = NewType("PasswordHash", str)

# RFC 9106 §4, the second recommended option, with one lane: a server core is one user's at a time anyway.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
# A flood of sign-ins must not take 64 MiB for each thread.
_AT_ONCE = BoundedSemaphore(2)

# Without 0 O, 1 l I: read from a screen or a slip and typed.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def hash_password(password: str) -> PasswordHash:
    """Slow on purpose: call it before a transaction is opened. The password comes from `check_password`."""
    with _AT_ONCE:
        return PasswordHash(_HASHER.hash(password))


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password is right. Without a stored hash the same work is done, and the answer is no."""
    with _AT_ONCE:
        try:
            right = _HASHER.verify(stored or _nobodys_hash(), password)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
    return right and stored is not None


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than those of today."""
    return _HASHER.check_needs_rehash(stored)


def generate_password() -> str:
    """Twenty characters in groups of five: 98 bits, shown once."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_hex(16))

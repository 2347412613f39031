"""Passwords as argon2id hashes (argon2-cffi), and generated ones to begin with.

A hash costs a tenth of a second of a core and 64 MiB, and anybody may ask for one. So they are made one at a time, by a
thread of their own that gives way to all others, and few may wait for it: who comes then is told so at once.
"""

import os
import secrets
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from threading import BoundedSemaphore
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from app.domain.accounts.sign_in_delay import SIGN_IN_BUSY
from app.domain.problem import Problem

PasswordHash = NewType("PasswordHash", str)

# RFC 9106 §4, the second recommended option, with one lane: a server core is one user's at a time anyway.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
#: of the eight threads that a process should have, so many may be taken by strangers who sign in
MOST_STRANGERS = 3
#: and so many more by browsers in which somebody signed in before: strangers who fill theirs keep no owner out
MOST_KNOWN = 2
_PLACES = {False: BoundedSemaphore(MOST_STRANGERS), True: BoundedSemaphore(MOST_KNOWN)}
#: when to try again, in seconds: not all at the same moment
BUSY_FOR = range(5, 16)
#: how far its thread gives way, as `nice` counts: far enough to stand behind pages, and not to starve beside them
NICE = 10

# Without 0 O, 1 l I: read from a screen or a slip and typed.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def hash_password(password: str) -> PasswordHash:
    """Slow on purpose: call it before a transaction is opened. The password comes from `check_password`."""
    return PasswordHash(_desk().submit(lambda: _HASHER.hash(password)).result())


@contextmanager
def place_in_line(*, known: bool) -> Iterator[None]:
    """One of the few places for whoever signs in; Problem `sign_in.busy` at once if none is free."""
    places = _PLACES[known]
    if not places.acquire(blocking=False):
        raise Problem(SIGN_IN_BUSY, retry_after=secrets.choice(BUSY_FOR))
    try:
        yield
    finally:
        places.release()


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password is right. Without a stored hash the same work is done, and the answer is no."""
    return _desk().submit(_is_right, stored, password).result()


def _is_right(stored: str | None, password: str) -> bool:
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


@cache
def _desk() -> ThreadPoolExecutor:
    """The one thread that makes hashes in this process."""
    return ThreadPoolExecutor(1, thread_name_prefix="passwords", initializer=_give_way)


def _give_way() -> None:
    """On Linux each thread has an urgency of its own; elsewhere it is the process's, and is left alone."""
    thread = threading.get_native_id()
    # A container may forbid it, and then hashes are made all the same.
    with suppress(OSError):
        if os.uname().sysname == "Linux" and os.getpriority(os.PRIO_PROCESS, thread) < NICE:
            os.setpriority(os.PRIO_PROCESS, thread, NICE)


# A child has the pool of its parent, but not its thread.
os.register_at_fork(after_in_child=_desk.cache_clear)

"""A further key: its secret in the secrets file and the note of it in the database must agree.

The file is written last but before the commit. If the commit fails, the file has a key that nothing was noted of, and
the next rotation notes it; a key that was noted and that nobody has cannot come about.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.config import Secrets
from app.formats.crypto.secret_files import draw_secret, write_secrets
from app.services.installation.sealing_keys import Rotation, rotate_sealing_keys
from app.services.installation.signing_keys import add_signing_key
from app.transaction import transaction


def rotate_signing(path: Path, now: datetime) -> int:
    """The number of the key that codes are issued under once the servers have started again."""
    with _changing(path), transaction() as session:
        held = Secrets.from_file(path)
        added = add_signing_key(session, held.signing.keys(), now)
        write_secrets(path, replace(held, signing={**held.signing, added: draw_secret()}))
    return added


def rotate_sealing(path: Path, now: datetime) -> Rotation:
    """Add a key that answers are sealed under, and forget those that nobody needs."""
    with _changing(path), transaction() as session:
        held = Secrets.from_file(path)
        rotation = rotate_sealing_keys(session, held.sealing.keys(), now)
        kept = {kid: seed for kid, seed in held.sealing.items() if kid not in rotation.forgotten}
        write_secrets(path, replace(held, sealing={**kept, rotation.added: draw_secret()}))
    return rotation


def add_record_key(path: Path) -> bool:
    """Whether the public record has a key since this; one that it has is never changed."""
    with _changing(path):
        held = Secrets.from_file(path)
        if held.record:
            return False
        write_secrets(path, replace(held, record=draw_secret()))
    return True


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    """One at a time between reading the secrets and writing them: the later of two would forget the other's key."""
    lock = os.open(path.with_name(f".{path.name}.lock"), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)

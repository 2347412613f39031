"""How long transactions of this process held the lock: every writing one is seen, from its beginning to its end."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, event

from app.extensions import db


@dataclass(slots=True)
class Held:
    """Wall and processor seconds of each transaction."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


@contextmanager
def transactions_seen() -> Iterator[Held]:
    """Yields what is filled while transactions come and go."""
    held, begun = Held(), []

    def begin(_connection: Connection) -> None:
        begun.append((time.perf_counter(), time.process_time()))

    def end(_connection: Connection) -> None:
        wall, cpu = begun.pop()
        held.wall.append(time.perf_counter() - wall)
        held.cpu.append(time.process_time() - cpu)

    hooks = (("begin", begin), ("commit", end), ("rollback", end))
    for name, hook in hooks:
        event.listen(db.engine, name, hook)
    yield held
    for name, hook in hooks:
        event.remove(db.engine, name, hook)

"""Counts that all processes of a server share and nobody writes down.

They lie in memory that is taken before the server forks and is gone with it. No file holds them, so none tells when a
count last moved; and any process can tell what all have counted, those that have ended too.
"""

import mmap
import threading
from collections.abc import Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key")

#: each process counts in a row of its own, so that none waits for another; a later one goes on in a row of before
ROWS = 64


class SharedCounts(Generic[Key]):
    """A count for each of these keys, and no other key."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._at = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        memory = mmap.mmap(-1, 8 * ROWS * max(1, len(self._at)))
        self._cells = memoryview(memory).cast("Q")
        self._row = 0
        self._lock = threading.Lock()

    def take_row(self, process: int) -> None:
        """To be called once in a process that was forked, with its number among all that ever were."""
        self._row = process % ROWS
        self._lock = threading.Lock()

    def add(self, key: Key) -> None:
        """One more of this key; KeyError if it was not among those that were named."""
        cell = self._row * len(self._at) + self._at[key]
        with self._lock:
            self._cells[cell] += 1

    def totals(self) -> dict[Key, int]:
        """What all processes have counted, by key."""
        width = len(self._at)
        cells = self._cells.tolist()
        return {key: sum(cells[place : ROWS * width : width]) for key, place in self._at.items()}

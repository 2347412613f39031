"""A look at the database that never takes longer than whoever watches is ready to wait."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Seen = TypeVar("Seen")

PATIENCE_S = 1.0


class Lookout(Generic[Seen]):
    """Looks in a thread of its own, one at a time: a database that hangs holds one thread, not one a question."""

    def __init__(self, look: Callable[[], Seen], patience_s: float = PATIENCE_S) -> None:
        self._look = look
        self._patience_s = patience_s
        self._busy = threading.Lock()

    def __call__(self) -> Seen:
        """What was seen, or what the look raises; TimeoutError if it takes too long, or one before it still does."""
        if not self._busy.acquire(timeout=self._patience_s):
            raise TimeoutError
        seen: list[Seen] = []
        failed: list[Exception] = []

        def look() -> None:
            try:
                seen.append(self._look())
            except Exception as error:  # handed over to whoever asked
                failed.append(error)
            finally:
                self._busy.release()

        thread = threading.Thread(target=look, name="lookout", daemon=True)
        thread.start()
        thread.join(self._patience_s)
        if failed:
            raise failed[0]
        if not seen:
            raise TimeoutError
        return seen[0]

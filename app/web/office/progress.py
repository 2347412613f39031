"""A file that takes some seconds, drawn while its page is being sent: a bar that moves, and at the end the file.

Nothing waits anywhere: whoever leaves the page ends the drawing with it, and nothing is left behind.
"""

from collections.abc import Callable, Generator, Iterator

from app.domain.problem import Problem
from app.web.errors import sentence_of

#: sheets between two movements of the bar
_STEP = 10


class DrawingProgress:
    """What the page asks while it is sent: first its steps, then what became of it."""

    def __init__(self, drawing: Generator[int, None, bytes], total: int, keep: Callable[[bytes], str]) -> None:
        """`keep` takes the finished file and gives the name under which it can be fetched."""
        self.total = total
        self.token = ""
        self.refusal = ""
        self._drawing, self._keep = drawing, keep

    def steps(self) -> Iterator[int]:
        """How many sheets are drawn, from time to time. Afterwards `token` or `refusal` is set."""
        yield 0
        try:
            while True:
                drawn = next(self._drawing)
                if drawn % _STEP == 0:
                    yield drawn
        except StopIteration as end:
            self._finish(end.value)
        except Problem as problem:
            self.refusal = sentence_of(problem)
        finally:
            self._drawing.close()

    def _finish(self, content: bytes) -> None:
        try:
            self.token = self._keep(content)
        except Problem as problem:
            self.refusal = sentence_of(problem)

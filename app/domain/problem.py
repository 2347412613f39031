"""Problems: every one has a stable code, a status and a sentence that can be translated."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemType:
    """What went wrong, as a constant near its subject.

    `code` is dotted and never changes once released, since programs decide by it. `status` is the HTTP
    status. `message` is the English sentence and the key of its translation, with %(name)s placeholders.
    """

    code: str
    status: int
    message: str


class Problem(Exception):
    """What was refused, with its details. `parts` holds one problem for each row or field where there are many."""

    def __init__(self, type_: ProblemType, *, parts: Iterable["Problem"] = (), **details: object) -> None:
        self.type = type_
        self.details = details
        self.parts = tuple(parts)
        super().__init__(f"{type_.code}: {self.sentence()}")

    @property
    def code(self) -> str:
        return self.type.code

    @property
    def status(self) -> int:
        return self.type.status

    def sentence(self, message: str | None = None) -> str:
        """The sentence in English, or in the language of the translated `message`."""
        text = self.type.message if message is None else message
        return text % self.details if self.details else text

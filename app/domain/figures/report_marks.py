"""What a report says of itself: which edition it is, the audit chain on its day, whether its headline is certified."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class AuditMark:
    """The head of the audit chain on the day of the report."""

    sequence: int
    mac: str


@dataclass(frozen=True, slots=True)
class EditionMark:
    """Which edition a report is. A `number` above 1 is a correction; `cause` and `reason` (by language) say of what."""

    due_on: date
    number: int
    cause: str | None = None
    reason: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeadlineLabel:
    """Whether a headline is certified: the codes of all that holds against it, none of a certified one.

    If up to `false` of about `answers` answers were false, it would lie between the `limits` in 100; None where nothing
    is told of them.
    `of_all` is the share of all who were drawn, the silent too, with its limits in 100; None where few were asked.
    """

    reasons: tuple[str, ...]
    answers: int
    false: int
    limits: tuple[int, int] | None
    of_all: tuple[int, int, int] | None = None

    @property
    def is_certified(self) -> bool:
        return not self.reasons

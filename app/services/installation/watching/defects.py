"""What a check finds wrong: a sentence for whoever runs the installation, and how grave it is.

English, as all that commands say; the code is stable, so that an alert can go by it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.config import Secrets
from app.domain.clocks import ClockReading
from app.domain.problem import Problem


class Weight(StrEnum):
    #: pages cannot be served as they should be: other machines have to
    STOPS = "stops"
    #: pages are served, and somebody has to mend it
    MEND = "mend"
    #: only a person can tell whether it is as it should be
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Defect:
    code: str
    sentence: str
    weight: Weight = Weight.MEND

    @classmethod
    def of(cls, problem: Problem, weight: Weight = Weight.STOPS) -> "Defect":
        return cls(problem.code, problem.sentence(), weight)


@dataclass(frozen=True, slots=True)
class Subject:
    """The installation that is looked at, and the clocks by which it is."""

    instance: Path
    database_url: str
    secrets: Secrets
    reading: ClockReading
    #: how long the write lock is waited for before it counts as held by somebody else
    lock_patience_s: float = 0.3

    @property
    def now(self) -> datetime:
        return self.reading.at

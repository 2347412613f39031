"""Refusals: people whom an interviewer asked and who declined. Only their number is kept, by device and week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.problem import Problem, ProblemType
from app.domain.weeks import week_of

#: of one device in one week
MOST_REFUSALS = 10_000
#: how many weeks one status may tell of
MOST_WEEKS = 60
#: a rate of fewer contacts would tell about single people
LEAST_CONTACTS = 10
#: no device was enrolled before, and no clock shall fill the table
FIRST_WEEK = date(2026, 1, 5)
LAST_WEEK = date(2099, 12, 28)

REFUSALS_MALFORMED = ProblemType("device.refusals", 422, 'Refusals are numbers by week, as in {"2026-11-23": 4}.')


def read_refusals(told: Mapping[str, int]) -> dict[date, int]:
    """Totals by week, named by its Monday; Problem `device.refusals`.

    Weeks as the device's clock has them: a wrong clock shifts them, and loses none.
    """
    if len(told) > MOST_WEEKS:
        raise Problem(REFUSALS_MALFORMED)
    weeks: dict[date, int] = {}
    for text, number in told.items():
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise Problem(REFUSALS_MALFORMED) from None
        if not 0 <= number <= MOST_REFUSALS:
            raise Problem(REFUSALS_MALFORMED)
        week = min(max(week_of(day), FIRST_WEEK), LAST_WEEK)
        weeks[week] = max(weeks.get(week, 0), number)
    return weeks


@dataclass(frozen=True, slots=True)
class Contacts:
    """People who were asked: how many answered, and how many declined."""

    answered: int
    refused: int

    @property
    def all(self) -> int:
        return self.answered + self.refused

    @property
    def in_100(self) -> int | None:
        """Of a hundred who were asked, how many answered; None while too few were asked to say so."""
        return round(100 * self.answered / self.all) if self.all >= LEAST_CONTACTS else None

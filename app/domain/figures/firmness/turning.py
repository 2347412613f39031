"""How many answers would turn a figure to the other side of a line, if they had been made up or kept away.

Reckoned from the share and the number that are shown, never from exact counts, so that it tells nothing of these.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil


@dataclass(frozen=True, slots=True)
class Turning:
    """`made_up`: so many answers of the others' side, taken away, turn it; `kept_away`: so many more do."""

    made_up: int
    kept_away: int

    @property
    def fewest(self) -> int:
        return min(self.made_up, self.kept_away)


def turning(good: Fraction, people: int, line: Fraction) -> Turning | None:
    """Of a share of good answers (0 to 1) among so many people, and a line strictly between 0 and 1.

    None where the share lies on the line.
    """
    number = good * people
    if good > line:
        return Turning(ceil((number - line * people) / (1 - line)), ceil(number / line - people))
    if good < line:
        return Turning(ceil(people - number / line), ceil((line * people - number) / (1 - line)))
    return None

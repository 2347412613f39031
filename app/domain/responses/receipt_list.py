"""Lists of confirmation numbers: which weeks one takes together, its file, and how it is leafed through."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.responses.receipt_number import DIGITS, in_digits
from app.domain.weeks import WEEK, Weeks, weeks_from

#: a shorter list would tell of a small department how many people answered
FEWEST = 50
#: a list of fewer is one page
WHOLE_BELOW = 10_000
#: of a longer one whoever looks opens a part, and is one of so many at least that open the same
PART_HOLDS = 100


@dataclass(frozen=True, slots=True)
class Times:
    """A number of a list, and how often it came."""

    number: int
    times: int


def lists_of(counts: Mapping[date, int], first: date, last: date) -> Iterator[Weeks]:
    """The weeks from the first to the last in lists: each ends with the week in which it has come to enough.

    What is left over at the end waits. A week that is over gets no more numbers, so lists never change.
    """
    begun, held = first, 0
    for week in weeks_from(first, last):
        held += counts.get(week, 0)
        if held >= FEWEST:
            yield Weeks(begun, week)
            begun, held = week + WEEK, 0


def list_text(rows: Iterable[Times]) -> str:
    """The file: in order, one number a line, one that came twice on two lines."""
    return "".join(f"{in_digits(row.number)}\n" * row.times for row in sorted(rows, key=lambda row: row.number))


def part_digits(rows: Sequence[Times]) -> int:
    """How many leading digits part a list so that every part holds enough; 0 if it is one page.

    Parts that nobody's number falls into hold none, so the digits are as few as the thinnest part asks for.
    """
    if sum(row.times for row in rows) < WHOLE_BELOW:
        return 0
    digits = 0
    while digits < DIGITS and all(size >= PART_HOLDS for _, size in parts(rows, digits + 1)):
        digits += 1
    return digits


def numbers_beginning(digits: str) -> range:
    """The numbers of a part."""
    step = 10 ** (DIGITS - len(digits))
    return range(int(digits) * step, (int(digits) + 1) * step)


def parts(rows: Iterable[Times], digits: int) -> list[tuple[str, int]]:
    """Every beginning of so many digits, in order, with how many numbers begin so."""
    sizes: Counter[int] = Counter()
    for row in rows:
        sizes[row.number // 10 ** (DIGITS - digits)] += row.times
    return [(f"{at:0{digits}d}", sizes[at]) for at in range(10**digits)]

"""The register of slips and invitations beside the cases: what an auditor sees of a district or a station.

Used ones are counted from answers, so every number goes through `disclosure`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.figures.disclosure import MINIMUM_FOR_SHARES, rounded, shown_beside
from app.domain.places.place import BilingualName
from app.domain.problem import ProblemType
from app.domain.slips.slip_batch import Counts

#: cases must let one expect so many used slips before a station is held against the others
EXPECTED = 20

REGISTER_STATION = ProblemType(
    "slip_register.station", 403, "This register compares stations, so it is for accounts of more than one station."
)


@dataclass(frozen=True, slots=True)
class ExactLine:
    """What is known of one place in one quarter; never shown as it is."""

    place_id: int
    code: str
    name: BilingualName
    counts: Counts
    #: None where nobody said how many there were
    cases: int | None


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """What may be shown: None is fewer than ten, or would tell a number that is."""

    code: str
    name: BilingualName
    issued: int | None
    used: int | None
    cancelled: int | None
    expired: int | None
    cases: int | None
    #: whether anybody said how many cases there were
    has_cases: bool
    #: used of issued, and used of cases, in 100
    answer_rate: int | None
    case_rate: int | None
    #: far fewer were used here than the cases and the other places suggest
    far_fewer: bool


@dataclass(frozen=True, slots=True)
class SlipRegister:
    """One quarter. `stations` are grouped by nothing: each has its district's name beside it, if it has one."""

    quarter: date
    quarters: tuple[date, ...]
    districts: tuple[RegisterLine, ...]
    stations: tuple[tuple[BilingualName | None, RegisterLine], ...]

    @property
    def far_fewer(self) -> int:
        """At how many stations far fewer were used than the others suggest."""
        return sum(line.far_fewer for _, line in self.stations)


def show_register(
    districts: Sequence[ExactLine], stations: Sequence[tuple[int | None, ExactLine]]
) -> tuple[tuple[RegisterLine, ...], tuple[RegisterLine, ...]]:
    """Districts beside each other, and stations, each given with its district, if any; both in the order given.

    What a district shows is a sum that its stations can be subtracted from, so stations are withheld by district.
    """
    columns = [_show_column(number, districts, stations) for number in _COLUMNS]
    lines = [line for _, line in stations]
    return (
        _show_lines(districts, [wholes for wholes, _ in columns]),
        _show_lines(lines, [parts for _, parts in columns]),
    )


_COLUMNS: tuple[Callable[[ExactLine], int], ...] = (
    lambda line: line.counts.issued,
    lambda line: line.counts.used,
    lambda line: line.counts.cancelled,
    lambda line: line.counts.expired,
    lambda line: line.cases or 0,
)


def _show_column(
    number: Callable[[ExactLine], int],
    districts: Sequence[ExactLine],
    stations: Sequence[tuple[int | None, ExactLine]],
) -> tuple[list[int | None], list[int | None]]:
    wholes = list(shown_beside([number(district) for district in districts]))
    of_district = {
        district.place_id: (shown, number(district)) for district, shown in zip(districts, wholes, strict=True)
    }
    parts: list[int | None] = [None] * len(stations)
    for district in {district for district, _ in stations}:
        inside = [at for at, (other, _) in enumerate(stations) if other == district]
        numbers = [number(stations[at][1]) for at in inside]
        shown, whole = of_district[district] if district is not None else (0, sum(numbers))
        if shown is not None:
            # What the district has beside its stations can be found by subtraction as well.
            for at, told in zip(inside, shown_beside([*numbers, whole - sum(numbers)]), strict=False):
                parts[at] = told
    return wholes, parts


def _show_lines(lines: Sequence[ExactLine], columns: Sequence[Sequence[int | None]]) -> tuple[RegisterLine, ...]:
    return tuple(
        RegisterLine(
            line.code,
            line.name,
            issued,
            used,
            cancelled,
            expired,
            cases,
            line.cases is not None,
            _rate(used, issued),
            _rate(used, cases),
            _is_far_below(line, lines),
        )
        for line, issued, used, cancelled, expired, cases in zip(lines, *columns, strict=True)
    )


def _rate(part: int | None, whole: int | None) -> int | None:
    """In 100, in steps of five, of numbers that are shown themselves."""
    if part is None or whole is None or whole < MINIMUM_FOR_SHARES:
        return None
    return min(100, rounded(round(100 * part / whole)))


def _is_far_below(line: ExactLine, lines: Sequence[ExactLine]) -> bool:
    """Half of what the other places' rate leads one to expect, where one may expect enough to tell."""
    others = [other for other in lines if other.place_id != line.place_id and other.cases]
    cases = sum(other.cases or 0 for other in others)
    if not cases or not line.cases:
        return False
    expected = line.cases * sum(other.counts.used for other in others) / cases
    return expected >= EXPECTED and 2 * line.counts.used < expected

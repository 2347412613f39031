"""A list of the cases of a place and quarter, closed before anybody can know who will be drawn from it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.codes.channel import Evidence
from app.domain.draws.case_digests import DIGEST_BYTES, digest_at
from app.domain.problem import Problem, ProblemType
from app.domain.quarter import quarter_label, quarter_of
from app.domain.record.merkle import leaf_hash, root_of
from app.domain.slips.slip_batch import MOST_SERIALS, Assurance

SALT_BYTES = 16
#: cases of a place in a quarter, the state's too; more is a slip of the pen
MOST_OF_ALL = 10_000_000
LONGEST_SOURCE = 120
#: a list is closed once: a year that was mistyped would cost the place its quarter
LATEST_SEED = timedelta(days=60)
#: on a list of fewer, what is published of it can tell something about single people
SMALL_LIST = 30

LIST_UNKNOWN = ProblemType("case_list.unknown", 404, "There is no such list.")
LIST_CLOSED = ProblemType(
    "case_list.closed", 409, "The list of %(place)s for %(quarter)s has been closed before. It cannot be closed twice."
)
LIST_STATION = ProblemType(
    "case_list.station",
    403,
    "Lists are closed above the station: a station must not choose the people who answer about it.",
)
QUARTER_AHEAD = ProblemType("case_list.quarter_ahead", 422, "The quarter %(quarter)s has not begun yet.")
CONTACTABLE_TOO_FEW = ProblemType(
    "case_list.contactable",
    422,
    "The file holds %(cases)d cases, and only %(contactable)d are said to be contactable. Every case on the list is.",
)
ALL_TOO_FEW = ProblemType(
    "case_list.all_cases", 422, "There cannot be more contactable cases (%(contactable)d) than cases in all."
)
DRAW_TOO_MANY = ProblemType("case_list.draw", 422, "From 1 to %(cases)d can be drawn: so many cases are in the file.")
DECOYS_NOT_ASKED = ProblemType(
    "case_list.decoys", 422, "Decoys go with invitations only. Write 0 where interviewers ask."
)
SERIALS_TOO_MANY = ProblemType(
    "case_list.too_many", 422, "At most %(most)s invitations can be made at one time, decoys among them."
)
SOURCE_MISSING = ProblemType("case_list.seed_source", 422, "Please write which beacon, and which of its rounds.")
SEED_TOO_SOON = ProblemType("case_list.seed_on", 422, "The seed has to come later than today, or somebody may know it.")
SEED_TOO_LATE = ProblemType("case_list.seed_late", 422, "The seed has to come within %(days)d days.")
NOT_ASSURED = ProblemType(
    "case_list.not_assured", 422, "A list is closed only after each of these groups was taken off it and ticked."
)


class SeedFrom(StrEnum):
    """Where the seed comes from: dice thrown before witnesses, or a round of a public beacon that lies ahead."""

    DICE = "dice"
    BEACON = "beacon"


class ListState(StrEnum):
    """What can be done next."""

    #: the day of its seed has not come
    CLOSED = "closed"
    #: the day has come, and no signed head of the record stands over it yet
    UNSIGNED = "unsigned"
    #: the day went by before it came into the record: whoever knows the seed could still have changed it
    MISSED = "missed"
    READY = "ready"
    DRAWN = "drawn"
    INVITED = "invited"


@dataclass(frozen=True, slots=True)
class ListOrder:
    """What is to be closed. `quarter` is its first day, `digests` are 32 bytes for each case on the list.

    `all_cases` are all of the quarter, `contactable` those of them that can be reached at all.
    """

    place_id: int
    quarter: date
    evidence: Evidence
    all_cases: int
    contactable: int
    draw: int
    decoys: int
    seed_from: SeedFrom
    seed_source: str | None
    seed_on: date
    left_out: frozenset[Assurance]
    digests: bytes

    @property
    def cases(self) -> int:
        return len(self.digests) // DIGEST_BYTES


def check_list(order: ListOrder, today: date) -> None:
    """Problem `case_list.…` for the first thing that will not do."""
    if order.quarter > quarter_of(today):
        raise Problem(QUARTER_AHEAD, quarter=quarter_label(order.quarter))
    if order.contactable < order.cases:
        raise Problem(CONTACTABLE_TOO_FEW, cases=order.cases, contactable=order.contactable)
    if order.all_cases < order.contactable:
        raise Problem(ALL_TOO_FEW, contactable=order.contactable)
    if not 1 <= order.draw <= order.cases:
        raise Problem(DRAW_TOO_MANY, cases=order.cases)
    if order.evidence is Evidence.SAMPLED and order.decoys:
        raise Problem(DECOYS_NOT_ASKED)
    if order.evidence is Evidence.INVITED and order.draw + order.decoys > MOST_SERIALS:
        raise Problem(SERIALS_TOO_MANY, most=f"{MOST_SERIALS:,}")
    if order.seed_from is SeedFrom.BEACON and not order.seed_source:
        raise Problem(SOURCE_MISSING)
    if order.seed_on <= today:
        raise Problem(SEED_TOO_SOON)
    if order.seed_on > today + LATEST_SEED:
        raise Problem(SEED_TOO_LATE, days=LATEST_SEED.days)
    if order.left_out != frozenset(Assurance):
        raise Problem(NOT_ASSURED)


def root_over(digests: bytes, salts: bytes) -> bytes:
    """The root over the cases in their order (RFC 6962). The data of a leaf are 16 random bytes and the digest.

    The random bytes keep whoever has the key of the digests from finding a case in the root, or in a path to it.
    """
    numbers = range(len(digests) // DIGEST_BYTES)
    return root_of([leaf_hash(salt_at(salts, number) + digest_at(digests, number)) for number in numbers])


def salt_at(salts: bytes, number: int) -> bytes:
    return salts[number * SALT_BYTES : (number + 1) * SALT_BYTES]


def state_of(
    *, seed_on: date, is_drawn: bool, is_invited: bool, is_entered: bool, is_signed: bool, today: date
) -> ListState:
    """`is_entered` and `is_signed` are of the list in the record; both are true where no record is kept."""
    if is_drawn:
        return ListState.INVITED if is_invited else ListState.DRAWN
    if today < seed_on:
        return ListState.CLOSED
    if is_signed:
        return ListState.READY
    return ListState.UNSIGNED if is_entered or today == seed_on else ListState.MISSED

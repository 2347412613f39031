"""Batches of slips and invitations: what may be made at one time, and what is told of it."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from app.domain.codes.channel import Channel
from app.domain.places.place import BilingualName
from app.domain.problem import Problem, ProblemType

#: slips on one sheet; a sheet is a pack, and the smallest part that is cancelled by its number
PACK = 24
#: in one batch; more would be a file that no printer and no gateway takes at once
MOST_SERIALS = 10_000

#: packs, or rows of packs such as 5-8, that are cancelled at one time
MOST_PACKS = 200

BATCH_EMPTY = ProblemType("slip_batch.empty", 422, "Please say for at least one place how many are wanted.")
BATCH_TOO_LARGE = ProblemType(
    "slip_batch.too_large",
    422,
    "That would be %(count)s. At most %(most)s can be made at one time: please make several batches.",
)
BATCH_NUMBER = ProblemType("slip_batch.number", 422, "%(place)s: “%(value)s” is no number. Write digits, such as 48.")
BATCH_NOT_ASSURED = ProblemType(
    "slip_batch.not_assured",
    422,
    "Invitations are made only after each of these groups was taken off the list and ticked.",
)
BATCH_UNKNOWN = ProblemType("slip_batch.unknown", 404, "There is no such batch.")
BATCH_STATION = ProblemType(
    "slip_batch.station",
    403,
    "Slips and invitations are made above the station: a station must not make the slips through which people "
    "answer about it.",
)
BATCH_UNCONFIRMED = ProblemType(
    "slip_batch.unconfirmed", 422, "This cannot be undone: tick the box if that is what you want."
)
PACK_UNKNOWN = ProblemType("slip_batch.pack_unknown", 422, "This batch has no pack %(pack)s.")
PACKS_TOO_MANY = ProblemType(
    "slip_batch.packs_too_many", 422, "Please write at most %(most)d packs or ranges of packs, such as 5-8."
)
BATCH_FOREIGN = ProblemType("slip_batch.foreign", 404, "These links belong to another batch.")
BATCH_CANCELLED = ProblemType(
    "slip_batch.cancelled", 409, "All of this batch has been cancelled, so there is nothing to hand out."
)
LINKS_UNKNOWN = ProblemType("slip_batch.links_unknown", 422, "None of these lines is a link or a code of this batch.")


class Assurance(StrEnum):
    """Who must not get a message about a visit to the police; each is confirmed before links are made."""

    VIOLENCE = "violence"
    CHILDREN = "children"
    INFORMERS = "informers"
    WITNESSES = "witnesses"
    SHARED_PHONES = "shared_phones"


@dataclass(frozen=True, slots=True)
class SlipBatchOrder:
    """What is wanted: so many for each place, by its id.

    For a draw, of a single place: from which list, and how many of them are decoys.
    """

    channel: Channel
    place_id: int
    survey_id: int
    counts: Mapping[int, int]
    expires_on: date
    key_id: int
    actor_id: int | None = None
    assured: frozenset[Assurance] = frozenset()
    list_id: int | None = None
    decoys: int = 0


@dataclass(frozen=True, slots=True)
class MadeSlip:
    """One slip or invitation, once: nobody can get its link again."""

    pack: int
    place_code: str
    place: BilingualName
    number: str | None
    link: str
    #: it was made for nobody: who answers with it answers for people who do not exist
    is_decoy: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of issued serials.

    Only `used` looks at whether they were used: if it were left out of the others, cancelling one link and
    looking at the numbers again would tell it of that link.
    """

    issued: int = 0
    used: int = 0
    cancelled: int = 0
    expired: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.issued + other.issued,
            self.used + other.used,
            self.cancelled + other.cancelled,
            self.expired + other.expired,
        )


def whole_packs(channel: Channel, number: int) -> int:
    """Slips come in whole sheets; invitations by the piece."""
    return -(-number // PACK) * PACK if channel is Channel.SLIP else number


def check_order(order: SlipBatchOrder) -> dict[int, int]:
    """How many for each place, in whole packs; Problems `slip_batch.…`."""
    counts = {place: whole_packs(order.channel, number) for place, number in order.counts.items() if number > 0}
    total = sum(counts.values())
    if not total:
        raise Problem(BATCH_EMPTY)
    if total > MOST_SERIALS:
        raise Problem(BATCH_TOO_LARGE, count=f"{total:,}", most=f"{MOST_SERIALS:,}")
    if order.channel is Channel.INVITE and order.assured != frozenset(Assurance):
        raise Problem(BATCH_NOT_ASSURED)
    return counts


def number_packs(channel: Channel, sizes: Mapping[int, int]) -> Iterator[tuple[int, range]]:
    """The packs of each place, in the order given, counted through the batch. Invitations are one pack a place."""
    following = 1
    for place, size in sizes.items():
        packs = size // PACK if channel is Channel.SLIP else 1
        yield place, range(following, following + packs)
        following += packs


def shuffle_packs(slips: Sequence[MadeSlip]) -> tuple[MadeSlip, ...]:
    """Slips in the order of their packs, each pack shuffled: the file that holds them for an hour tells no place."""
    laid: list[MadeSlip] = []
    for _, pack in groupby(slips, key=lambda slip: slip.pack):
        laid += secrets.SystemRandom().sample(of_pack := list(pack), len(of_pack))
    return tuple(laid)

"""From facts to a verdict: a pure function, so that every verdict of the machine can be made again."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.domain.responses.reason import Reason
from app.domain.responses.screening.likeness import Fact, Rule

#: the rules by which a machine sets answers aside; raised whenever they change
POLICY_VERSION = 7

_ORDER = {reason: at for at, reason in enumerate(Reason)}
_LOT = b"samvad lot 1\n"


@dataclass(frozen=True, slots=True)
class Policy:
    """How many alike, and how rare that must be among honest people, for answers to be called copies."""

    fewest_alike: int
    fewest_written_alike: int
    #: −log10 of the greatest tail
    least_tail: int


#: measured with invented people (docs/methods.md). Another one with every change, so that both can be shown
LIKENESS = Policy(fewest_alike=5, fewest_written_alike=3, least_tail=6)


def lot(key: bytes, id_: UUID) -> float:
    """The answer's lot, from 0 up to 1: keyed, since whoever makes an id must not decide whose copies stay."""
    return int.from_bytes(hmac.digest(key, _LOT + id_.bytes, "sha256")[:6]) / 2**48


def reasons_at_arrival(found: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons of an answer's first verdict, by what was found in itself: any of it sets aside, by every policy."""
    return tuple(sorted(set(found), key=_ORDER.__getitem__))


def is_copied(facts: Iterable[Fact], lot: float, policy: Policy = LIKENESS) -> bool:
    """Whether an answer is set aside for its likeness.

    Of an alike group as many stay as honest people would have given, so the first honest ones are not lost with the
    copies: those with the smallest lots.
    """
    return any(_is_too_alike(fact, policy) and 10 * lot * fact.alike > fact.expected_tenths + 10 for fact in facts)


def _is_too_alike(fact: Fact, policy: Policy) -> bool:
    fewest = policy.fewest_written_alike if fact.rule is Rule.TEXT else policy.fewest_alike
    return fact.alike >= fewest and fact.tail >= policy.least_tail

"""Invented worlds, in which it is known what goes together with satisfaction: to see how often it is found.

People have a mood, which colours all that they find and how satisfied they are (halo). Beside it, each topic has its
difficulty and its weight in what they say on the whole; two or three topics have none. Invented people are a guide and
no proof.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import erfc, exp, sqrt
from random import Random

from app.domain.figures.drivers.joint import JointLayout
from app.domain.surveys.reading import NOTHING_READ
from tests.factories import definition, question

TOPICS = 8
NAMES = tuple(f"topic{number}" for number in range(TOPICS))
_SURVEY = definition([question("overall", "scale"), *(question(name, "scale") for name in NAMES)])
LAYOUT = JointLayout(_SURVEY, NOTHING_READ)
#: every way of answering: which topics were found good, a bit each, and above these whether satisfied
KINDS = 2 ** (TOPICS + 1)
#: how much of what a mood does to a topic it does to satisfaction by itself
_OF_MOOD = 0.6
_MOODS = [at / 4 for at in range(-14, 15)]
#: of so many people a world's true differences are reckoned: of all whom it could have
_EVERYBODY = 10**9


@dataclass(frozen=True, slots=True)
class World:
    """How many of everybody answer in each way, and the weight of each topic."""

    kinds: tuple[float, ...]
    weights: tuple[float, ...]

    @property
    def strongest(self) -> int:
        return max(range(TOPICS), key=self.weights.__getitem__)

    def everybody(self) -> list[int]:
        """The joint vector of so many people that chance has no part in it."""
        return vector_of({kind: round(_EVERYBODY * part) for kind, part in enumerate(self.kinds)})

    def people(self, chance: Random, number: int) -> list[int]:
        """Some who answered: of each, which kind of person."""
        return chance.choices(range(KINDS), cum_weights=list(accumulate(self.kinds)), k=number)


def invent(chance: Random) -> World:
    halo, strength, bar = chance.uniform(0.2, 0.6), chance.uniform(0.2, 0.8), chance.gauss(0, 0.3)
    idle = chance.choice((2, 3))
    weights = [0.1 + strength * chance.expovariate(1) for _ in range(TOPICS - idle)] + [0.0] * idle
    chance.shuffle(weights)
    ease = [chance.gauss(0.2, 0.5) for _ in range(TOPICS)]
    return World(_kinds(halo, ease, weights, bar), tuple(weights))


def _kinds(halo: float, ease: Sequence[float], weights: Sequence[float], bar: float) -> tuple[float, ...]:
    """How often each way of answering occurs, over all moods."""
    usual = [_normal(each) for each in ease]
    pull = [sum(w * ((kind >> at & 1) - usual[at]) for at, w in enumerate(weights)) for kind in range(KINDS // 2)]
    kinds = [0.0] * KINDS
    whole = sum(exp(-mood * mood / 2) for mood in _MOODS)
    for mood in _MOODS:
        chances = [exp(-mood * mood / 2) / whole]
        for each in ease:
            good = _normal((each + sqrt(halo) * mood) / sqrt(1 - halo))
            chances = [one * (1 - good) for one in chances] + [one * good for one in chances]
        for kind, one in enumerate(chances):
            satisfied = _normal((pull[kind] + _OF_MOOD * sqrt(halo) * mood - bar) / sqrt(1 - halo))
            kinds[kind] += one * (1 - satisfied)
            kinds[kind + KINDS // 2] += one * satisfied
    return tuple(kinds)


def vector_of(kinds: Mapping[int, int]) -> list[int]:
    """The joint vector of so many people of each kind."""
    vector = [0] * LAYOUT.length
    for kind, number in kinds.items():
        for place in counters_of(kind):
            vector[place] += number
    return vector


@cache
def counters_of(kind: int) -> tuple[int, ...]:
    """Which counters a person of a kind adds to, as the layout itself counts them."""
    answers = {name: 5 if kind >> at & 1 else 1 for at, name in enumerate((*NAMES, "overall"))}
    return tuple(place for place, number in enumerate(LAYOUT.count([answers])) if number)


def _normal(value: float) -> float:
    return erfc(-value / sqrt(2)) / 2

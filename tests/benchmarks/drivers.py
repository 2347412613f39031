"""What goes together with satisfaction, in invented worlds where it is known: how often it is found, how often wrongly.

Nothing is measured of the machine. The same numbers every time: docs/methods.md prints them.
"""

from collections import Counter
from collections.abc import Iterator
from random import Random
from statistics import mean

from app.domain.figures.disclosure import driver_difference
from app.domain.figures.drivers.naming import looked_at_in, standing_out
from app.domain.figures.drivers.stratified import risk_difference
from app.domain.figures.statistics import Z
from tests.benchmarks.harness.measure import Figure
from tests.benchmarks.harness.worlds import LAYOUT, World, invent, vector_of

SEED, WORLDS = 2026, 4000
ANSWERS = (200, 400, 800, 1600)
#: of 100 intervals, and of 100 topics that are named
MOST_MISSED, MOST_WRONG = 8, 10


def figures() -> Iterator[Figure]:
    chance = Random(SEED)  # noqa: S311
    found: dict[int, Counter[str]] = {number: Counter() for number in ANSWERS}
    idle: list[float] = []
    for _ in range(WORLDS):
        world = invent(chance)
        true = _true_differences(world)
        idle += [difference for difference, weight in zip(true, world.weights, strict=True) if not weight]
        for number in ANSWERS:
            found[number] += _reported(world, true, vector_of(Counter(world.people(chance, number))))
    for number, of in found.items():
        yield from _figures(f"drivers, {number} answers", of)
    yield Figure("drivers, true difference of an idle topic", 100 * mean(idle), "of 100")


def _true_differences(world: World) -> list[float]:
    estimates = (risk_difference(tables) for _, tables in LAYOUT.read(world.everybody()))
    return [estimate.difference for estimate in estimates if estimate is not None]


def _reported(world: World, true: list[float], vector: list[int]) -> Counter[str]:
    """What a report of this vector finds, and what of it is so."""
    looked_at = looked_at_in(LAYOUT, vector)
    places = [LAYOUT.topics.index(one.topic) for one in looked_at]
    named = standing_out([one.estimate for one in looked_at]) if looked_at else []
    usual = mean(true[place] for place in places) if places else 0.0
    of = Counter[str](looked_at=len(places), named=len(named), none=not named)
    for place, one in zip(places, looked_at, strict=True):
        estimate = one.estimate
        of["missed"] += abs(estimate.difference - true[place]) > Z * estimate.spread
    for at in named:
        place, estimate = places[at], looked_at[at].estimate
        shown = driver_difference(estimate.difference, Z * estimate.spread)
        of["strongest"] += place == world.strongest
        of["below the mean"] += true[place] <= usual
        of["idle"] += not world.weights[place]
        of["told wrongly"] += not shown.low <= 100 * true[place] <= shown.high
    return of


def _figures(what: str, of: Counter[str]) -> Iterator[Figure]:
    looked_at, named = max(1, of["looked_at"]), max(1, of["named"])
    yield Figure(f"{what}: topics looked at", of["looked_at"] / WORLDS, "a report")
    yield Figure("  intervals that miss", 100 * of["missed"] / looked_at, "of 100", MOST_MISSED)
    yield Figure("  topics named", of["named"] / WORLDS, "a report")
    yield Figure("  reports that name none", 100 * of["none"] / WORLDS, "of 100")
    yield Figure("  the strongest is named", 100 * of["strongest"] / WORLDS, "of 100")
    yield Figure("  of those named, below the mean", 100 * of["below the mean"] / named, "of 100", MOST_WRONG)
    yield Figure("  of those named, idle", 100 * of["idle"] / named, "of 100")
    yield Figure("  of those named, told limits that miss", 100 * of["told wrongly"] / named, "of 100", MOST_MISSED)

"""Screening, middle figure and headline on invented departments, beside their goals; the same numbers every time.

Nothing is measured of the machine, and nobody invented here is anybody: docs/methods.md says what it is worth. About
twelve minutes.
"""

from collections.abc import Iterator, Sequence
from statistics import fmean

from app.domain.simulation.attacks import ATTACKS
from app.domain.simulation.crowds import CROWDS
from app.domain.simulation.department import STATIONS, Department
from app.domain.simulation.headline.outcomes import HeadlineOutcome, headline_outcome, moved_by_answers
from app.domain.simulation.headline.tampering import TAMPERINGS, Tampering
from app.domain.simulation.outcomes import (
    MIDDLE_SIZES,
    SIZES,
    TARGETS,
    AttackOutcome,
    attack_outcome,
    crowd_outcomes,
    honest_losses,
    mean_of,
    total,
)
from tests.benchmarks.harness.measure import Figure

SEEDS = (1, 2, 3)
#: from so many copies on they are to be found
_MANY = tuple(size for size in SIZES if size >= 40)
#: by attack: how many of 100 copies may be missed on the mean of seeds and in the worst of them, and how far the
#: figure may be off
_COPIES = {
    "copies": (5, 8, 2.6),
    "noisy-copies": (5, 8, 2.6),
    "slow-copies": (12, None, 3.5),
    "slow-first-pages": (None, None, None),
}
_BURSTS = ("rally", "flood", "viral-link")
_MOST_RELEASE, _MOST_POINT = 6, 2.5
_MOST_LOST, _MOST_APART = 0.02, 0.3
#: by crowd: how many of 100 may be lost over all sizes
_CROWDS = {
    "outrage": 0.1,
    "outrage, 50 of 100 alike": 0.1,
    "outrage, 70 of 100 alike": 0.1,
    "day of papers": 5,
    "day of papers, the others go on": 5,
    "service centre": 10,
}
#: by tampering: how many of 100 may be certified at most
_CERTIFIED = {
    "10% stolen": 5,
    "20% invented": 25,
    **{each.how: 0 for each in TAMPERINGS["chosen-people"]},
}
_MOST_UNCERTIFIED, _MOST_BEYOND = 5, 1
#: of 100 intervals where nothing is wrong, how many may miss the truth, and how many may hold it
_MOST_MISSING, _MOST_HOLDING = 7, 98


def figures() -> Iterator[Figure]:
    departments = [Department(seed) for seed in SEEDS]
    for attack, goals in _COPIES.items():
        tried = {size: [attack_outcome(each, attack, size, for_middle=0) for each in departments] for size in SIZES}
        yield from _found(attack, tried, goals)
    for attack in _BURSTS:
        for size in MIDDLE_SIZES:
            yield from _middle(mean_of([attack_outcome(each, attack, size) for each in departments]))
    yield from _honest(departments)
    for crowd, most in _CROWDS.items():
        by_size = [crowd_outcomes(each, crowd) for each in departments]
        lost = total(each.loss for outcomes in by_size for each in outcomes.values())
        yield Figure(f"truth, {crowd}: lost", lost.share, "of 100", most)
        for size in CROWDS[crowd][1]:
            outcomes = [sizes[size] for sizes in by_size]
            yield Figure(f"  of crowds of {size}", total(each.loss for each in outcomes).share, "of 100")
            yield Figure("    figure off", abs(fmean(each.moved for each in outcomes)), "points")
    added = max(moved_by_answers(each, attack, TARGETS) for each in departments for attack in ATTACKS)
    yield Figure("truth, headline, answers added: off", added, "points", 0)
    for name, degrees in TAMPERINGS.items():
        for tampering in degrees:
            yield from _headline(name, tampering, headline_outcome(departments, tampering, STATIONS))


def _found(
    attack: str, tried: dict[int, list[AttackOutcome]], goals: tuple[float | None, float | None, float | None]
) -> Iterator[Figure]:
    for size, outcomes in tried.items():
        many = size in _MANY
        missed = [100 - each.recall for each in outcomes]
        mean = mean_of(outcomes)
        yield Figure(f"truth, {attack}, {size}: missed", fmean(missed), "of 100", goals[0] if many else None)
        yield Figure("  in the worst of the seeds", max(missed), "of 100", goals[1] if many else None)
        yield Figure("  figure off, not screened", abs(mean.raw), "points")
        yield Figure("  figure off, screened", abs(mean.after), "points", goals[2] if many else None)
        yield Figure("  honest ones lost there", mean.honest_lost, "of 100")


def _middle(mean: AttackOutcome) -> Iterator[Figure]:
    yield Figure(f"truth, {mean.attack}, {mean.fakes}: figure off", abs(mean.after), "points")
    yield Figure("  middle release off", abs(mean.release or 0), "points", _MOST_RELEASE)
    yield Figure("  middle point of a year off", abs(mean.point or 0), "points", _MOST_POINT)


def _honest(departments: Sequence[Department]) -> Iterator[Figure]:
    by_group = [honest_losses(each) for each in departments]
    groups = {group: total(losses[group] for losses in by_group) for group in by_group[0]}
    shares = [loss.share for loss in groups.values()]
    yield Figure("truth, honest answers without attack", groups["all"].answers, "answers")
    yield Figure("  lost", groups["all"].share, "of 100", _MOST_LOST)
    yield Figure("  most and least of any group", max(shares) - min(shares), "of 100", _MOST_APART)


def _headline(name: str, tampering: Tampering, outcome: HeadlineOutcome) -> Iterator[Figure]:
    nothing_is_wrong, is_silence = name == "nothing-wrong", name == "silence"
    yield Figure(f"truth, headline, {tampering.how}: off", abs(outcome.off), "points")
    if nothing_is_wrong:
        yield Figure("  interval misses the truth", 100 - outcome.holds, "of 100", _MOST_MISSING)
        yield Figure("  interval holds the truth", outcome.holds, "of 100", _MOST_HOLDING)
        yield Figure("  not certified", 100 - outcome.certified, "of 100", _MOST_UNCERTIFIED)
    else:
        yield Figure("  certified", outcome.certified, "of 100", _CERTIFIED.get(tampering.how))
    # That people are silent is no tampering, and no label sees it.
    yield Figure("  certified, truth beyond the bound", outcome.beyond, "of 100", None if is_silence else _MOST_BEYOND)
    yield Figure("  half of the bound", outcome.bound_half, "points")
    yield Figure("  with calls: off", abs(outcome.called_off), "points")
    yield Figure("  with calls: interval misses", 100 - outcome.called_holds, "of 100")

"""The attacker of times: two years of a place, and all that is told of one answer of every time that can be read.

Known are the rounded number of answers of every block and of every time, and the share of each time in its steps. So of
every run of blocks it is known from how many to how many people gave the answer, and these limits are held against each
other until nothing follows any more. What is left of each block is compared with what nobody may know: how many it was.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from random import Random

import numpy as np
import pytest

from app.domain.figures.disclosure import may_show_shares, rounded, share_of, trend_runs
from app.domain.figures.editions.days import newest_run
from app.domain.figures.editions.times import is_of_past_quarters, is_over
from app.domain.weeks import WEEK, Weeks, month_of

FIRST, WEEKS = date(2025, 6, 2), 104
#: last week, how many people, and how many of them gave the answer
Block = tuple[date, int, int]
#: from the first block to the one after the last
Run = tuple[int, int]
FAR = 10**6


def live(weekly: float, part: float, seed: int) -> list[Block]:
    """Blocks of ten and more, of a place with so many answers a week."""
    chance, blocks, people, gave = Random(seed), [], 0, 0  # noqa: S311
    for at in range(WEEKS):
        came = sum(chance.random() < weekly / 10 for _ in range(10))
        people, gave = people + came, gave + sum(chance.random() < part for _ in range(came))
        if people >= 10:
            blocks.append((FIRST + at * WEEK, people, gave))
            people = gave = 0
    return blocks


def times(blocks: list[Block]) -> set[Run]:
    """Every run of blocks that some page tells of on some Monday: editions, points of a line, months, everything."""
    runs = {(run.start, run.stop) for run in trend_runs([people for _, people, _ in blocks])}
    for at in range(WEEKS + 8):
        today = FIRST + at * WEEK
        there = [(week, people) for week, people, _ in blocks if week <= today - 2 * WEEK]
        runs.add((len(there) - newest_run(there, today), len(there)))
        months = {month_of(week): Weeks.of_month(*month_of(week)) for week, _ in there}.values()
        runs |= {_run(week in month for week, _ in there) for month in months if is_over(month, today)}
        runs.add(_run(is_of_past_quarters(week, today) for week, _ in there))
    return {run for run in runs if run[0] < run[1]}


def _run(chosen: Iterable[bool]) -> Run:
    places = [at for at, is_in in enumerate(chosen) if is_in]
    return (places[0], places[-1] + 1) if places else (0, 0)


@cache
def limits(people: int, told: str) -> tuple[int, int]:
    """From how many to how many of so many people gave an answer of which this is told."""
    numbers = _by_words(people).get(told, [])
    return (numbers[0], numbers[-1]) if numbers else (FAR, -FAR)


@cache
def _by_words(people: int) -> dict[str, list[int]]:
    words: dict[str, list[int]] = {}
    for gave in range(people + 1) if may_show_shares(people) else ():
        words.setdefault(share_of(gave, people, people, at_least=True).words.text(), []).append(gave)
    return words


def known(blocks: list[Block], runs: Iterable[Run]) -> Iterator[tuple[int, int]]:
    """From how many to how many people of each block can have given the answer, by all that is told of these runs."""
    people, gave = ([0, *np.cumsum([block[of] for block in blocks])] for of in (1, 2))
    told = {run: (rounded(people[run[1]] - people[run[0]]), gave[run[1]] - gave[run[0]]) for run in runs}
    single = {(at, at + 1): rounded(block[1]) for at, block in enumerate(blocks)}
    sizes = {run: (number - 2, number + 2) for run, (number, _) in told.items()}
    sizes |= {run: (max(10, number - 2), number + 2) for run, number in single.items()}
    numbers = _held_against_each_other(len(blocks), sizes)
    shares = {run: (0, int(numbers[run])) for run in single}
    for (start, stop), (_, count) in told.items():
        if not may_show_shares(people[stop] - people[start]):
            continue
        words = share_of(count, people[stop] - people[start], people[stop] - people[start], at_least=True).words.text()
        fewest, most = max(30, -int(numbers[stop, start])), int(numbers[start, stop])
        ranges = [limits(number, words) for number in range(fewest, most + 1)]
        low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
        before = shares.get((start, stop), (0, FAR))
        shares[start, stop] = max(low, before[0]), min(high, before[1])
    counts = _held_against_each_other(len(blocks), shares)
    return ((-int(counts[at + 1, at]), int(counts[at, at + 1])) for at in range(len(blocks)))


def _held_against_each_other(blocks: int, limits: dict[Run, tuple[int, int]]) -> np.ndarray:
    """The most that lies between two borders of blocks; backwards, what is at least between them, less than nought."""
    most = np.full((blocks + 1, blocks + 1), FAR)
    np.fill_diagonal(most, 0)
    for (start, stop), (low, high) in limits.items():
        most[start, stop], most[stop, start] = high, -low
    for by in range(blocks + 1):
        most = np.minimum(most, most[:, by : by + 1] + most[by : by + 1, :])
    return most


def found(blocks: list[Block], runs: Iterable[Run]) -> int:
    """Of how many blocks the attacker knows how many people gave the answer."""
    left = list(known(blocks, runs))
    assert all(low <= gave <= high for (low, high), (_, _, gave) in zip(left, blocks, strict=True))
    return sum(low == high for low, high in left)


@pytest.mark.parametrize("weekly", [1.5, 5])
@pytest.mark.parametrize("part", [0.04, 0.15, 0.6, 0.9])
def test_the_times_that_can_be_read_tell_of_hardly_any_block_how_many_gave_an_answer(
    weekly: float, part: float
) -> None:
    """Not of none: on either side of a step two shares can leave one number. `docs/methods.md` says how often."""
    lives = [live(weekly, part, seed) for seed in range(3)]
    assert sum(found(blocks, times(blocks)) for blocks in lives) <= sum(map(len, lives)) / 50


def test_any_run_of_weeks_would_tell_it_of_most_blocks() -> None:
    """So nobody can choose one; and this attacker would find what there is to be found."""
    blocks = live(5, 0.15, 0)
    everything = {(start, stop) for stop in range(len(blocks) + 1) for start in range(stop)}
    assert found(blocks, everything) > len(blocks) / 2

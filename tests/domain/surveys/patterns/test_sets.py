"""Sets of characters: as ranges, and spelled alike for every engine."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.surveys.patterns.sets import LAST, complement, merged, spelled_set

#: what means something in a pattern, letters around it, and both ends of all characters
LETTERS = [*map(ord, "\t\n\x0b !$(*+-./09?AZ[\\]^az{|}"), 0, LAST - 1, LAST]
RANGES = st.lists(st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS)).map(sorted).map(tuple), min_size=1)


def held(ranges: tuple[tuple[int, int], ...] | list[tuple[int, int]]) -> set[int]:
    around = {near for letter in LETTERS for near in (letter - 1, letter, letter + 1) if 0 <= near <= LAST}
    return {letter for letter in around if any(low <= letter <= high for low, high in ranges)}


@given(RANGES)
def test_merging_keeps_every_letter_and_leaves_gaps_between(ranges: list[tuple[int, int]]) -> None:
    whole = merged(ranges)
    assert held(whole) == held(ranges)
    assert all(left[1] + 1 < right[0] for left, right in pairwise(whole))


@given(RANGES)
def test_the_complement_is_everything_else(ranges: list[tuple[int, int]]) -> None:
    whole = merged(ranges)
    others = complement(whole)
    assert held(whole) & held(others) == set()
    assert held(whole) | held(others) == held(((0, LAST),))
    assert complement(others) == whole


def test_neighbours_become_one_range() -> None:
    assert merged([(66, 67), (65, 65), (70, 70)]) == ((65, 67), (70, 70))


@pytest.mark.parametrize("one", LETTERS, ids=hex)
def test_a_spelling_matches_the_letters_of_its_set_and_no_other(one: int) -> None:
    for other in LETTERS[LETTERS.index(one) :]:
        two = merged([(one, one), (other, other)])
        spelled, negated = re.compile(spelled_set(two)), re.compile(spelled_set(complement(two)))
        assert {letter for letter in LETTERS if spelled.fullmatch(chr(letter))} == {one, other}
        assert {letter for letter in LETTERS if negated.fullmatch(chr(letter))} == {*LETTERS} - {one, other}


def test_a_set_that_reaches_the_last_letter_is_spelled_by_what_it_lacks() -> None:
    assert spelled_set(complement(((10, 10), (65, 90)))) == "[^\\nA-Z]"
    assert spelled_set(((LAST, LAST),)) == chr(LAST)

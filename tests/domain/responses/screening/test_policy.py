from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.responses.screening.likeness import Fact, Rule
from app.domain.responses.screening.policy import LIKENESS, Policy, is_copied, lot

ENOUGH = Fact(Rule.LONG, 20, 10, 6)
FACTS = st.builds(
    Fact, st.sampled_from(Rule), st.integers(2, 5_000), st.integers(0, 10_000), st.integers(min_value=0, max_value=99)
)


def test_of_an_alike_group_as_many_stay_as_honest_people_would_have_given() -> None:
    # (1.0 + 1) / 20
    assert not is_copied([ENOUGH], 0.1)
    assert is_copied([ENOUGH], 0.101)


@pytest.mark.parametrize(
    ("fact", "copied"),
    [
        (Fact(Rule.SHORT, 5, 0, 6), True),
        (Fact(Rule.SHORT, 4, 0, 99), False),
        (Fact(Rule.SHORT, 5, 0, 5), False),
        (Fact(Rule.TEXT, 3, 0, 99), True),
        (Fact(Rule.TEXT, 2, 0, 99), False),
    ],
)
def test_too_alike_is_five_who_are_rarer_than_one_in_a_million_or_three_who_wrote_alike(
    fact: Fact, copied: bool
) -> None:
    assert is_copied([fact], 0.99) is copied


def test_without_facts_nobody_is_set_aside() -> None:
    assert not is_copied([], 0.999)


def test_another_policy_gives_another_verdict_of_the_same_facts() -> None:
    assert not is_copied([ENOUGH], 0.5, Policy(fewest_alike=21, fewest_written_alike=3, least_tail=6))


@given(st.lists(FACTS, max_size=3), st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True))
def test_the_verdict_is_a_function_of_facts_and_lot_and_a_smaller_lot_is_never_worse(
    facts: list[Fact], one: float, other: float
) -> None:
    smaller, larger = sorted((one, other))
    assert is_copied(facts, larger) == is_copied(reversed(facts), larger, LIKENESS)
    assert is_copied(facts, smaller) <= is_copied(facts, larger)


def test_the_lot_is_keyed_and_evenly_spread() -> None:
    ids = [UUID(int=at) for at in range(4_000)]
    lots = [lot(b"one key", id_) for id_ in ids]
    assert all(0 <= each < 1 for each in lots)
    assert sum(lots) / len(lots) == pytest.approx(0.5, abs=0.02)
    assert lots == [lot(b"one key", id_) for id_ in ids]
    assert lots[0] != lot(b"another key", ids[0])

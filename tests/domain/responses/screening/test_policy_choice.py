from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.domain.responses.screening.dated_policies import NUMBERS, DatedPolicy, Policies
from app.domain.responses.screening.likeness import Fact, Rule
from app.domain.responses.screening.policy import LIKENESS, Policy, is_copied, lot
from app.domain.responses.screening.policy_choice import (
    BOUNDS,
    POLICY_BOUNDS,
    POLICY_LATE,
    POLICY_REASON,
    POLICY_SAME,
    POLICY_SINCE,
    POLICY_WRONG,
    mondays,
    read_choice,
    read_values,
    require_notice,
)

#: a Wednesday
TODAY = date(2026, 6, 24)
FIRST_MONDAY = date(2026, 7, 6)
REASON = "Clerks of the service centre fill in most of it."
VALUES = Policy(8, 4, 7)
TYPED = {"fewest_alike": "8", "fewest_written_alike": "4", "least_tail": "7"}
CHOICES = st.builds(Policy, *(st.integers(bound.first, bound.last) for bound in BOUNDS.values()))
FACTS = st.builds(Fact, st.sampled_from(Rule), st.integers(2, 90), st.integers(0, 900), st.integers(0, 99))


def test_values_are_read_as_they_are_typed() -> None:
    assert read_values(TYPED) == VALUES
    assert read_values({**TYPED, "fewest_alike": " ०८ "}) == VALUES
    assert read_values({name: str(bound.first) for name, bound in BOUNDS.items()}) == LIKENESS


@pytest.mark.parametrize("text", ["4", "51", "", "-8", "8.0", "5e1", "²", "9" * 5_000, "five"])
def test_what_is_looser_than_measured_or_no_number_names_its_field(text: str) -> None:
    with pytest.raises(Problem) as refused:
        read_values({**TYPED, "fewest_alike": text, "least_tail": "13"})
    assert refused.value.type is POLICY_WRONG
    assert [(part.type, part.details) for part in refused.value.parts] == [
        (POLICY_BOUNDS, {"field": "fewest_alike", "first": 5, "last": 50}),
        (POLICY_BOUNDS, {"field": "least_tail", "first": 6, "last": 12}),
    ]


@given(CHOICES, st.lists(FACTS, max_size=3), st.uuids())
def test_whatever_is_chosen_sets_aside_nothing_that_the_measured_values_leave(
    chosen: Policy, facts: list[Fact], id_: UUID
) -> None:
    its_lot = lot(b"a key", id_)
    assert is_copied(facts, its_lot, chosen) <= is_copied(facts, its_lot, LIKENESS)


def test_it_holds_after_a_whole_week_of_notice_and_later_than_what_was_chosen_before() -> None:
    assert mondays(Policies(), TODAY)[0] == FIRST_MONDAY
    assert mondays(Policies(), date(2026, 6, 22))[0] == mondays(Policies(), date(2026, 6, 28))[0] == FIRST_MONDAY
    assert {day.weekday() for day in mondays(Policies(), TODAY)} == {0}
    chosen = DatedPolicy(NUMBERS[0], date(2027, 6, 28), VALUES)
    assert mondays(Policies([chosen]), TODAY)[0] == date(2027, 7, 5)


def test_a_choice_is_read_with_its_monday_and_its_reason() -> None:
    choice = read_choice(VALUES, FIRST_MONDAY.isoformat(), f"  {REASON}\n", Policies(), TODAY)
    assert (choice.values, choice.since, choice.reason) == (VALUES, FIRST_MONDAY, REASON)


@pytest.mark.parametrize("since", ["2026-06-29", "2026-07-07", "2027-07-05", "soon", ""])
def test_any_other_day_and_a_reason_that_is_none_are_named(since: str) -> None:
    for reason in ("because", "x" * 301, " " * 40):
        with pytest.raises(Problem) as refused:
            read_choice(VALUES, since, reason, Policies(), TODAY)
        assert [(part.type, part.details["field"]) for part in refused.value.parts] == [
            (POLICY_SINCE, "since"),
            (POLICY_REASON, "reason"),
        ]


def test_the_values_that_hold_by_then_are_no_choice() -> None:
    with pytest.raises(Problem) as refused:
        read_choice(LIKENESS, FIRST_MONDAY.isoformat(), REASON, Policies(), TODAY)
    assert refused.value.type is POLICY_SAME
    chosen = Policies([DatedPolicy(NUMBERS[0], FIRST_MONDAY, VALUES)])
    later = FIRST_MONDAY + timedelta(weeks=1)
    assert read_choice(LIKENESS, later.isoformat(), REASON, chosen, TODAY).values == LIKENESS


def test_what_waited_for_too_long_is_proposed_anew() -> None:
    require_notice(FIRST_MONDAY, date(2026, 6, 28))
    with pytest.raises(Problem) as refused:
        require_notice(FIRST_MONDAY, date(2026, 6, 29))
    assert refused.value.type is POLICY_LATE

"""What is so of promises, whatever is kept of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.accounts.role import Role
from app.domain.dialogue.commitment import (
    ENDS,
    LOOKED_AT_AGAIN,
    PUBLISHED,
    Commitment,
    CommitmentEvent,
    State,
    Step,
    Wording,
    after,
    in_order,
    may_approve,
    read_texts,
    read_wording,
)
from app.domain.dialogue.commitment_quote import Figure
from app.domain.problem import Problem
from app.domain.surveys.survey import REQUIRED_LANGUAGES
from app.domain.weeks import IST

TODAY = date(2026, 12, 1)
DAY = timedelta(days=1)


def promise(state: State, due: int = 30, ended: int | None = None, number: int = 1) -> Commitment:
    """One that is due so many days after today, and ended so many days before it."""
    events = [CommitmentEvent(1, Step.OPENED, datetime(2026, 10, 1, tzinfo=UTC), 1, {})]
    if ended is not None:
        at = datetime.combine(TODAY - ended * DAY, datetime.min.time(), IST)
        events.append(CommitmentEvent(2, Step(state.value), at, 1, {"en": "x"}))
    figure = Figure("visit", "open", "overall", None, "good")
    quote = {"version": 1, "first_week": "2026-08-03", "last_week": "2026-08-24",
             "base": {"kind": "about", "number": 400}, "share": {"kind": "below", "bound": 5}}  # fmt: skip
    return Commitment(
        number, 1, number, 1, figure, quote, {"en": "x"}, {"en": "x"}, TODAY + due * DAY, state, tuple(events)
    )  # type: ignore[arg-type]


def refusal(wording: Wording) -> str:
    with pytest.raises(Problem) as caught:
        read_wording(wording, REQUIRED_LANGUAGES, TODAY)
    return caught.value.code.removeprefix("commitment.")


def wording(will: str = "Two counters.", office: str = "Station head", days: int = 30) -> Wording:
    return Wording({"hi": "दो काउंटर।", "en": will}, {"hi": "थाना प्रभारी", "en": office}, TODAY + days * DAY)


def test_a_promise_goes_one_way() -> None:
    assert after(after(after(State.DRAFT, Step.DRAFTED), Step.PROPOSED), Step.OPENED) is State.OPEN
    assert after(State.PROPOSED, Step.RETURNED) is State.DRAFT
    for state in (State.DONE, State.NOT_DONE, State.WITHDRAWN):
        for step in Step:
            with pytest.raises(Problem, match="wrong_state"):
                after(state, step)


@given(st.lists(st.sampled_from(Step)))
def test_nothing_published_ever_becomes_private_again(steps: list[Step]) -> None:
    state, was_public = State.DRAFT, False
    for step in steps:
        try:
            state = after(state, step)
        except Problem:
            continue
        was_public = was_public or state in PUBLISHED
        assert (state in PUBLISHED) == was_public


def test_nobody_approves_for_their_own_place_but_headquarters() -> None:
    assert may_approve(Role.STATE_ADMIN, is_own_place=True)
    assert may_approve(Role.DISTRICT_HEAD, is_own_place=False)
    assert not may_approve(Role.DISTRICT_HEAD, is_own_place=True)
    for role in (Role.STATION_HEAD, Role.OUTREACH, Role.AUDITOR, Role.PRINTING_OFFICER):
        assert not may_approve(role, is_own_place=False)


def test_what_is_promised_is_read_in_every_language() -> None:
    read = read_wording(wording("  Two\n counters.\u200b "), REQUIRED_LANGUAGES, TODAY)
    assert read.will == {"hi": "दो काउंटर।", "en": "Two counters."}
    assert refusal(wording("")) == "text_missing"
    assert refusal(wording("\u200b")) == "text_missing"
    assert refusal(wording("x" * 281)) == "text_long"
    assert refusal(wording(office="x" * 81)) == "text_long"
    assert read_texts({"hi": "य" * 280, "en": "x", "xx": "y"}, REQUIRED_LANGUAGES) == {"hi": "य" * 280, "en": "x"}


@pytest.mark.parametrize("days", [-400, 6, 181, 4000])
def test_a_day_out_of_reach_is_refused(days: int) -> None:
    assert refusal(wording(days=days)) == "due_range"


@pytest.mark.parametrize(
    "will", ["70 % satisfied by March", "70% content", "Seventy percent", "60 in 100 will be content", "७० प्रतिशत संतुष्ट"]
)
def test_a_share_is_no_goal(will: str) -> None:
    assert refusal(wording(will)) == "share_goal"


def test_late_is_what_the_calendar_says_of_the_first_day() -> None:
    assert [promise(State.OPEN, due).days_late(TODAY) for due in (1, 0, -1, -40)] == [0, 0, 1, 40]
    assert promise(State.DONE, -40, ended=1).days_late(TODAY) == 0


def test_half_a_year_after_its_end_it_is_looked_at_again() -> None:
    weeks = LOOKED_AT_AGAIN.days
    for state in (State.DONE, State.NOT_DONE):
        assert [promise(state, 0, ended=weeks + n).is_looked_at_again(TODAY) for n in (-1, 0, 1)] == [False, True, True]
    assert not promise(State.WITHDRAWN, 0, ended=weeks).is_looked_at_again(TODAY)
    assert not promise(State.OPEN, -400).is_looked_at_again(TODAY)


def test_late_ones_stand_first_and_withdrawn_ones_last() -> None:
    order = [
        promise(State.OPEN, -9, number=1),
        promise(State.OPEN, -2, number=2),
        promise(State.OPEN, 5, number=3),
        promise(State.OPEN, 50, number=4),
        promise(State.DONE, ended=1, number=5),
        promise(State.DONE, ended=8, number=6),
        promise(State.NOT_DONE, ended=1, number=7),
        promise(State.WITHDRAWN, ended=0, number=8),
    ]
    assert in_order(reversed(order), TODAY) == order
    assert all(one.ended is None for one in order[:4])
    assert {step.value for step in ENDS} == {one.state.value for one in order[4:]}

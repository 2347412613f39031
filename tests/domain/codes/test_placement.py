"""Placements: what a list says of one today, what may be written on it, and which tokens it takes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes.channel import Channel
from app.domain.codes.placement import SPOT_LENGTH, PlacementState, admits, read_spot, state_of
from app.domain.codes.token import Token
from app.domain.problem import Problem

NOW = datetime(2026, 6, 10, 6, tzinfo=UTC)
TODAY, YESTERDAY, TOMORROW = date(2026, 6, 10), date(2026, 6, 9), date(2026, 6, 11)
MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("ended", "state"),
    [
        ({}, PlacementState.ACTIVE),
        ({"expires_on": TODAY}, PlacementState.ACTIVE),
        ({"expires_on": YESTERDAY}, PlacementState.EXPIRED),
        ({"retired_at": NOW + MOMENT}, PlacementState.ACTIVE),
        ({"retired_at": NOW}, PlacementState.RETIRED),
        ({"compromised_on": TOMORROW}, PlacementState.ACTIVE),
        ({"compromised_on": TODAY}, PlacementState.COMPROMISED),
        ({"key_cut_off_on": TOMORROW}, PlacementState.ACTIVE),
        ({"key_cut_off_on": TODAY}, PlacementState.COMPROMISED),
        ({"expires_on": YESTERDAY, "retired_at": NOW}, PlacementState.RETIRED),
        ({"retired_at": NOW, "compromised_on": TODAY}, PlacementState.COMPROMISED),
        ({"compromised_on": TOMORROW, "key_cut_off_on": TODAY}, PlacementState.COMPROMISED),
    ],
)
def test_the_worst_that_holds_today_is_the_state(ended: dict[str, Any], state: PlacementState) -> None:
    known = {"expires_on": None, "retired_at": None, "compromised_on": None, **ended}
    assert state_of(now=NOW, today=TODAY, **known) is state


@pytest.mark.parametrize(
    ("token", "channel", "number", "admitted"),
    [
        (Token(Channel.POSTER, 3, 7), Channel.POSTER, None, True),
        (Token(Channel.POSTER, 2, 7), Channel.POSTER, None, False),
        (Token(Channel.HANDLE, 3, 7), Channel.POSTER, "73921846", False),
        (Token(Channel.TYPED, 3, 7), Channel.POSTER, "73921846", True),
        (Token(Channel.TYPED, 2, 7), Channel.POSTER, "73921846", False),
        (Token(Channel.TYPED, 3, 7), Channel.HANDLE, None, False),
    ],
)
def test_a_placement_takes_its_own_channel_its_own_key_and_its_printed_number(
    token: Token, channel: Channel, number: str | None, admitted: bool
) -> None:
    assert admits(token, channel=channel, key_id=3, number=number) is admitted


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  main   gate ", "main gate"),
        ("main\ngate\u2028left", "main gate left"),
        ("main\0gate", "main gate"),
        ("ga\u202ete\u200b", "gate"),
        ("क्\u200dष", "क्\u200dष"),
        ("e\u0301", "é"),
    ],
)
def test_a_spot_is_one_harmless_line(typed: str, kept: str) -> None:
    assert read_spot(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "spot_missing"), (" \u200b\n", "spot_missing"), ("x" * (SPOT_LENGTH + 1), "spot_too_long")],
)
def test_a_spot_that_no_poster_can_hold_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Problem, match=code):
        read_spot(typed)


def test_a_spot_is_measured_as_it_is_printed() -> None:
    assert read_spot(" " * 200 + "e\u0301" * SPOT_LENGTH) == "é" * SPOT_LENGTH


@given(st.text(min_size=1, max_size=60))
def test_a_spot_that_was_read_is_read_alike(text: str) -> None:
    try:
        spot = read_spot(text)
    except Problem:
        return
    assert read_spot(spot) == spot
    assert len(spot.splitlines()) == 1

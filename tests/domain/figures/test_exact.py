"""Exact figures of a question: shares of those who answered it."""

from dataclasses import replace

import pytest

from app.domain.figures.exact import ExactQuestion, in_100
from app.domain.figures.report import Label

ASKED = ExactQuestion("a", None, Label(), None, asked=9, answered=8, declined=1, unanswered=0, cells=())


@pytest.mark.parametrize(("number", "share"), [(0, 0.0), (1, 12.5), (8, 100.0)])
def test_a_share_is_of_those_who_answered(number: int, share: float) -> None:
    assert in_100(number, ASKED) == share


def test_a_share_has_one_decimal() -> None:
    assert [in_100(number, replace(ASKED, answered=7)) for number in (1, 2)] == [14.3, 28.6]


def test_where_nobody_answered_there_is_no_share() -> None:
    assert in_100(0, replace(ASKED, answered=0)) is None

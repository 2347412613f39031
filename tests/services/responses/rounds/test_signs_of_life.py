"""Whether anything comes for a round, and no number."""

from datetime import timedelta

import pytest
from flask import Flask

from app.services.responses.arrivals import forget_arrivals
from app.services.responses.rounds.signs_of_life import is_arriving, last_arrival
from app.transaction import reading, transaction
from tests.factories.surveys.rounds import OPEN_AT, add_ballot, answer

pytestmark = pytest.mark.both_databases


def test_one_answer_says_as_much_as_a_hundred_for_a_day_and_then_on_which_day_it_came(app: Flask) -> None:
    with transaction() as session:
        ballot = add_ballot(session)

    def told(days: int) -> tuple[bool, object]:
        with reading() as session:
            now = OPEN_AT + timedelta(days=days)
            return is_arriving(session, ballot.version_id, now), last_arrival(session, ballot.version_id)

    assert told(0) == (False, None)
    answer(ballot, {"first": "patrol", "second": "yes"})
    assert told(1) == (True, OPEN_AT.date())
    assert told(2) == (False, OPEN_AT.date())
    with transaction() as session:
        forget_arrivals(session, OPEN_AT + timedelta(days=3))
    assert told(3) == (False, None)

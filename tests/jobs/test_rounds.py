"""Publishing rounds: one after the other, and by nobody while somebody else publishes."""

import pytest
from flask import Flask

from app.jobs.publishing import publish_rounds
from app.services.locks import Job
from app.services.surveys.round_queries import public_rounds
from app.services.surveys.rounds import cancel_round
from app.transaction import reading, transaction
from app.upkeep import alone
from tests.factories.surveys.rounds import OPEN_AT, RESULTS_AT, add_ballot, answer

pytestmark = pytest.mark.both_databases


def test_all_that_are_due_are_published_and_those_that_were_cancelled_are_not(app: Flask) -> None:
    with transaction() as session:
        first, second, third = (add_ballot(session, slug=slug) for slug in ("one", "two", "three"))
        why = {"hi": "भूल", "en": "A mistake"}
        cancel_round(session, second.round_id, why, actor_id=second.approver, now=OPEN_AT)
    for ballot in (first, third):
        answer(ballot, *[{"first": "patrol", "second": "no"}] * 10)
    assert publish_rounds(RESULTS_AT) == 2
    with reading() as session:
        states = [one.state.value for one in public_rounds(session, RESULTS_AT)]
    assert states == ["published", "cancelled", "published"]


def test_it_waits_for_whoever_publishes_and_comes_a_minute_later(app: Flask) -> None:
    with transaction() as session:
        add_ballot(session)
    with alone(Job.PUBLISH):
        assert publish_rounds(RESULTS_AT) == 0
    assert publish_rounds(RESULTS_AT) == 1

"""The worker seals what has arrived before it forgets when that was."""

import pytest
from flask import Flask

from app.jobs import chores
from app.jobs.schedule import EVERY_MINUTES, run_once
from app.services.responses.seals.week_seals import read_seals
from app.transaction import reading, transaction
from tests.factories import add_place, add_placement, add_survey
from tests.services.responses.sending import NOW, incoming, send


@pytest.mark.both_databases
def test_what_arrived_long_ago_is_sealed_in_the_first_round(app: Flask) -> None:
    order = list(EVERY_MINUTES)
    assert order.index(chores.seal) < order.index(chores.forget)
    with transaction() as session:
        version = add_survey(session)
        posted = add_placement(session, add_place(session), version), version
    send(*(incoming(posted, {"respect": 5}) for _ in range(3)), at=NOW)
    assert run_once(app.app_context) == []
    with reading() as session:
        (sealed,) = read_seals(session)
    assert (sealed.answers.count, sealed.verdicts.count) == (3, 3)

"""samvad responses shuffle, samvad db compact."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.cli.compact import compact
from app.cli.responses import responses
from tests.thief.days import Town, seeded

pytestmark = pytest.mark.both_databases


def test_what_arrived_is_shuffled_and_the_database_written_anew(app: Flask) -> None:
    now = datetime.now(UTC)
    Town(places=1, slips=0, chance=seeded(1)).answers(3, now - timedelta(hours=5), timedelta(minutes=1))
    runner = app.test_cli_runner()
    told = "Shuffled what arrived since the last run: {} answers, among others of the same weeks.\n"
    assert runner.invoke(responses, ["shuffle"]).output == told.format(3)
    assert runner.invoke(responses, ["shuffle"]).output == told.format(0)
    assert runner.invoke(responses, ["shuffle", "--all"]).output == "Shuffled all 3 answers.\n"
    done = runner.invoke(compact)
    assert (done.exit_code, done.output[:17]) == (0, "Written anew in 0")

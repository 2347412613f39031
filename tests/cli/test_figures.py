"""samvad releases and samvad tallies."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import update

from app.cli.releases import releases
from app.cli.tallies import tallies
from app.models import Release, Response
from app.services.figures.counting.rebuilding import ask_for_rebuild
from app.services.locks import Job
from app.services.surveys.readings import add_reading
from app.transaction import transaction
from app.upkeep import alone
from tests.factories import add_place, add_responses, add_survey
from tests.factories.figures.joints import READING, TOPICS


@pytest.fixture
def answered(app: Flask) -> Flask:
    with transaction() as session:
        station = add_place(session, parent=add_place(session, kind="district"))
        add_responses(session, station, add_survey(session), date(2026, 1, 5), [{"overall": 5}] * 12)
    return app


def test_publish_and_verify(answered: Flask) -> None:
    runner = answered.test_cli_runner()
    published = runner.invoke(releases, ["publish"])
    assert published.output == "Published 1 of single places, 0 pooled, 1 sums.\n"
    assert runner.invoke(releases, ["verify"]).output == "2 releases are as they were published.\n"
    with transaction() as session:
        session.execute(update(Release).where(Release.kind == "own").values(published_on=date(2026, 1, 1)))
    found = runner.invoke(releases, ["verify"])
    assert found.exit_code == 1
    assert "does not match its digest" in found.output


def test_fill_in_says_what_has_joint_counters_and_what_can_have_none(app: Flask) -> None:
    runner = app.test_cli_runner()
    with transaction() as session:
        version = add_survey(session, TOPICS)
        district = add_place(session, kind="district")
        for _ in range(2):
            answers = [{"overall": 5, "heard": 5}] * 12
            ids = add_responses(session, add_place(session, parent=district), version, date(2026, 1, 5), answers)
    runner.invoke(releases, ["publish"])
    assert runner.invoke(releases, ["fill-in"]).output == "3 releases have joint counters, 0 are still to get them.\n"
    with transaction() as session:
        assert add_reading(session, version, READING, actor_id=None, now=datetime(2026, 2, 1, tzinfo=UTC))
        session.execute(update(Response).where(Response.id == ids[0]).values(answers="{}"))
    with alone(Job.PUBLISH):
        refused = runner.invoke(releases, ["fill-in"])
    assert (refused.exit_code, "Another process is filling in" in refused.output) == (1, True)
    told = runner.invoke(releases, ["fill-in"])
    assert told.exit_code == 0
    assert "1 releases have joint counters, 0 are still to get them.\n2 can have none: " in told.output


def test_fold_and_rebuild(answered: Flask) -> None:
    runner = answered.test_cli_runner()
    assert runner.invoke(tallies, ["fold"]).output == "Folded 1 marks.\n"
    assert runner.invoke(tallies, ["fold"]).output == "Folded 0 marks.\n"
    told = "Week of 2026-01-05, 1 to go.\nMade 2 cells.\n"
    assert runner.invoke(tallies, ["rebuild"]).output == told
    with transaction() as session:
        ask_for_rebuild(session, [date(2026, 1, 5)])
    assert runner.invoke(tallies, ["rebuild", "--from-start"]).output == told


def test_a_rebuild_that_was_broken_off_is_gone_on_with_and_nothing_is_published_before(answered: Flask) -> None:
    runner = answered.test_cli_runner()
    with transaction() as session:
        ask_for_rebuild(session, [date(2026, 1, 5)])
    refused = runner.invoke(releases, ["publish"])
    assert (refused.exit_code, "samvad tallies rebuild" in refused.output) == (1, True)
    rebuilt = runner.invoke(tallies, ["rebuild"])
    assert rebuilt.output.startswith("Going on with a rebuild that was broken off: 1 weeks are left.\n")
    assert runner.invoke(releases, ["publish"]).exit_code == 0


def test_a_rebuild_beside_another_is_refused(answered: Flask) -> None:
    with alone(Job.REBUILD):
        refused = answered.test_cli_runner().invoke(tallies, ["rebuild"])
    assert refused.exit_code == 1
    assert "Another process is rebuilding" in refused.output

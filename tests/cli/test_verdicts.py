"""samvad verdicts."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import update

from app.cli.releases import releases
from app.cli.verdicts import verdicts
from app.domain.weeks import IST
from app.models import Finding
from app.transaction import transaction
from tests.factories import add_place, add_survey
from tests.factories.figures.tree import WEEK
from tests.factories.responses.alike import ASKED, COPY, add_arrived
from tests.factories.responses.policies import STRICTER, put_in_force, two_accounts


def test_it_says_how_many_follow_and_which_do_not(app: Flask) -> None:
    runner = app.test_cli_runner()
    with transaction() as session:
        came, place = datetime(2026, 6, 2, 9, tzinfo=IST), add_place(session)
        add_arrived(session, place, add_survey(session, ASKED), WEEK, [COPY] * 40, came, timedelta())
        # Another holds a week later, by which nothing of this would be a copy.
        put_in_force(session, two_accounts(session, place), STRICTER, WEEK + timedelta(weeks=1))
    assert runner.invoke(releases, ["publish"]).exit_code == 0
    told = runner.invoke(verdicts, ["verify"])
    assert told.exit_code == 0
    assert "answers were set aside as copies, as what was found says. 40 verdicts are of earlier rules" in told.output
    with transaction() as session:
        session.execute(update(Finding).values(tail=2))
    found = runner.invoke(verdicts, ["verify"])
    assert found.exit_code == 1
    assert "was set aside as a copy, and what was found does not say so" in found.output

"""samvad verdicts."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import delete, update

from app.cli.releases import releases
from app.cli.verdicts import verdicts
from app.domain.weeks import IST
from app.models import Finding
from app.transaction import transaction
from tests.factories import add_place, add_placement, add_survey
from tests.factories.figures.tree import WEEK
from tests.factories.responses.alike import ASKED, COPY, add_arrived
from tests.factories.responses.policies import STRICTER, put_in_force, two_accounts
from tests.services.responses.sending import incoming, send


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
    assert "answers were set aside as copies and 0 for what lay in themselves, as what was found says." in told.output
    assert "40 verdicts are of earlier rules" in told.output
    with transaction() as session:
        session.execute(update(Finding).values(tail=2))
    found = runner.invoke(verdicts, ["verify"])
    assert found.exit_code == 1
    assert "was set aside as a copy, and what was found does not say so" in found.output


def test_what_was_set_aside_as_it_arrived_is_made_again_too(app: Flask) -> None:
    runner = app.test_cli_runner()
    with transaction() as session:
        version = add_survey(session)
        posted = add_placement(session, add_place(session), version), version
    send(incoming(posted, {"overall": 4}), incoming(posted, {}))
    told = runner.invoke(verdicts, ["verify"])
    assert told.exit_code == 0
    assert "0 answers were set aside as copies and 1 for what lay in themselves" in told.output
    assert "0 verdicts are of earlier rules" in told.output
    with transaction() as session:
        session.execute(delete(Finding))
    found = runner.invoke(verdicts, ["verify"])
    assert found.exit_code == 1
    assert "was set aside at arrival, and nothing was found" in found.output

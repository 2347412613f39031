"""What everybody can read of how figures come to be."""

from datetime import date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.responses.screening.policy import Policy
from app.domain.weeks import IST
from app.transaction import transaction
from tests.factories import add_place
from tests.factories.responses.policies import put_in_force, two_accounts

SINCE = date(2026, 7, 6)
MEASURED = "where 5 or more are alike, and people would give so many less than once in 1,000,000 times"
CHOSEN = "where 8 or more are alike, and people would give so many less than once in 10,000,000 times"


@pytest.mark.parametrize(
    ("day", "in_force", "coming"),
    [(3, MEASURED, f"For answers from 6 July 2026 on: That is so {CHOSEN}"), (6, CHOSEN, "")],
)
def test_it_tells_from_how_many_alike_on_answers_are_set_aside_now_and_soon(
    app: Flask, client: FlaskClient, day: int, in_force: str, coming: str
) -> None:
    assert MEASURED in client.get("/about/figures?lang=en").text
    with transaction() as session:
        two = two_accounts(session, add_place(session, kind="state"))
        put_in_force(session, two, Policy(8, 4, 7), SINCE)
    app.config["CLOCK"] = lambda: datetime(2026, 7, day, 12, tzinfo=IST)
    page = client.get("/about/figures?lang=en").text
    assert f"<p>That is so {in_force}.</p>" in page
    assert page.count("That is so") == (2 if coming else 1)
    assert coming in page

"""A department whose results are public, and whoever reads them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.installation.public_results import Depth
from app.domain.weeks import IST
from app.jobs.editions import make_editions
from app.models import Department, EditionDay
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.transaction import transaction
from tests.factories import add_place, add_responses, add_survey

MONDAY = datetime(2026, 11, 30, 11, tzinfo=IST)
WEEK = date(2026, 8, 3)


@dataclass
class Department_:
    state: int
    busy: int
    quiet: int


@pytest.fixture
def department(app: Flask) -> Department_:
    """A state with a district and two stations: one with four hundred answers, one with nine. All is public."""
    app.config["CLOCK"] = lambda: MONDAY
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        session.add(EditionDay(due_on=date(2026, 11, 23), last_release_id=0, finished_at=MONDAY))
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State", code="S")
        district = add_place(session, kind="district", parent=state, name_en="District One", code="S.D1")
        busy = add_place(session, parent=district, name_hi="थाना पहेली", name_en="Paheli Station", code="S.D1/B-1")
        quiet = add_place(session, parent=district, name_hi="थाना जुगनू", name_en="Jugnu Station", code="S.D1/B-2")
        for place, page in ((state, "s"), (district, "s-d1"), (busy, "s-d1-b-1"), (quiet, "s-d1-b-2")):
            place.page = page
        version = add_survey(session, slug="visit")
        for week in range(4):
            given = [{"overall": 5 if n < 60 + week else 2, "purpose": "complaint"} for n in range(100)]
            add_responses(session, busy, version, WEEK + timedelta(weeks=week), given)
        add_responses(session, quiet, version, WEEK, [{"overall": 1}] * 9)
        session.flush()
        publish_releases(session, MONDAY - timedelta(hours=2))
        decide_public_results(session, Depth.STATION, MONDAY.date(), None, MONDAY)
        made = Department_(state.id, busy.id, quiet.id)
    make_editions(MONDAY - timedelta(minutes=30))
    return made


class Reader:
    """A browser; each of its requests is one by itself, as in a server, though the test has a context of its own."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def get(self, address: str) -> TestResponse:
        with self._client.application.app_context():
            return self._client.get(address)


@pytest.fixture
def reader(client: FlaskClient) -> Reader:
    return Reader(client)


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<(style|title|head).*?</\1>|<[^>]+>", " ", page, flags=re.S)).split())

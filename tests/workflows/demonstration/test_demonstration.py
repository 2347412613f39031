"""The demonstration is there whole, or nothing of it is."""

import json
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.config import Settings
from app.domain.problem import Problem
from app.jobs.editions import make_editions
from app.models import Account, Department, Edition, Response
from app.transaction import reading
from app.workflows.demonstration.demonstration import ACCOUNTS_FILE, make_demonstration
from app.workflows.demonstration.department import DemoSize
from tests.fixtures.faults import failing_commit

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
SMALL = DemoSize(stations_per_district=1, weeks=2)


def test_a_commit_that_fails_leaves_nothing_and_it_can_be_made_afterwards(app: Flask, settings: Settings) -> None:
    weeks: list[int] = []
    with failing_commit(), pytest.raises(OperationalError):
        make_demonstration(settings, SMALL, NOW, weeks.append)
    assert weeks == [1, 1]
    assert not (settings.instance / ACCOUNTS_FILE).exists()
    with reading() as session:
        assert [session.scalar(select(func.count()).select_from(table)) for table in (Department, Account)] == [0, 0]
    assert make_demonstration(settings, SMALL, NOW, weeks.append) == settings.instance / ACCOUNTS_FILE
    with reading() as session:
        assert session.scalars(select(Response.id)).first() is not None
    with pytest.raises(Problem, match=r"demonstration\.not_empty"):
        make_demonstration(settings, SMALL, NOW, weeks.append)
    assert len(weeks) == 4


def test_one_station_has_a_headline_that_nobody_can_check(app: Flask, settings: Settings) -> None:
    """People were drawn, in a time of which no record was kept: so it is not certified, and says why."""
    make_demonstration(settings, DemoSize(stations_per_district=1, weeks=12), NOW, lambda _: None)
    make_editions(NOW)
    with reading() as session:
        documents = [json.loads(text) for text in session.scalars(select(Edition.document))]
    sections = [section for document in documents for survey in document["surveys"] for section in survey["sections"]]
    (label,) = [section["label"] for section in sections if "label" in section]
    assert label["reasons"] == ["draw", "record"]

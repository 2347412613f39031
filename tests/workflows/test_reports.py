"""A report as a file: of what was asked for, and of nothing while nothing has been published."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.domain.problem import Problem
from app.models import Department, Place
from app.services.figures.releases import publish_releases
from app.transaction import transaction
from app.workflows.reports import print_report, tabulate_report
from tests.factories import add_place, add_responses, add_survey

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.fixture
def place_id(app: Flask) -> int:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Namuna Police", demonstration=True))
        return add_place(session, kind="state", name_en="Kotwali", code="K-1").id


def test_while_nothing_is_published_there_is_no_file(place_id: int) -> None:
    assert print_report(place_id, None, None, "en", NOW, "http://localhost") is None
    assert tabulate_report(place_id, "visit", None, "en", NOW) is None


def test_print_and_table_are_of_the_same_report(place_id: int) -> None:
    with transaction() as session:
        version = add_survey(session, slug="visit")
        place = session.get_one(Place, place_id)
        add_responses(session, place, version, date(2026, 8, 3), [{"overall": 5}] * 40)
        session.flush()
        publish_releases(session, NOW)
    printed = print_report(place_id, "unknown", "", "en", NOW, "http://localhost")
    table = tabulate_report(place_id, "visit", None, "en", NOW)
    assert printed is not None
    assert table is not None
    assert printed[0] == table[0]
    assert printed[0].audit is not None
    assert printed[1].startswith(b"%PDF-")
    assert b'"K-1"' in table[1]
    with pytest.raises(Problem, match=r"report\.period_malformed"):
        print_report(place_id, "visit", "2026-99", "en", NOW, "http://localhost")

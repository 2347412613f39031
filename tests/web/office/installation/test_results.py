"""Headquarters decides who may read results, and everybody sees what was decided."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.domain.weeks import IST
from app.services.record.audit_queries import list_actions
from app.transaction import reading, transaction
from tests.factories import add_place
from tests.fixtures.accounts import SignIn

NOW = datetime(2026, 11, 30, 12, tzinfo=IST)
ADDRESS = "/office/department/results"


@pytest.fixture
def admin(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        state = add_place(session, kind="state", name_en="Sample State").id
    return sign_in(Role.STATE_ADMIN, state)


def test_nothing_is_public_until_somebody_decides(admin: FlaskClient) -> None:
    page = admin.get(ADDRESS).text
    assert "Nothing is public yet." in page
    assert "Results are not public" in admin.get("/r?lang=en").text


def test_what_is_decided_holds_and_stands_for_everybody_to_read(admin: FlaskClient) -> None:
    done = admin.post(ADDRESS, data={"depth": "district", "from_on": "2026-11-30"})
    assert done.status_code == 303
    assert "Everybody, down to districts" in admin.get(ADDRESS).text
    public = admin.get("/r?lang=en").text
    assert "Down to districts, from 30 November 2026 on" in public
    with reading() as session:
        assert "results.opened" in list_actions(session)


@pytest.mark.parametrize("day", ["2026-11-29", "", "soon", "9999-01-01"])
def test_a_day_that_cannot_be_is_refused_and_the_form_comes_back(admin: FlaskClient, day: str) -> None:
    refused = admin.post(ADDRESS, data={"depth": "station", "from_on": day})
    assert refused.status_code == 422
    assert 'value="station" checked' in refused.text or "checked" in refused.text
    assert "Nothing is public yet." in refused.text

"""The list of changes, as anybody reads it."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.installation.quiet_period import QuietBlock
from app.models import Department, Place
from app.transaction import transaction
from app.workflows.editions.correction import correct_newest
from tests.factories.dialogue.commitments import DAY, MONDAY, PromisingDepartment
from tests.factories.installation.quiet_periods import ORDER, add_quiet
from tests.factories.responses.policies import two_accounts
from tests.web.public.figures.conftest import Reader


@pytest.fixture
def bare(app: Flask) -> None:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police"))


@pytest.mark.usefixtures("bare")
def test_before_anything_was_changed_it_says_so(client: FlaskClient) -> None:
    reader = Reader(client)
    assert "None so far." in reader.get("/about/changes?lang=en").text
    assert "अब तक कुछ नहीं।" in reader.get("/about/changes").text
    for odd in ("0", "-3", "x", "99999999999999999999"):
        assert reader.get(f"/about/changes?page={odd}").status_code == 200


def test_changes_with_their_reasons_and_where_they_are_read(app: Flask, client: FlaskClient) -> None:
    department = PromisingDepartment.begin()
    now = MONDAY + 4 * DAY
    app.config["CLOCK"] = lambda: now
    with transaction() as session:
        busy, state = (session.get_one(Place, department.ids[name]) for name in ("busy", "state"))
        code, address = busy.code, f"/r/{busy.page}/{MONDAY.date().isoformat()}"
        two = two_accounts(session, state)
        add_quiet(session, two, [state], now, now + timedelta(days=2), blocks=[QuietBlock.STORIES])
    why = {"hi": "एक ग़लती थी।", "en": "Two weeks were counted twice."}
    correct_newest(code, "error", why, now, even_the_same=True)
    page = Reader(client).get("/about/changes?lang=en").text
    entry = Reader(client).get("/r?lang=en").text
    assert "there was a mistake" in page
    assert why["en"] in page
    assert f'href="{address}?lang=en"' in page
    assert f"by order {ORDER}" in page
    assert "Results down to stations open" in page
    assert "head-0" not in page
    assert 'href="/about/changes?lang=en"' in entry

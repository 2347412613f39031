from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.domain.accounts.role import Role
from app.services.record.audit import read_head, record
from app.transaction import reading, transaction
from tests.factories import add_place
from tests.fixtures.accounts import SignIn, add_account

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


@pytest.fixture
def chain(app: Flask) -> None:
    account_id = add_account(Role.PRINTING_OFFICER, username="printer")
    with transaction() as session:
        for number in range(60):
            at = NOW + timedelta(days=number)
            record(session, "placement.issued", f"placement:{number}", account_id, {"spot": "<b>द्वार</b>"}, at)
        record(session, "department.changed", "department", None, {}, NOW)


@pytest.mark.usefixtures("chain")
def test_the_newest_come_first_a_page_at_a_time(sign_in: SignIn) -> None:
    client = sign_in(Role.AUDITOR)
    first, second = client.get("/office/audit").text, client.get("/office/audit?page=2").text
    assert first.index("placement:59") < first.index("placement:58")
    assert "placement:0<" not in first
    assert "placement:0<" in second
    assert "<b>द्वार" not in first
    with reading() as session:
        assert read_head(session).mark in first


@pytest.mark.usefixtures("chain")
def test_the_filter_narrows(sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN)
    by_action = client.get("/office/audit?action=department.changed").text
    assert "by command" in by_action
    assert "placement:" not in by_action
    # 20:00 UTC is the next day in India.
    by_day = client.get("/office/audit?from=2026-11-24&until=2026-11-24&username=PRINTER").text
    assert "placement:0<" in by_day
    assert "placement:1<" not in by_day
    assert "No entry was found" in client.get("/office/audit?subject=nothing").text


@pytest.mark.usefixtures("chain")
def test_what_was_done_is_said_in_words_beside_its_code(sign_in: SignIn) -> None:
    client = sign_in(Role.AUDITOR, language="hi")
    page = client.get("/office/audit").text
    assert "कोड जारी किया गया <code>placement.issued</code>" in page
    assert "कोड 59 <code>placement:59</code>" in page
    assert '<option value="department.changed">विभाग की सेटिंग बदली गई</option>' in page
    # The words are what is chosen, the code is what is asked for.
    assert "placement.issued" not in client.get("/office/audit?action=department.changed").text.split("<table")[1]


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize(
    "query", ["page=-1", "page=x", "page=999999", "from=yesterday", "action=%00", "page=" + "9" * 40]
)
def test_any_query_gets_a_page(sign_in: SignIn, query: str) -> None:
    assert sign_in(Role.AUDITOR).get(f"/office/audit?{query}").status_code == 200


def test_an_auditor_of_a_station_reads_what_was_done_there(app: Flask, sign_in: SignIn) -> None:
    with transaction() as session:
        state = add_place(session, kind="state")
        own, other = (add_place(session, parent=state) for _ in range(2))
        for place in (state, own, other):
            record(session, "place.renamed", f"place:{place.id}", None, {}, NOW)
        record(session, "signing_key.added", "signing_key:3", None, {}, NOW)
        ids = state.id, own.id, other.id
    station = sign_in(Role.AUDITOR, ids[1]).get("/office/audit").text
    assert [f"place:{id_}<" in station for id_ in ids] == [False, True, False]
    assert "signing_key" not in station
    assert "at your own place" in station
    whole = sign_in(Role.AUDITOR, ids[0]).get("/office/audit").text
    assert all(f"place:{id_}<" in whole for id_ in ids)
    assert "signing_key:3" in whole
    assert "at your own place" not in whole

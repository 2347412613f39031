"""What an interviewer's phone tells of refusals, and is told of quotas; on both databases."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.formats.crypto.device_signatures import status_message
from app.formats.crypto.sealing import canonical
from app.models import RefusalCount
from app.services.surveys.quotas import set_quotas
from app.transaction import reading, transaction
from tests.factories import add_device, add_place, add_placement, add_survey, definition, question
from tests.fixtures.accounts import SignIn
from tests.fixtures.outbox import NOW
from tests.fixtures.tablets import Phone, add_phone

pytestmark = pytest.mark.both_databases

PEOPLE = definition(
    [question("sex", "select_one", "woman", "man"), question("age", "select_one", "young", "old")],
)


@pytest.fixture
def phone(app: Flask, client: FlaskClient) -> Phone:
    app.config["CLOCK"] = lambda: NOW
    return add_phone(client, PEOPLE)


def tell(phone: Phone, **fields: object) -> tuple[int, dict[str, Any]]:
    said = {
        "device": str(phone.tablet.id),
        "waiting": 0,
        "last_sequence": 12,
        "at": "2026-06-10T06:30:00Z",
        **fields,
    }
    signed = {**said, "signature": phone.tablet.signature(status_message(canonical(said)))}
    answer = phone.outbox.client.post("/api/v1/devices/status", json=signed)
    return answer.status_code, answer.get_json()


def wanted(phone: Phone) -> None:
    targets = {("woman", "young"): 4, ("man", "old"): 2}
    with transaction() as session:
        set_quotas(session, phone.slug, ("sex", "age"), targets, actor_id=None, now=NOW)


def test_a_phone_is_told_its_quotas_and_how_far_all_have_come(phone: Phone) -> None:
    assert tell(phone)[1]["quotas"] is None
    wanted(phone)
    phone.outbox.statuses(phone.sealed({"sex": "woman", "age": "young"}), phone.sealed({"sex": "man", "age": "young"}))
    status, told = tell(phone)
    assert status == 200
    assert told["quotas"] == {
        "questions": ["sex", "age"],
        "cells": [
            {
                "cell": ["woman", "young"],
                "words": {"hi": "woman हिन्दी · young हिन्दी", "en": "woman · young"},
                "target": 4,
                "counted": 1,
            },
            {
                "cell": ["man", "old"],
                "words": {"hi": "man हिन्दी · old हिन्दी", "en": "man · old"},
                "target": 2,
                "counted": 0,
            },
        ],
    }


def test_a_tablet_on_a_counter_is_told_none(phone: Phone, client: FlaskClient) -> None:
    wanted(phone)
    with transaction() as session:
        version = add_survey(session, PEOPLE)
        kiosk = add_device(session, add_placement(session, add_place(session), version))
    assert tell(Phone(phone.outbox, kiosk, "", iter(())))[1]["quotas"] is None


def test_refusals_are_totals_that_may_be_told_again(phone: Phone) -> None:
    for told in ({"2026-06-08": 2}, {"2026-06-08": 5, "2026-06-01": 1}, {"2026-06-08": 5, "2026-06-01": 1}):
        assert tell(phone, refusals=told)[0] == 200
    with reading() as session:
        rows = {row.week: row.refusals for row in session.scalars(select(RefusalCount))}
    assert rows == {date(2026, 6, 8): 5, date(2026, 6, 1): 1}


@pytest.mark.parametrize(
    ("refusals", "status"), [({"x": 1}, 422), ({"2026-06-08": -1}, 422), ({"2026-06-08": "1"}, 400), ([1], 400)]
)
def test_refusals_that_are_none_are_refused_and_the_rest_with_them(phone: Phone, refusals: Any, status: int) -> None:
    assert tell(phone, refusals=refusals)[0] == status
    with reading() as session:
        assert session.scalars(select(RefusalCount)).all() == []


def test_refusals_are_signed(phone: Phone) -> None:
    said = {"device": str(phone.tablet.id), "waiting": 0, "last_sequence": 1, "at": "x"}
    signed = {**said, "signature": phone.tablet.signature(status_message(canonical(said)))}
    answer = phone.outbox.client.post("/api/v1/devices/status", json={**signed, "refusals": {"2026-06-08": 9}})
    assert answer.get_json()["code"] == "device.status_unsigned"


def test_the_rate_is_shown_from_ten_contacts_on(phone: Phone, sign_in: SignIn) -> None:
    wanted(phone)
    admin = sign_in(Role.STATE_ADMIN)
    tell(phone, last_sequence=6, refusals={"2026-06-08": 3})
    assert "of all who were asked" not in admin.get("/office/surveys/people/quotas").text
    tell(phone, last_sequence=9, refusals={"2026-06-08": 3})
    assert "about 75 of 100 (3 declined)" in admin.get("/office/surveys/people/quotas").text

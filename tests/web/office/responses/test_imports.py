"""A file of answers at the office."""

import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.models import Response
from tests.fixtures.accounts import SignIn
from tests.fixtures.outbox import ANSWERS, NOW, count
from tests.fixtures.tablets import Phone, add_phone

PAGE = "/office/devices/import"


@pytest.fixture
def phone(app: Flask, client: FlaskClient) -> Phone:
    app.config["CLOCK"] = lambda: NOW
    return add_phone(client)


@pytest.fixture
def officer(phone: Phone, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.STATE_ADMIN)


def upload(officer: FlaskClient, content: bytes) -> Any:
    return officer.post(PAGE, data={"file": (io.BytesIO(content), "samvad.json")})


def written(*items: dict[str, Any]) -> bytes:
    return json.dumps({"responses": items}).encode()


def test_a_file_is_taken_in_once_and_the_page_says_so(officer: FlaskClient, phone: Phone) -> None:
    assert "Take it in" in officer.get(PAGE).text
    content = written(phone.sealed(ANSWERS), phone.sealed(ANSWERS))
    answer = upload(officer, content)
    assert answer.status_code == 200
    assert "Every answer in the file is on the server now" in answer.text
    assert answer.text.count("New, taken in") == 3
    assert "Was here already" in upload(officer, content).text
    assert count(Response) == 2


def test_what_cannot_be_taken_in_is_named_by_its_number(officer: FlaskClient, phone: Phone) -> None:
    bad = {**phone.sealed(ANSWERS), "body": "AAAA"}
    answer = upload(officer, written(phone.sealed(ANSWERS), bad))
    assert "Answer 2 of the file" in answer.text
    assert "Every answer in the file" not in answer.text
    assert count(Response) == 1


def test_a_file_that_breaks_off_says_so(officer: FlaskClient, phone: Phone) -> None:
    assert "breaks off in the middle" in upload(officer, written(phone.sealed(ANSWERS))[:-2]).text
    assert count(Response) == 1


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"{}"])
def test_what_is_no_such_file_comes_back_with_the_reason(officer: FlaskClient, content: bytes) -> None:
    answer = upload(officer, content)
    assert answer.status_code in (400, 422)
    assert 'href="#file"' in answer.text


def test_without_a_file_the_page_asks_for_one(officer: FlaskClient) -> None:
    answer = officer.post(PAGE, data={})
    assert answer.status_code == 422
    assert "Please choose a file." in answer.text


def test_nothing_of_an_answer_is_shown(officer: FlaskClient, phone: Phone) -> None:
    page = upload(officer, written(phone.sealed({"comment": "kachhua"}))).text
    assert "kachhua" not in page

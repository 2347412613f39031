"""A list of places, and the ways through the office on which it is brought in."""

import io
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.domain.accounts.role import Role
from app.models import Place
from app.services.places.queries import find_place_by_code
from app.transaction import reading
from tests.fixtures.accounts import SignIn

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)

LIST = """code,kind,name_hi,name_en,parent_code
STATE,state,नमूना राज्य,Sample State,
BPL,district,भोपाल,Bhopal,STATE
IND,district,इंदौर,Indore,STATE
BPL-1,station,थाना कोतवाली,Kotwali,BPL
IND-1,station,थाना कोतवाली,Kotwali,IND
"""


@pytest.fixture
def admin(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["CLOCK"] = lambda: NOW
    return sign_in(Role.STATE_ADMIN)


def send(client: FlaskClient, content: bytes | str = LIST, name: str = "places.csv") -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    return client.post("/office/places/import", data={"file": (io.BytesIO(data), name)})


def review(client: FlaskClient, content: bytes | str = LIST, query: str = "") -> tuple[str, str]:
    """The address of the review page of an uploaded file, and the page."""
    response = send(client, content)
    assert response.status_code == 303, text_of(response)
    address = response.location + query
    return address, text_of(client.get(address))


def confirm(client: FlaskClient, address: str, page: str) -> TestResponse:
    digest = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', page)
    assert digest
    return client.post(address, data={"digest": digest[1]}, follow_redirects=True)


def import_list(client: FlaskClient, content: bytes | str = LIST, query: str = "") -> str:
    address, page = review(client, content, query)
    return text_of(confirm(client, address, page))


def text_of(response: TestResponse) -> str:
    return unescape(response.get_data(as_text=True))


def id_of(code: str) -> int:
    with reading() as session:
        return find_place_by_code(session, code).id


def how_many() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Place)) or 0

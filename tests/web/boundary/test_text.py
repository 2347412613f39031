"""Letters that are none: gone from what is typed, and no page where they stand in an address."""

import io

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.models import Department
from app.transaction import reading, transaction
from app.web.boundary.text import MOST_FIELDS
from tests.factories import add_place
from tests.fixtures.accounts import SignIn


@pytest.fixture
def admin(app: Flask, sign_in: SignIn) -> FlaskClient:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना", name_en="Sample", demonstration=True))
        place = add_place(session, kind="state").id
    return sign_in(Role.STATE_ADMIN, place)


def test_a_view_sees_text_alone(app: Flask) -> None:
    sent = {"n\0ame": "थाना\0 \x1b[2J\tक\r\n"}
    with app.test_request_context("/?a=%00b%ED%A0%80&a=c", method="POST", data=sent):
        assert request.args.getlist("a")[1] == "c"
        assert "\0" not in request.args["a"]
        assert request.form.to_dict() == {"name": "थाना [2J\tक\r\n"}
        assert request.values["name"] == request.form["name"]
    files = [(io.BytesIO(b"x"), "a\x01b.csv"), (io.BytesIO(b"x"), "c\x01d.csv")]
    with app.test_request_context("/", method="POST", data={"files": files}):
        assert [file.filename for file in request.files.getlist("files")] == ["ab.csv", "cd.csv"]


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/surveys/1/audio/%00", 404),
        ("/office/surveys/%00", 404),
        ("/office/surveys/a%00/1", 404),
        ("/office/surveys/x%00/quotas", 404),
        ("/office/accounts?q=%00", 200),
        ("/office/audit?action=%00&username=a%00&subject=%00", 200),
        ("/office/audit?from=0001-01-01", 200),
        ("/office/audit?until=9999-12-31", 200),
        ("/office/placements?text=%00", 200),
        ("/static/%00", 404),
        ("/static/css/%00.css", 404),
        ("/static/css/" + "a" * 256 + ".css", 404),
        ("/static/css/" + "a/" * 3_000 + "b.css", 404),
    ],
)
def test_no_address_brings_them_to_the_database_or_the_disk(admin: FlaskClient, path: str, status: int) -> None:
    assert admin.get(path).status_code == status


@pytest.mark.both_databases
def test_what_is_typed_is_kept_without_them(app: Flask, admin: FlaskClient) -> None:
    assert app.test_client().post("/office/sign-in", data={"username": "\0a", "password": "b"}).status_code == 401
    names = {"name_hi": "न\0मूना पुलिस", "name_en": "Sample\x07 Police"}
    assert admin.post("/office/department", data=names).status_code < 500
    with reading() as session:
        assert "\0" not in session.get_one(Department, 1).name_hi


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "3000-01-01"])
def test_a_day_that_nothing_can_be_computed_with_is_a_slip_of_the_pen(admin: FlaskClient, day: str) -> None:
    with transaction() as session:
        place = add_place(session, kind="district").id
    answer = admin.post(f"/office/places/{place}/move", data={"parent_code": "X", "from_on": day})
    assert answer.status_code in (403, 422)


def test_a_form_has_an_end(app: Flask) -> None:
    """Whoever sends more fields than any form has gets a refusal, and before they are looked at."""
    body = "".join(f'--x\r\nContent-Disposition: form-data; name="{at}"\r\n\r\n1\r\n' for at in range(MOST_FIELDS + 1))
    answer = app.test_client().post("/v", data=body + "--x--\r\n", content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    fields = {str(at): "1" for at in range(MOST_FIELDS + 1)}
    assert app.test_client().post("/v", data=fields).status_code == 413
    same = "&".join("a=1" for _ in fields)
    kind = "application/x-www-form-urlencoded"
    assert app.test_client().post("/v", data=same, content_type=kind).status_code == 413
    fields.popitem()
    assert app.test_client().post("/v", data=fields).status_code < 400

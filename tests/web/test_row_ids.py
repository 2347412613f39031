"""Numbers that no row can have, in every kind of address: a page that says so, never a broken server."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.models import Department
from app.transaction import transaction
from tests.factories import add_place

pytestmark = pytest.mark.both_databases

HUGE = "3" * 30


@pytest.fixture
def admin(app: Flask, sign_in) -> FlaskClient:  # type: ignore[no-untyped-def]
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना", name_en="Sample", demonstration=True))
        place = add_place(session, kind="state").id
    return sign_in(Role.STATE_ADMIN, place)


@pytest.mark.parametrize(
    "path",
    [
        "/v/{}",
        "/api/v1/surveys/{}",
        "/office/placements/{}",
        "/office/screens/{}",
        "/office/batches/{}",
        "/office/handles/{}/kit.zip",
        "/office/accounts/{}",
        "/office/devices/{}",
    ],
)
def test_there_is_no_such_page(admin: FlaskClient, path: str) -> None:
    for number in (HUGE, 2**31, 2**32):
        assert admin.get(path.format(number)).status_code == 404, number


@pytest.mark.parametrize(
    "path",
    [
        "/s/?placement={}&received=x",
        "/office/placements?place_id={}",
        "/office/placements/prints?placement={}",
        "/office/placements/prints?place={0}&survey={0}&spot=x",
        "/office/reports?below={}",
        "/office/placements?page={}",
        "/office/screens?page={}",
        "/v?page={}",
    ],
)
def test_an_argument_that_can_be_no_id_is_not_asked_for(admin: FlaskClient, path: str) -> None:
    for number in (HUGE, 2**31, 2**32 - 1, -1):
        assert admin.get(path.format(number)).status_code < 500, number

from flask.testing import FlaskClient

from app.domain.role import Role
from tests.fixtures.accounts import PASSWORD, SignIn, add_account


def post_sign_in(client: FlaskClient, username: str, password: str, **fields: str):  # type: ignore[no-untyped-def]
    return client.post("/office/sign-in", data={"username": username, "password": password, **fields})


def test_the_right_password_opens_the_office(client: FlaskClient) -> None:
    add_account(Role.STATION_HEAD, username="kotwali")
    answer = post_sign_in(client, " Kotwali ", PASSWORD)
    assert answer.status_code == 303
    assert answer.location == "/office/"
    assert client.get("/office/").status_code == 200


def test_the_fixture_signs_in(sign_in: SignIn) -> None:
    assert sign_in(Role.OUTREACH).get("/office/").status_code == 200


def test_a_wrong_password_comes_back_with_the_user_name(client: FlaskClient) -> None:
    add_account(Role.STATION_HEAD, username="kotwali")
    answer = post_sign_in(client, "kotwali", "wrong")
    assert answer.status_code == 401
    assert 'value="kotwali"' in answer.text
    assert "wrong" not in answer.text
    assert client.get("/office/").status_code == 302

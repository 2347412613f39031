"""Signing in and out, in the browser's own words."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.config import Mode, Settings
from app.domain.accounts.role import Role
from app.extensions import db
from app.factory import create_app
from app.formats.crypto.passwords import BUSY_FOR, MOST_STRANGERS, place_in_line
from app.formats.crypto.totp import decrypt_secret
from app.models import Account
from app.services.accounts import changes as accounts
from app.services.accounts import second_factors
from app.transaction import reading, transaction
from app.web.context import context
from tests.fixtures.accounts import PASSWORD, SignIn, add_account, open_session

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
NEW_PASSWORD = "hara pahaad 1950"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(app: Flask) -> Clock:
    app.config["CLOCK"] = Clock()
    return app.config["CLOCK"]


def post_sign_in(client: FlaskClient, username: str, password: str, **fields: str) -> TestResponse:
    return client.post("/office/sign-in", data={"username": username, "password": password, **fields})


def enrol(account_id: int, at: datetime) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    key = context().settings.secrets.accounts
    with transaction() as session:
        second_factors.begin_enrolment(session, account_id, key)
        totp = pyotp.TOTP(decrypt_secret(session.get_one(Account, account_id).totp_secret or b"", key, account_id))
        return totp, second_factors.confirm_enrolment(session, account_id, totp.at(at), key, at)


class TestBusy:
    """More at once than there are places: the next is told so, and nothing is counted or forgotten."""

    def test_the_form_comes_back_filled_in_with_when_to_try_again(self, client: FlaskClient) -> None:
        add_account(Role.STATION_HEAD, username="kotwali")
        with ExitStack() as others:
            for _ in range(MOST_STRANGERS):
                others.enter_context(place_in_line(known=False))
            for _ in range(5):
                answer = post_sign_in(client, "kotwali", PASSWORD, next="/office/placements")
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) in BUSY_FOR
            assert 'value="kotwali"' in answer.text
            assert 'value="/office/placements"' in answer.text
            assert PASSWORD not in answer.text
        # Not one of the five was counted, or this would have to wait.
        assert post_sign_in(client, "kotwali", PASSWORD).status_code == 303

    def test_a_browser_that_is_known_has_places_of_its_own(self, client: FlaskClient) -> None:
        add_account(Role.STATION_HEAD, username="kotwali")
        assert post_sign_in(client, "kotwali", PASSWORD).status_code == 303
        client.post("/office/sign-out")
        with ExitStack() as others:
            for _ in range(MOST_STRANGERS):
                others.enter_context(place_in_line(known=False))
            assert post_sign_in(client, "kotwali", PASSWORD).status_code == 303


class TestPassword:
    def test_the_right_one_opens_the_office(self, client: FlaskClient) -> None:
        add_account(Role.STATION_HEAD, username="kotwali")
        answer = post_sign_in(client, " Kotwali ", PASSWORD)
        assert (answer.status_code, answer.location) == (303, "/office/")
        assert client.get("/office/").status_code == 200

    def test_a_wrong_one_comes_back_with_the_user_name_and_without_the_password(self, client: FlaskClient) -> None:
        add_account(Role.STATION_HEAD, username="kotwali")
        answer = post_sign_in(client, "kotwali", "wrong-password")
        assert answer.status_code == 401
        assert 'value="kotwali"' in answer.text
        assert 'role="alert"' in answer.text
        assert "wrong-password" not in answer.text
        assert client.get("/office/").status_code == 302

    def test_empty_fields_are_named(self, client: FlaskClient) -> None:
        answer = client.post("/office/sign-in?lang=en", data={})
        assert answer.status_code == 422
        assert 'href="#username"' in answer.text
        assert 'href="#password"' in answer.text

    @pytest.mark.usefixtures("clock")
    def test_too_many_make_wait(self, client: FlaskClient) -> None:
        for _ in range(4):
            assert post_sign_in(client, "nobody", "x").status_code == 401
        assert post_sign_in(client, "nobody", "x").status_code == 429

    @pytest.mark.usefixtures("clock")
    def test_only_the_address_of_the_connection_counts(self, client: FlaskClient) -> None:
        """Without a declared proxy nobody chooses an address by a header."""
        answers = [
            client.post(
                "/office/sign-in",
                data={"username": "nobody", "password": "x"},
                headers={"X-Forwarded-For": f"192.0.2.{number}"},
            ).status_code
            for number in range(5)
        ]
        assert answers[-1] == 429


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/office/accounts?page=2", "/office/accounts?page=2"),
        ("https://evil.example/office/", "/office/"),
        ("//evil.example/office/", "/office/"),
        ("/office//evil.example", "/office/"),
        ("/office/../s/x", "/office/"),
        ("/\\evil.example/office", "/office/"),
        ("/office/\r\nSet-Cookie: x=1", "/office/"),
        ("javascript:alert(1)", "/office/"),
        ("/officer", "/office/"),
        ("/s/ABC", "/office/"),
        ("http://[/office/", "/office/"),
        ("", "/office/"),
    ],
)
def test_the_way_on_leads_to_own_pages_only(client: FlaskClient, asked: str, reached: str) -> None:
    add_account(Role.STATION_HEAD, username="kotwali")
    assert post_sign_in(client, "kotwali", PASSWORD, next=asked).location == reached


def test_the_page_that_was_asked_for_is_opened_afterwards(client: FlaskClient) -> None:
    add_account(Role.AUDITOR, username="auditor")
    sent = client.get("/office/audit?page=2")
    assert sent.status_code == 302
    form = client.get(sent.location)
    assert 'value="/office/audit?page=2"' in form.text


class TestSession:
    def test_it_ends_when_idle(self, client: FlaskClient, clock: Clock) -> None:
        open_session(client, add_account(Role.AUDITOR))
        for _ in range(3):
            clock.now += timedelta(minutes=29)
            assert client.get("/office/").status_code == 200
        clock.now += timedelta(minutes=31)
        assert client.get("/office/").status_code == 302

    def test_it_ends_after_a_working_day(self, client: FlaskClient, clock: Clock) -> None:
        open_session(client, add_account(Role.AUDITOR))
        while clock.now - NOW < timedelta(hours=7, minutes=45):
            clock.now += timedelta(minutes=20)
            assert client.get("/office/").status_code == 200
        clock.now = NOW + timedelta(hours=8, minutes=1)
        assert client.get("/office/").status_code == 302

    def test_signing_out_ends_it_for_a_copy_of_the_cookie_too(self, app: Flask, client: FlaskClient) -> None:
        add_account(Role.AUDITOR, username="auditor")
        post_sign_in(client, "auditor", PASSWORD)
        stolen = client.get_cookie("samvad")
        assert stolen is not None
        assert client.post("/office/sign-out").status_code == 303
        thief = app.test_client()
        thief.set_cookie("samvad", stolen.value)
        assert thief.get("/office/").status_code == 302

    def test_all_other_sessions_end_and_this_one_goes_on(self, app: Flask, client: FlaskClient) -> None:
        account_id = add_account(Role.AUDITOR)
        other = open_session(app.test_client(), account_id)
        open_session(client, account_id)
        client.post("/office/account/end-sessions")
        assert client.get("/office/").status_code == 200
        assert other.get("/office/").status_code == 302

    def test_a_forged_cookie_opens_nothing(self, client: FlaskClient) -> None:
        client.set_cookie("samvad", "eyJhY2NvdW50IjpbMSwwLCIwMCIsMSwxXX0.aaaaaa.bbbbbbbbbbb")
        assert client.get("/office/").status_code == 302

    def test_office_pages_are_kept_by_no_cache(self, sign_in: SignIn) -> None:
        assert sign_in(Role.AUDITOR).get("/office/").headers["Cache-Control"] == "no-store"


def test_public_pages_know_nothing_of_a_session(sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN)
    for address in ("/", "/s/AAAA", "/n", "/accessibility", "/no-such-page", "/api/v1/openapi.json"):
        answer = client.get(address)
        assert "Set-Cookie" not in answer.headers, address
        assert "Cookie" not in answer.headers.get("Vary", ""), address


class TestFirstPassword:
    def test_it_must_be_changed_before_anything_else(self, client: FlaskClient) -> None:
        add_account(Role.AUDITOR, username="auditor", must_change_password=True)
        post_sign_in(client, "auditor", PASSWORD)
        assert client.get("/office/audit").location == "/office/account/password"
        fields = {"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}
        assert client.post("/office/account/password", data=fields).location == "/office/"
        assert client.get("/office/audit").status_code == 200

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"old": "not it", "new": NEW_PASSWORD, "again": NEW_PASSWORD}, "old"),
            ({"old": PASSWORD, "new": "short", "again": "short"}, "new"),
            ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "new"),
            ({"old": PASSWORD, "new": NEW_PASSWORD, "again": "different it is"}, "again"),
        ],
    )
    def test_what_is_wrong_is_told_beside_the_field(self, sign_in: SignIn, fields: dict[str, str], field: str) -> None:
        answer = sign_in(Role.AUDITOR).post("/office/account/password", data=fields)
        assert answer.status_code >= 400
        assert f'id="{field}-error"' in answer.text
        assert PASSWORD not in answer.text


class TestSecondFactor:
    def test_signing_in_takes_both(self, client: FlaskClient, clock: Clock) -> None:
        account_id = add_account(Role.STATE_ADMIN, username="chief")
        totp, _ = enrol(account_id, NOW - timedelta(minutes=5))
        answer = post_sign_in(client, "chief", PASSWORD, next="/office/audit")
        assert answer.location == "/office/second-factor"
        assert client.get("/office/").status_code == 302
        assert client.post("/office/second-factor", data={"code": "000000"}).status_code == 401
        assert client.post("/office/second-factor", data={"code": totp.at(NOW)}).location == "/office/audit"
        assert client.get("/office/").status_code == 200

    def test_a_recovery_code_will_do(self, client: FlaskClient, clock: Clock) -> None:
        _, codes = enrol(add_account(Role.STATE_ADMIN, username="chief"), NOW - timedelta(minutes=5))
        post_sign_in(client, "chief", PASSWORD)
        assert client.get("/office/recovery-code").status_code == 200
        assert client.post("/office/recovery-code", data={"code": codes[0]}).location == "/office/"

    def test_it_is_awaited_for_five_minutes(self, client: FlaskClient, clock: Clock) -> None:
        totp, _ = enrol(add_account(Role.STATE_ADMIN, username="chief"), NOW - timedelta(minutes=5))
        post_sign_in(client, "chief", PASSWORD)
        clock.now += timedelta(minutes=6)
        answer = client.post("/office/second-factor", data={"code": totp.at(clock.now)})
        assert answer.location == "/office/sign-in"

    def test_without_the_password_there_is_nothing_to_ask(self, client: FlaskClient) -> None:
        assert client.get("/office/second-factor").location == "/office/sign-in"

    def test_it_is_set_up_with_a_code_of_the_app(self, sign_in: SignIn, clock: Clock) -> None:
        client = sign_in(Role.AUDITOR, username="auditor")
        assert "data:image/svg+xml;base64," not in client.get("/office/account/totp").text
        client.post("/office/account/totp/begin")
        page = client.get("/office/account/totp").text
        assert "data:image/svg+xml;base64," in page
        secret = page.split("<code>")[1].split("</code>")[0].replace(" ", "")
        assert client.post("/office/account/totp", data={"code": "000000"}).status_code == 401
        shown = client.post("/office/account/totp", data={"code": pyotp.TOTP(secret).at(NOW)})
        assert shown.text.count("<li><code>") == 10
        clock.now += timedelta(minutes=1)
        renewed = client.post("/office/account/recovery-codes", data={"code": pyotp.TOTP(secret).at(clock.now)})
        assert renewed.text.count("<li><code>") == 10
        assert renewed.text != shown.text


@pytest.fixture
def production(settings: Settings) -> Iterator[Flask]:
    """The application as it runs behind a TLS proxy, CSRF and all."""
    real = type(settings)(
        mode=Mode.PRODUCTION,
        instance=settings.instance,
        database_url=settings.database_url,
        address="https://samvad.example.in",
        secrets=settings.secrets,
        proxies=1,
    )
    app = create_app(real)
    with app.app_context():
        db.metadata.create_all(db.engine)
        yield app
        for engine in db.engines.values():
            engine.dispose()


class TestProduction:
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}  # noqa: RUF012

    def test_a_state_administrator_sets_up_a_second_factor_first(self, production: Flask) -> None:
        for role, location in ((Role.STATE_ADMIN, "/office/account/totp"), (Role.AUDITOR, None)):
            client = production.test_client()
            account_id = add_account(role)
            with client.session_transaction("/office/", base_url="https://samvad.example.in") as cookie:
                stamp = int(datetime.now(UTC).timestamp())
                cookie["account"] = [account_id, 0, "00" * 16, stamp, stamp]
            answer = client.get("/office/audit", base_url="https://samvad.example.in")
            assert answer.location == location

    def test_cookies_travel_by_https_only(self, production: Flask) -> None:
        answer = production.test_client().get("/office/sign-in", headers=self.headers)
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-samvad=")
        assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
        assert "max-age=" in answer.headers["Strict-Transport-Security"]

    def test_a_form_without_its_token_is_refused(self, production: Flask) -> None:
        answer = production.test_client().post(
            "/office/sign-in", data={"username": "x", "password": "y"}, base_url="https://samvad.example.in"
        )
        assert answer.status_code == 400

    def test_the_browser_is_known_again_and_the_cookie_stays_on_the_sign_in_page(self, production: Flask) -> None:
        add_account(Role.AUDITOR, username="auditor")
        production.config["WTF_CSRF_ENABLED"] = False
        answer = production.test_client().post(
            "/office/sign-in",
            data={"username": "auditor", "password": PASSWORD},
            base_url="https://samvad.example.in",
        )
        known = next(line for line in answer.headers.getlist("Set-Cookie") if "browser" in line)
        assert known.startswith("__Secure-samvad-browser=")
        assert all(word in known for word in ("Path=/office/sign-in", "Secure", "HttpOnly", "SameSite=Strict"))


def test_an_account_that_is_disabled_is_out_at_once(sign_in: SignIn, app: Flask) -> None:
    client = sign_in(Role.AUDITOR, username="auditor")
    with transaction() as session:
        account_id = session.query(Account.id).filter_by(username="auditor").scalar()
        accounts.disable_account(session, account_id, None, NOW)
    assert client.get("/office/").status_code == 302
    with reading() as session:
        assert session.get_one(Account, account_id).disabled_at == NOW

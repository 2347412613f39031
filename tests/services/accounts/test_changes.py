"""Accounts and signing in, without the web."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.accounts.account import SessionClaim
from app.domain.accounts.role import Role
from app.domain.problem import Problem
from app.formats.crypto import passwords
from app.formats.crypto.passwords import PasswordHash, needs_rehash
from app.formats.crypto.totp import decrypt_secret
from app.models import Account, AuditEntry, RecoveryCode, SignInDelay
from app.services.accounts import changes as accounts
from app.services.accounts import second_factors, sign_in
from app.services.accounts.queries import describe_account, list_accounts
from app.services.accounts.sign_in import KnownBrowser, NextStep
from app.transaction import reading, transaction
from tests.factories.places import add_place
from tests.fixtures.accounts import PASSWORD, PASSWORD_HASH, add_account

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
KEY = b"c" * 32
ADDRESS = "192.0.2.7"


def try_password(
    username: str,
    password: str,
    now: datetime = NOW,
    address: str = ADDRESS,
    browser: KnownBrowser | None = None,
) -> sign_in.Admitted:
    """The three steps, as the page takes them."""
    with transaction() as session:
        attempt = sign_in.begin_sign_in(session, username, address, browser, KEY, now)
    checked = sign_in.check_credentials(attempt, password)
    with transaction() as session:
        return sign_in.finish_sign_in(session, checked, now)


def begin(username: str) -> None:
    with transaction() as session:
        sign_in.begin_sign_in(session, username, ADDRESS, None, KEY, NOW)


def refusal_of(call: Callable[[], object]) -> str:
    with pytest.raises(Problem) as refused:
        call()
    return refused.value.code


def last_action(session: Session) -> str | None:
    return session.scalar(select(AuditEntry.action).order_by(AuditEntry.sequence.desc()).limit(1))


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where many passwords are tried and their cost is beside the point."""
    hasher = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    passwords._nobodys_hash.cache_clear()
    yield
    passwords._nobodys_hash.cache_clear()


class TestCreateAccount:
    @pytest.mark.both_databases
    def test_it_is_stored_and_recorded(self, app: Flask) -> None:
        with transaction() as session:
            station = add_place(session, parent=add_place(session, kind="state"))
            new = accounts.NewAccount(" SHO.Kotwali", "थाना प्रभारी", Role.STATION_HEAD, station.id)
            account_id = accounts.create_account(session, new, PasswordHash(PASSWORD_HASH), None, NOW)
            assert last_action(session) == "account.created"
        with reading() as session:
            view = describe_account(session, account_id)
        assert (view.username, view.role, view.must_change_password) == ("sho.kotwali", Role.STATION_HEAD, True)

    def test_a_user_name_is_given_once(self, app: Flask) -> None:
        add_account(Role.AUDITOR, username="taken")
        with transaction() as session:
            place_id = session.scalars(select(Account.place_id)).first() or 0
            new = accounts.NewAccount("TAKEN", "x", Role.AUDITOR, place_id)
            code = refusal_of(lambda: accounts.create_account(session, new, PasswordHash(PASSWORD_HASH), None, NOW))
        assert code == "account.username_taken"

    def test_a_state_administrator_below_the_root_is_refused(self, app: Flask) -> None:
        with transaction() as session:
            district = add_place(session, parent=add_place(session, kind="state"), kind="district")
            new = accounts.NewAccount("boss", "x", Role.STATE_ADMIN, district.id)
            code = refusal_of(lambda: accounts.create_account(session, new, PasswordHash(PASSWORD_HASH), None, NOW))
        assert code == "account.role_place"

    def test_a_password_is_checked_before_it_is_hashed(self) -> None:
        assert refusal_of(lambda: accounts.prepare_password("short", "x")) == "password.short"


class TestSignIn:
    @pytest.mark.both_databases
    def test_the_right_password_lets_in(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR, username="auditor")
        admitted = try_password("Auditor ", PASSWORD)
        assert (admitted.account_id, admitted.next_step) == (account_id, NextStep.DONE)
        with reading() as session:
            assert last_action(session) == "account.signed_in"
            assert session.scalar(select(func.count()).select_from(SignInDelay)) == 0

    def test_a_weak_hash_is_replaced(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR, username="auditor")
        try_password("auditor", PASSWORD)
        with reading() as session:
            assert not needs_rehash(session.get_one(Account, account_id).password_hash)

    def test_unknown_disabled_and_wrong_cost_one_hash_and_look_alike(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add_account(Role.AUDITOR, username="auditor")
        add_account(Role.AUDITOR, username="gone", disabled_at=NOW)
        calls: list[str | None] = []

        def counting(stored: str | None, password: str) -> bool:
            calls.append(stored)
            return passwords.verify_password(stored, password)

        monkeypatch.setattr(sign_in, "verify_password", counting)
        codes = [
            refusal_of(lambda: try_password("auditor", "wrong")),
            refusal_of(lambda: try_password("nobody", PASSWORD)),
            refusal_of(lambda: try_password("gone", PASSWORD)),
        ]
        assert codes == ["sign_in.refused"] * 3
        assert len(calls) == 3
        assert calls[1:] == [None, None]

    def test_no_transaction_is_open_while_the_hash_is_made(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        add_account(Role.AUDITOR, username="auditor")

        def looking(stored: str | None, password: str) -> bool:
            # On SQLite a second writer would wait ten seconds and fail if the first were still open.
            with transaction() as session:
                session.execute(select(Account.id))
            return passwords.verify_password(stored, password)

        monkeypatch.setattr(sign_in, "verify_password", looking)
        assert try_password("auditor", PASSWORD).next_step is NextStep.DONE

    def test_a_password_that_changed_meanwhile_does_not_let_in(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR, username="auditor")
        with transaction() as session:
            attempt = sign_in.begin_sign_in(session, "auditor", ADDRESS, None, KEY, NOW)
        checked = sign_in.check_credentials(attempt, PASSWORD)
        with transaction() as session:
            accounts.reset_password(session, account_id, PasswordHash("another"), None, NOW)
        with transaction() as session:
            assert refusal_of(lambda: sign_in.finish_sign_in(session, checked, NOW)) == "sign_in.refused"


@pytest.mark.usefixtures("cheap_hashes")
class TestDelays:
    def test_failures_make_wait_and_the_owner_gets_in_after_the_wait(self, app: Flask) -> None:
        add_account(Role.AUDITOR, username="auditor")
        for _ in range(4):
            assert refusal_of(lambda: try_password("auditor", "wrong")) == "sign_in.refused"
        assert refusal_of(lambda: try_password("auditor", PASSWORD)) == "sign_in.wait"
        assert try_password("auditor", PASSWORD, NOW + timedelta(seconds=2)).next_step is NextStep.DONE

    def test_unknown_names_wait_like_known_ones(self, app: Flask) -> None:
        for _ in range(4):
            refusal_of(lambda: try_password("nobody", "wrong"))
        assert refusal_of(lambda: try_password("nobody", "wrong")) == "sign_in.wait"

    def test_an_address_waits_whatever_names_it_tries(self, app: Flask) -> None:
        for number in range(21):
            assert refusal_of(lambda number=number: try_password(f"user{number}", "wrong")) == "sign_in.refused"
        assert refusal_of(lambda: try_password("user99", "wrong")) == "sign_in.wait"
        assert refusal_of(lambda: try_password("user99", "wrong", address="192.0.2.8")) == "sign_in.refused"

    def test_a_neighbourhood_of_ipv6_addresses_is_one(self, app: Flask) -> None:
        for number in range(21):
            refusal_of(lambda number=number: try_password(f"u{number}", "x", address=f"2001:db8::{number + 1:x}"))
        assert refusal_of(lambda: try_password("u99", "x", address="2001:db8::ffff")) == "sign_in.wait"

    def test_strangers_cannot_keep_the_owner_out_of_a_known_browser(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR, username="auditor")
        for number in range(4):
            refusal_of(lambda number=number: try_password("auditor", "wrong", address=f"198.51.100.{number}"))
        assert refusal_of(lambda: try_password("auditor", PASSWORD)) == "sign_in.wait"
        browser = KnownBrowser(account_id, "aa")
        assert try_password("auditor", PASSWORD, browser=browser).next_step is NextStep.DONE

    def test_a_browser_known_to_one_account_is_unknown_to_another(self, app: Flask) -> None:
        own = add_account(Role.AUDITOR, username="own")
        add_account(Role.AUDITOR, username="other")
        for _ in range(4):
            refusal_of(lambda: try_password("other", "wrong", browser=KnownBrowser(own, "aa")))
        assert refusal_of(lambda: try_password("other", "wrong", browser=KnownBrowser(own, "aa"))) == "sign_in.wait"

    def test_guesses_sent_at_once_are_counted_before_they_are_checked(self, app: Flask) -> None:
        add_account(Role.AUDITOR, username="auditor")
        for _ in range(4):
            begin("auditor")
        assert refusal_of(lambda: begin("auditor")) == "sign_in.wait"

    def test_the_table_names_nobody(self, app: Flask) -> None:
        refusal_of(lambda: try_password("auditor", "wrong"))
        with reading() as session:
            keys = session.scalars(select(SignInDelay.key)).all()
        assert len(keys) == 2
        assert all(len(key) == 32 and b"auditor" not in key for key in keys)


@pytest.fixture
def enrolled(app: Flask) -> tuple[int, pyotp.TOTP, tuple[str, ...]]:
    """An account with an authenticator app, the app, and the recovery codes."""
    account_id = add_account(Role.STATE_ADMIN, username="chief")
    with transaction() as session:
        second_factors.begin_enrolment(session, account_id, KEY)
        sealed = session.get_one(Account, account_id).totp_secret
        assert sealed is not None
        totp = pyotp.TOTP(decrypt_secret(sealed, KEY, account_id))
        earlier = NOW - timedelta(minutes=5)
        codes = second_factors.confirm_enrolment(session, account_id, totp.at(earlier), KEY, earlier)
    return account_id, totp, codes


Enrolled = tuple[int, pyotp.TOTP, tuple[str, ...]]


class TestSecondFactor:
    def test_the_password_alone_is_not_enough(self, enrolled: Enrolled) -> None:
        assert try_password("chief", PASSWORD).next_step is NextStep.SECOND_FACTOR

    @pytest.mark.both_databases
    def test_a_code_works_once(self, enrolled: Enrolled) -> None:
        account_id, totp, _ = enrolled
        code = totp.at(NOW)
        with transaction() as session:
            second_factors.pass_by_code(session, account_id, 0, code, KEY, NOW)
            assert last_action(session) == "account.signed_in"
        for later in (NOW, NOW + timedelta(seconds=29)):
            with transaction() as session:
                refused = refusal_of(
                    lambda session=session, later=later: second_factors.pass_by_code(
                        session, account_id, 0, code, KEY, later
                    )
                )
            assert refused == "second_factor.refused"

    def test_a_code_may_be_typed_in_devanagari_with_spaces(self, enrolled: Enrolled) -> None:
        account_id, totp, _ = enrolled
        code = totp.at(NOW).translate(str.maketrans("0123456789", "०१२३४५६७८९"))
        with transaction() as session:
            second_factors.pass_by_code(session, account_id, 0, f"{code[:3]} {code[3:]}", KEY, NOW)

    def test_a_recovery_code_works_once(self, enrolled: Enrolled) -> None:
        account_id, _, codes = enrolled
        with transaction() as session:
            second_factors.pass_by_recovery_code(session, account_id, 0, codes[3].lower(), KEY, NOW)
        with transaction() as session:
            again = refusal_of(lambda: second_factors.pass_by_recovery_code(session, account_id, 0, codes[3], KEY, NOW))
        assert again == "recovery_code.refused"
        with reading() as session:
            assert describe_account(session, account_id).recovery_codes_left == 9

    def test_wrong_codes_make_wait(self, enrolled: Enrolled) -> None:
        def count() -> None:
            with transaction() as session:
                second_factors.count_second_factor(session, enrolled[0], KEY, NOW)

        for _ in range(4):
            count()
        assert refusal_of(count) == "sign_in.wait"

    def test_codes_are_stored_as_hashes(self, enrolled: Enrolled) -> None:
        _, _, codes = enrolled
        with reading() as session:
            stored = session.scalars(select(RecoveryCode.code_hash)).all()
        assert len(stored) == 10
        assert not {code.encode() for code in codes} & set(stored)

    def test_a_reset_takes_app_codes_and_sessions(self, enrolled: Enrolled) -> None:
        account_id, totp, _ = enrolled
        with transaction() as session:
            accounts.reset_totp(session, account_id, None, NOW)
        with transaction() as session:
            code = refusal_of(lambda: second_factors.pass_by_code(session, account_id, 0, totp.at(NOW), KEY, NOW))
        assert code == "sign_in.expired"
        assert try_password("chief", PASSWORD).next_step is NextStep.DONE

    def test_an_app_is_not_replaced_from_within_a_session(self, enrolled: Enrolled) -> None:
        with transaction() as session:
            assert (
                refusal_of(lambda: second_factors.begin_enrolment(session, enrolled[0], KEY)) == "second_factor.set_up"
            )


def claim_of(account_id: int, epoch: int = 0, at: datetime = NOW) -> SessionClaim:
    return SessionClaim(account_id, epoch, b"k" * 16, at, at)


def is_in(claim: SessionClaim, now: datetime = NOW) -> bool:
    with reading() as session:
        return sign_in.load_signed_in(session, claim, totp_mandatory=True, now=now) is not None


class TestSessions:
    def test_they_end_everywhere(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR)
        assert is_in(claim_of(account_id))
        with transaction() as session:
            epoch = accounts.end_sessions(session, account_id, account_id, NOW)
        assert not is_in(claim_of(account_id))
        assert is_in(claim_of(account_id, epoch))

    @pytest.mark.both_databases
    def test_a_copied_cookie_is_worth_nothing_after_signing_out(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR)
        with transaction() as session:
            sign_in.end_one_session(session, claim_of(account_id), NOW)
            sign_in.end_one_session(session, claim_of(account_id), NOW)
        assert not is_in(claim_of(account_id))
        assert is_in(SessionClaim(account_id, 0, b"other" * 4, NOW, NOW))

    def test_disabling_ends_them(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR)
        with transaction() as session:
            accounts.disable_account(session, account_id, None, NOW)
        assert not is_in(claim_of(account_id, 1))

    def test_a_state_administrator_needs_a_second_factor_where_it_is_mandatory(self, app: Flask) -> None:
        chief, auditor = add_account(Role.STATE_ADMIN), add_account(Role.AUDITOR)
        with reading() as session:
            asked = [
                sign_in.load_signed_in(session, claim_of(chief), totp_mandatory=True, now=NOW),
                sign_in.load_signed_in(session, claim_of(chief), totp_mandatory=False, now=NOW),
                sign_in.load_signed_in(session, claim_of(auditor), totp_mandatory=True, now=NOW),
            ]
        assert [account and account.needs_totp for account in asked] == [True, False, False]


class TestReassigning:
    @pytest.mark.both_databases
    def test_it_changes_the_account_ends_its_sessions_and_is_recorded(self, app: Flask) -> None:
        with transaction() as session:
            state = add_place(session, kind="state")
            district = add_place(session, parent=state, kind="district")
            station = add_place(session, parent=district)
        boss = add_account(Role.STATE_ADMIN, state.id)
        moved = add_account(Role.STATION_HEAD, station.id, name="थाना प्रभारी")
        with transaction() as session:
            accounts.reassign_account(session, moved, "थाना प्रभारी", Role.DISTRICT_HEAD, district.id, boss, NOW)
        with reading() as session:
            account = session.get_one(Account, moved)
            assert (account.role, account.place_id, account.session_epoch) == ("district_head", district.id, 1)
            entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "account.reassigned")).one()
            assert json.loads(entry.details) == {
                "role": ["station_head", "district_head"],
                "place": [station.id, district.id],
            }
        with transaction() as session:
            accounts.reassign_account(session, moved, "थाना प्रभारी", Role.DISTRICT_HEAD, district.id, boss, NOW)
            assert session.get_one(Account, moved).session_epoch == 1

    def test_what_would_harm_is_refused(self, app: Flask) -> None:
        with transaction() as session:
            state = add_place(session, kind="state")
            station = add_place(session, parent=state)
        boss, head = add_account(Role.STATE_ADMIN, state.id), add_account(Role.STATION_HEAD, station.id)

        def refused(account_id: int, role: Role, place_id: int, by: int | None, name: str = "x") -> str:
            with transaction() as session:
                return refusal_of(lambda: accounts.reassign_account(session, account_id, name, role, place_id, by, NOW))

        assert refused(boss, Role.AUDITOR, state.id, boss) == "account.own"
        assert refused(boss, Role.AUDITOR, state.id, None) == "account.last_administrator"
        assert refused(head, Role.STATE_ADMIN, station.id, boss) == "account.role_place"
        assert refused(head, Role.AUDITOR, 9999, boss) == "account.role_place"
        assert refused(head, Role.AUDITOR, state.id, boss, " ") == "account.name_invalid"


@pytest.mark.usefixtures("cheap_hashes")
class TestFailingInTheAudit:
    def entries(self) -> list[tuple[str, str, object]]:
        with reading() as session:
            found = session.scalars(select(AuditEntry).order_by(AuditEntry.sequence))
            return [(entry.action, entry.subject, json.loads(entry.details)) for entry in found]

    @pytest.mark.both_databases
    def test_an_account_that_is_attacked_has_two_entries(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR, username="auditor")
        for number in range(40):
            moment, address = NOW + timedelta(minutes=2 * number), f"198.51.100.{number}"
            refusal_of(lambda: try_password("auditor", "wrong", moment, address))  # noqa: B023
        told = {"what": "password"}
        assert self.entries() == [
            ("account.sign_in_failing", f"account:{account_id}", {**told, "attempts": 4}),
            ("account.sign_in_failing", f"account:{account_id}", {**told, "attempts": 9}),
        ]

    def test_names_that_nobody_has_leave_one_entry_a_day(self, app: Flask) -> None:
        for number in range(70):
            moment, address = NOW + timedelta(minutes=2 * number), f"198.51.100.{number % 2}"
            refusal_of(lambda: try_password(f"nobody{number}", "wrong", moment, address))  # noqa: B023
        assert self.entries() == [("sign_in.failing", "sign_in:address", {"attempts": 21})]


class TestDisabling:
    def test_the_last_administrator_stays(self, app: Flask) -> None:
        first, second = add_account(Role.STATE_ADMIN), add_account(Role.STATE_ADMIN)
        with transaction() as session:
            accounts.disable_account(session, first, second, NOW)
        with transaction() as session:
            code = refusal_of(lambda: accounts.disable_account(session, second, None, NOW))
        assert code == "account.last_administrator"

    def test_nobody_disables_themselves(self, app: Flask) -> None:
        own = add_account(Role.STATE_ADMIN)
        with transaction() as session:
            assert refusal_of(lambda: accounts.disable_account(session, own, own, NOW)) == "account.own"


def test_accounts_are_found_by_post_place_and_role(app: Flask) -> None:
    add_account(Role.AUDITOR, username="anna.one", name="लेखा परीक्षक")
    add_account(Role.OUTREACH, username="bela.two")
    with reading() as session:
        assert [each.username for each in list_accounts(session, text="परीक्षक").rows] == ["anna.one"]
        assert [each.username for each in list_accounts(session, role=Role.OUTREACH).rows] == ["bela.two"]
        assert list_accounts(session, text="%").total == 0
        assert list_accounts(session, frozenset()).total == 0
        assert [each.username for each in list_accounts(session, page=9, per_page=1).rows] == ["bela.two"]

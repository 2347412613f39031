"""Signing in by password, and what a session is worth afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.accounts.role import Role
from app.domain.accounts.session import LONGEST, SessionClaim
from app.formats.crypto import passwords
from app.formats.crypto.passwords import PasswordHash, needs_rehash
from app.models import Account, EndedSession, SignInDelay
from app.services.accounts import changes as accounts
from app.services.accounts import sign_in
from app.services.accounts.sign_in import KnownBrowser, NextStep
from app.transaction import reading, transaction
from tests.fixtures.accounts import PASSWORD, add_account
from tests.services.accounts.signing_in import ADDRESS, KEY, NOW, claim_of, is_in, last_action, refusal_of, try_password


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
class TestKnownBrowsers:
    def test_strangers_cannot_keep_the_owner_out_of_a_known_browser(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR, username="auditor")
        for _ in range(4):
            refusal_of(lambda: try_password("auditor", "wrong"))
        assert refusal_of(lambda: try_password("auditor", PASSWORD)) == "sign_in.wait"
        browser = KnownBrowser(account_id, "aa")
        assert try_password("auditor", PASSWORD, browser=browser).next_step is NextStep.DONE

    def test_a_browser_known_to_one_account_is_unknown_to_another(self, app: Flask) -> None:
        own = add_account(Role.AUDITOR, username="own")
        add_account(Role.AUDITOR, username="other")
        for _ in range(4):
            refusal_of(lambda: try_password("other", "wrong", browser=KnownBrowser(own, "aa")))
        assert refusal_of(lambda: try_password("other", "wrong", browser=KnownBrowser(own, "aa"))) == "sign_in.wait"


class TestSessions:
    @pytest.mark.both_databases
    def test_a_copied_cookie_is_worth_nothing_after_signing_out(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR)
        with transaction() as session:
            sign_in.end_one_session(session, claim_of(account_id), NOW)
            sign_in.end_one_session(session, claim_of(account_id), NOW)
        assert not is_in(claim_of(account_id))
        assert is_in(SessionClaim(account_id, 0, b"other" * 4, NOW, NOW))

    def test_a_state_administrator_needs_a_second_factor_where_it_is_mandatory(self, app: Flask) -> None:
        chief, auditor = add_account(Role.STATE_ADMIN), add_account(Role.AUDITOR)
        with reading() as session:
            asked = [
                sign_in.load_signed_in(session, claim_of(chief), totp_mandatory=True, now=NOW),
                sign_in.load_signed_in(session, claim_of(chief), totp_mandatory=False, now=NOW),
                sign_in.load_signed_in(session, claim_of(auditor), totp_mandatory=True, now=NOW),
            ]
        assert [account and account.needs_totp for account in asked] == [True, False, False]

    def test_what_was_noted_of_an_ended_session_goes_when_no_cookie_could_still_be_good(self, app: Flask) -> None:
        account_id, later = add_account(Role.AUDITOR), NOW + LONGEST + timedelta(seconds=1)
        with transaction() as session:
            sign_in.end_one_session(session, claim_of(account_id), NOW)
        with transaction() as session:
            sign_in.end_one_session(session, replace(claim_of(account_id, at=later), key=b"other" * 4), later)
            assert session.scalars(select(EndedSession.until_at)).all() == [later + LONGEST]


@pytest.mark.usefixtures("cheap_hashes")
class TestPasswordCheck:
    """Proving the password once more, from within a session."""

    def check(self, account_id: int, password: str) -> None:
        with transaction() as session:
            attempt = sign_in.begin_password_check(session, account_id, KEY, NOW)
        checked = sign_in.check_credentials(attempt, password)
        with transaction() as session:
            sign_in.finish_password_check(session, checked, NOW)

    def test_wrong_ones_make_wait_here_and_not_at_the_door(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR, username="auditor")
        for _ in range(11):
            assert refusal_of(lambda: self.check(account_id, "wrong")) == "sign_in.refused"
        assert refusal_of(lambda: self.check(account_id, PASSWORD)) == "sign_in.wait"
        assert try_password("auditor", PASSWORD).next_step is NextStep.DONE

    def test_the_right_one_makes_up_for_those_before_it(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR)
        for _ in range(2):
            for _ in range(10):
                refusal_of(lambda: self.check(account_id, "wrong"))
            self.check(account_id, PASSWORD)

    def test_one_that_changed_meanwhile_proves_nothing(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR)
        with transaction() as session:
            attempt = sign_in.begin_password_check(session, account_id, KEY, NOW)
        checked = sign_in.check_credentials(attempt, PASSWORD)
        with transaction() as session:
            accounts.reset_password(session, account_id, PasswordHash("another"), None, NOW)
            assert refusal_of(lambda: sign_in.finish_password_check(session, checked, NOW)) == "sign_in.refused"

"""Accounts made, reassigned, disabled; and their sessions with them."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.formats.crypto.passwords import PasswordHash
from app.models import Account, AuditEntry
from app.services.accounts import changes as accounts
from app.services.accounts.queries import describe_account
from app.transaction import reading, transaction
from tests.factories.places.places import add_place
from tests.fixtures.accounts import PASSWORD_HASH, add_account
from tests.services.accounts.signing_in import NOW, claim_of, is_in, last_action, refusal_of


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


class TestSessions:
    def test_they_end_everywhere(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR)
        assert is_in(claim_of(account_id))
        with transaction() as session:
            epoch = accounts.end_sessions(session, account_id, account_id, NOW)
        assert not is_in(claim_of(account_id))
        assert is_in(claim_of(account_id, epoch))

    def test_disabling_ends_them(self, app: Flask) -> None:
        account_id = add_account(Role.AUDITOR)
        with transaction() as session:
            accounts.disable_account(session, account_id, None, NOW)
        assert not is_in(claim_of(account_id, 1))


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

"""Proving who one is: what was tried stays counted, whatever becomes of it, and a failure uses nothing up."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.domain.accounts.account import SignedIn
from app.domain.accounts.role import Role
from app.domain.problem import Problem
from app.formats.crypto.totp import decrypt_secret
from app.models import Account, AuditEntry, SignInDelay
from app.services.accounts.second_factors import begin_enrolment
from app.services.accounts.sign_in import Admitted, NextStep
from app.transaction import reading, transaction
from app.workflows.sign_in import (
    admit,
    draw_recovery_codes,
    pass_recovery_code,
    pass_second_factor,
    replace_password,
    set_up_second_factor,
)
from tests.fixtures.accounts import PASSWORD, add_account
from tests.fixtures.faults import failing_commit

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(minutes=5)
KEY = b"c" * 32


def enter(password: str = PASSWORD, now: datetime = NOW) -> Admitted:
    return admit("auditor", password, address="192.0.2.7", browser=None, key=KEY, now=now)


def counted() -> int:
    """Names and addresses that failed attempts are counted for."""
    with reading() as session:
        return session.scalar(select(func.count()).select_from(SignInDelay)) or 0


def actions() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)))


@pytest.fixture
def auditor(app: Flask) -> SignedIn:
    account_id = add_account(Role.AUDITOR, username="auditor")
    with reading() as session:
        place_id = session.get_one(Account, account_id).place_id
    return SignedIn(account_id, "auditor", "Post", Role.AUDITOR, place_id, "en", 0, False, False)


class TestPassword:
    def test_a_wrong_one_stays_counted_and_the_right_one_is_forgiven(self, auditor: SignedIn) -> None:
        with pytest.raises(Problem, match=r"sign_in\.refused"):
            enter("wrong")
        assert counted() == 3
        assert enter().next_step is NextStep.DONE
        assert counted() == 2

    def test_if_letting_in_fails_the_attempt_stays_counted_and_nobody_is_in(self, auditor: SignedIn) -> None:
        with failing_commit(2), pytest.raises(OperationalError):
            enter()
        assert counted() == 3
        assert actions() == []
        assert enter().account_id == auditor.id

    def test_a_new_one_ends_every_session_but_the_own(self, auditor: SignedIn) -> None:
        epoch = replace_password(auditor, PASSWORD, "haathi ghoda palki", key=KEY, now=NOW)
        assert enter("haathi ghoda palki").epoch == epoch > auditor.session_epoch

    def test_a_wrong_old_one_stays_counted_and_the_same_one_is_none(self, auditor: SignedIn) -> None:
        with pytest.raises(Problem, match=r"sign_in\.refused"):
            replace_password(auditor, "wrong", "haathi ghoda palki", key=KEY, now=NOW)
        assert counted() == 1
        with pytest.raises(Problem, match=r"password\.same"):
            replace_password(auditor, PASSWORD, PASSWORD, key=KEY, now=NOW)

    def test_if_writing_the_new_one_fails_the_old_one_holds(self, auditor: SignedIn) -> None:
        with failing_commit(2), pytest.raises(OperationalError):
            replace_password(auditor, PASSWORD, "haathi ghoda palki", key=KEY, now=NOW)
        assert enter().epoch == auditor.session_epoch


class TestSecondFactor:
    @pytest.fixture
    def app_of(self, auditor: SignedIn) -> pyotp.TOTP:
        """The authenticator app of the auditor, begun and not confirmed."""
        with transaction() as session:
            begin_enrolment(session, auditor.id, KEY)
            sealed = session.get_one(Account, auditor.id).totp_secret
        assert sealed is not None
        return pyotp.TOTP(decrypt_secret(sealed, KEY, auditor.id))

    @pytest.fixture
    def recovery_codes(self, auditor: SignedIn, app_of: pyotp.TOTP) -> tuple[str, ...]:
        return set_up_second_factor(auditor.id, app_of.at(EARLIER), key=KEY, now=EARLIER)

    def test_a_set_up_that_fails_demands_nothing(self, auditor: SignedIn, app_of: pyotp.TOTP) -> None:
        with failing_commit(2), pytest.raises(OperationalError):
            set_up_second_factor(auditor.id, app_of.at(NOW), key=KEY, now=NOW)
        assert counted() == 1
        assert enter().next_step is NextStep.DONE
        assert len(set_up_second_factor(auditor.id, app_of.at(NOW), key=KEY, now=NOW)) == 10

    @pytest.mark.usefixtures("recovery_codes")
    def test_a_wrong_code_stays_counted_and_a_failure_uses_none_up(self, auditor: SignedIn, app_of: pyotp.TOTP) -> None:
        admitted = enter()
        assert admitted.next_step is NextStep.SECOND_FACTOR
        before = counted()
        with pytest.raises(Problem, match=r"second_factor\.refused"):
            pass_second_factor(auditor.id, admitted.epoch, "000000", key=KEY, now=NOW)
        assert counted() == before + 1
        code = app_of.at(NOW)
        with failing_commit(2), pytest.raises(OperationalError):
            pass_second_factor(auditor.id, admitted.epoch, code, key=KEY, now=NOW)
        assert pass_second_factor(auditor.id, admitted.epoch, code, key=KEY, now=NOW) == admitted.epoch
        with pytest.raises(Problem, match=r"second_factor\.refused"):
            pass_second_factor(auditor.id, admitted.epoch, code, key=KEY, now=NOW)

    def test_a_recovery_code_is_used_up_by_letting_in_alone(
        self, auditor: SignedIn, recovery_codes: tuple[str, ...]
    ) -> None:
        epoch, code = enter().epoch, recovery_codes[0]
        with failing_commit(2), pytest.raises(OperationalError):
            pass_recovery_code(auditor.id, epoch, code, key=KEY, now=NOW)
        assert pass_recovery_code(auditor.id, epoch, code, key=KEY, now=NOW) == epoch
        with pytest.raises(Problem, match=r"recovery_code\.refused"):
            pass_recovery_code(auditor.id, epoch, code, key=KEY, now=NOW)

    def test_old_recovery_codes_hold_until_the_new_ones_are_kept(
        self, auditor: SignedIn, app_of: pyotp.TOTP, recovery_codes: tuple[str, ...]
    ) -> None:
        epoch = enter().epoch
        with failing_commit(2), pytest.raises(OperationalError):
            draw_recovery_codes(auditor.id, app_of.at(NOW), key=KEY, now=NOW)
        assert pass_recovery_code(auditor.id, epoch, recovery_codes[0], key=KEY, now=NOW) == epoch
        fresh = draw_recovery_codes(auditor.id, app_of.at(NOW), key=KEY, now=NOW)
        with pytest.raises(Problem, match=r"recovery_code\.refused"):
            pass_recovery_code(auditor.id, epoch, recovery_codes[1], key=KEY, now=NOW)
        assert pass_recovery_code(auditor.id, epoch, fresh[0], key=KEY, now=NOW) == epoch

"""Proving who one is: every attempt is counted in a transaction of its own, before anybody looks whether it is right.

If what follows fails, the attempt stays counted and nothing else has happened. A password's slow hash is made between
the two, while nobody waits for the lock.
"""

from datetime import datetime

from app.domain.accounts.account import SignedIn
from app.domain.accounts.password_rules import PASSWORD_SAME, normalise_password
from app.domain.problem import Problem
from app.formats.crypto.passwords import place_in_line
from app.services.accounts.changes import change_password, prepare_password
from app.services.accounts.second_factors import (
    confirm_enrolment,
    count_second_factor,
    pass_by_code,
    pass_by_recovery_code,
    renew_recovery_codes,
)
from app.services.accounts.sign_in import (
    Admitted,
    KnownBrowser,
    begin_password_check,
    begin_sign_in,
    check_credentials,
    finish_password_check,
    finish_sign_in,
)
from app.transaction import transaction


def admit(
    username: str, password: str, *, address: str, browser: KnownBrowser | None, key: bytes, now: datetime
) -> Admitted:
    """Let in by a password. Problems `sign_in.busy`, with nothing counted, `sign_in.wait` and `sign_in.refused`."""
    with place_in_line(known=browser is not None):
        with transaction() as session:
            attempt = begin_sign_in(session, username, address, browser, key, now)
        checked = check_credentials(attempt, password)
        with transaction() as session:
            return finish_sign_in(session, checked, now)


def pass_second_factor(account_id: int, epoch: int, code: str, *, key: bytes, now: datetime) -> int:
    """Let in by a code of the app; the epoch of the session. Problems `sign_in.…` and `second_factor.refused`."""
    _count(account_id, key, now)
    with transaction() as session:
        return pass_by_code(session, account_id, epoch, code, key, now)


def pass_recovery_code(account_id: int, epoch: int, code: str, *, key: bytes, now: datetime) -> int:
    """Let in by a recovery code; the epoch of the session. Problems `sign_in.…` and `recovery_code.refused`."""
    _count(account_id, key, now)
    with transaction() as session:
        return pass_by_recovery_code(session, account_id, epoch, code, key, now)


def set_up_second_factor(account_id: int, code: str, *, key: bytes, now: datetime) -> tuple[str, ...]:
    """Demand the second factor from now on; ten recovery codes. Problems `sign_in.wait` and `second_factor.…`."""
    _count(account_id, key, now)
    with transaction() as session:
        return confirm_enrolment(session, account_id, code, key, now)


def draw_recovery_codes(account_id: int, code: str, *, key: bytes, now: datetime) -> tuple[str, ...]:
    """Ten new recovery codes against a code of the app. Problems `sign_in.wait` and `second_factor.…`."""
    _count(account_id, key, now)
    with transaction() as session:
        return renew_recovery_codes(session, account_id, code, key, now)


def replace_password(account: SignedIn, old: str, new: str, *, key: bytes, now: datetime) -> int:
    """Give oneself another password; the epoch of the one session that goes on.

    Problems `sign_in.wait`, `sign_in.refused` for a wrong old one, and `password.…`.
    """
    if normalise_password(old) == normalise_password(new):
        raise Problem(PASSWORD_SAME)
    with transaction() as session:
        attempt = begin_password_check(session, account.id, key, now)
    checked = check_credentials(attempt, old)
    password_hash = prepare_password(new, account.username)
    with transaction() as session:
        finish_password_check(session, checked, now)
        return change_password(session, account.id, password_hash, now)


def _count(account_id: int, key: bytes, now: datetime) -> None:
    with transaction() as session:
        count_second_factor(session, account_id, key, now)

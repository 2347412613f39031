"""The second factor: set up an authenticator app, ask for its code, let in by a recovery code.

A wrong code must stay counted although the request is refused, so each check is two transactions:
`count_second_factor`, then the check itself.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.accounts import sign_in_delay
from app.domain.free_text import ascii_digits
from app.domain.problem import Problem, ProblemType
from app.formats.crypto.recovery_codes import generate_recovery_codes, hash_recovery_code
from app.formats.crypto.totp import (
    decrypt_secret,
    encrypt_secret,
    matching_step,
    new_totp_secret,
    provisioning_image,
    provisioning_uri,
)
from app.models import Account, RecoveryCode
from app.services.accounts.changes import locked_account, subject_of
from app.services.accounts.sign_in_delays import FailureCounter, count_attempt, failure_counter, forgive
from app.services.accounts.sign_in_watch import record_failing
from app.services.record import audit

CODE_REFUSED = ProblemType(
    "second_factor.refused", 401, "This code is not right, or it was used before. Wait for the next one."
)
RECOVERY_REFUSED = ProblemType("recovery_code.refused", 401, "This recovery code is not right, or it was used before.")
SIGN_IN_EXPIRED = ProblemType("sign_in.expired", 401, "Please sign in again: it took too long.")
TOTP_SET_UP = ProblemType("second_factor.set_up", 409, "This account has an authenticator app already.")
TOTP_NOT_BEGUN = ProblemType("second_factor.not_begun", 409, "Begin the set-up first.")


@dataclass(frozen=True, slots=True)
class TotpEnrolment:
    """What the set-up page shows: a QR code as a data: address, and the secret for typing."""

    image: str
    secret: str


def begin_enrolment(session: Session, account_id: int, key: bytes) -> None:
    """Make a new secret, which counts only once a code has confirmed it."""
    account = locked_account(session, account_id)
    if account.totp_confirmed:
        raise Problem(TOTP_SET_UP)
    account.totp_secret = encrypt_secret(new_totp_secret(), key, account_id)


def show_enrolment(session: Session, account_id: int, issuer: str, key: bytes) -> TotpEnrolment | None:
    """The secret that waits to be confirmed; None if there is none or it has been confirmed."""
    account = session.get_one(Account, account_id)
    if account.totp_confirmed or account.totp_secret is None:
        return None
    secret = decrypt_secret(account.totp_secret, key, account_id)
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return TotpEnrolment(provisioning_image(provisioning_uri(secret, account.username, issuer)), grouped)


def confirm_enrolment(session: Session, account_id: int, code: str, key: bytes, now: datetime) -> tuple[str, ...]:
    """Demand the second factor from now on. Answers ten recovery codes, to be shown this once."""
    account = locked_account(session, account_id)
    if account.totp_confirmed:
        raise Problem(TOTP_SET_UP)
    _accept_code(account, code, key, now)
    forgive(session, (_counter(account_id, key),), now)
    account.totp_confirmed = True
    codes = _replace_recovery_codes(session, account_id, key)
    audit.record(session, "account.totp_set_up", subject_of(account_id), account_id, {}, now)
    return codes


def renew_recovery_codes(session: Session, account_id: int, code: str, key: bytes, now: datetime) -> tuple[str, ...]:
    """Ten new recovery codes instead of the old ones, against a code of the app."""
    account = locked_account(session, account_id)
    _accept_code(account, code, key, now)
    forgive(session, (_counter(account_id, key),), now)
    codes = _replace_recovery_codes(session, account_id, key)
    audit.record(session, "account.recovery_codes_renewed", subject_of(account_id), account_id, {}, now)
    return codes


def count_second_factor(session: Session, account_id: int, key: bytes, now: datetime) -> None:
    """Count an attempt before it is looked at; Problem `sign_in.wait`."""
    (step,) = count_attempt(session, (_counter(account_id, key),), now)
    if step is not None:
        record_failing(session, account_id, "second_factor", step, now)


def pass_by_code(session: Session, account_id: int, epoch: int, code: str, key: bytes, now: datetime) -> int:
    """Let in by a code of the app; Problem `second_factor.refused`. Answers the epoch of the session."""
    account = _awaited(session, account_id, epoch)
    _accept_code(account, code, key, now)
    return _let_in(session, account, key, {"second_factor": "app"}, now)


def pass_by_recovery_code(session: Session, account_id: int, epoch: int, code: str, key: bytes, now: datetime) -> int:
    """Let in by a recovery code, which is used up by it; Problem `recovery_code.refused`."""
    account = _awaited(session, account_id, epoch)
    found = session.scalar(
        select(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash == hash_recovery_code(code, key, account_id),
            RecoveryCode.used_at.is_(None),
        )
        .with_for_update()
    )
    if found is None:
        raise Problem(RECOVERY_REFUSED)
    found.used_at = now
    return _let_in(session, account, key, {"second_factor": "recovery_code"}, now)


def _accept_code(account: Account, code: str, key: bytes, now: datetime) -> None:
    """Take a code once; the step it belongs to, and all before it, are used up."""
    if account.totp_secret is None:
        raise Problem(TOTP_NOT_BEGUN)
    secret = decrypt_secret(account.totp_secret, key, account.id)
    step = matching_step(secret, _digits(code), account.totp_last_step, now)
    if step is None:
        raise Problem(CODE_REFUSED)
    account.totp_last_step = step


def _awaited(session: Session, account_id: int, epoch: int) -> Account:
    account = locked_account(session, account_id)
    if account.disabled_at is not None or account.session_epoch != epoch or not account.totp_confirmed:
        raise Problem(SIGN_IN_EXPIRED)
    return account


def _let_in(session: Session, account: Account, key: bytes, details: dict[str, object], now: datetime) -> int:
    forgive(session, (_counter(account.id, key),), now)
    audit.record(session, "account.signed_in", subject_of(account.id), account.id, details, now)
    return account.session_epoch


def _replace_recovery_codes(session: Session, account_id: int, key: bytes) -> tuple[str, ...]:
    codes = generate_recovery_codes()
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    session.add_all(
        RecoveryCode(account_id=account_id, code_hash=hash_recovery_code(code, key, account_id)) for code in codes
    )
    return codes


def _counter(account_id: int, key: bytes) -> FailureCounter:
    return failure_counter(key, "second_factor", str(account_id), sign_in_delay.SECOND_FACTOR)


def _digits(code: str) -> str:
    """The digits of a typed code, of any script, without the spaces that apps show."""
    return re.sub("[^0-9]", "", ascii_digits(code))

"""Signing in, in three steps, so that the slow hash is never made while the database is locked.

`begin_sign_in` (a transaction) counts the attempt and finds the hash, `check_credentials` (no transaction)
does the same slow work whether or not the account exists, `finish_sign_in` (a transaction) lets in.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.accounts import sign_in_delay
from app.domain.accounts.account import SignedIn, fold_username
from app.domain.accounts.password_rules import LONGEST, normalise_password
from app.domain.accounts.role import Role
from app.domain.accounts.session import LONGEST as LONGEST_SESSION
from app.domain.accounts.session import SessionClaim
from app.domain.problem import Problem, ProblemType
from app.formats.crypto.passwords import PasswordHash, hash_password, needs_rehash, verify_password
from app.models import Account, EndedSession
from app.services.accounts.changes import locked_account, subject_of
from app.services.accounts.sign_in_delays import (
    FailureCounter,
    count_attempt,
    failure_counter,
    failures_under,
    forgive,
    network_of,
)
from app.services.accounts.sign_in_watch import record_failing, record_failing_address
from app.services.record import audit

SIGN_IN_REFUSED = ProblemType("sign_in.refused", 401, "The user name or the password is not right.")


class NextStep(StrEnum):
    DONE = "done"
    SECOND_FACTOR = "second_factor"


@dataclass(frozen=True, slots=True)
class KnownBrowser:
    """A browser in which an account signed in before; the key is random and says nothing else."""

    account_id: int
    key: str


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """An attempt that has been counted. `stored_hash` is None for an account that is unknown or disabled."""

    account_id: int | None
    stored_hash: str | None
    #: first what is this attempt's own, then what it shares with others
    counters: tuple[FailureCounter, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The password was right. `new_hash` replaces one that was made with weaker parameters."""

    attempt: SignInAttempt
    account_id: int
    new_hash: PasswordHash | None


@dataclass(frozen=True, slots=True)
class Admitted:
    account_id: int
    epoch: int
    next_step: NextStep


def begin_sign_in(
    session: Session, username: str, address: str, browser: KnownBrowser | None, secret: bytes, now: datetime
) -> SignInAttempt:
    """Count the attempt against the account name at this network, and the network; Problem `sign_in.wait`.

    Strangers who post wrong passwords without a pause must not keep the owner out. So an account waits for each
    network by itself; how often it failed in all is counted too, and only makes the waits of each longer. A browser
    that signed in to this account before is counted by itself.
    """
    username = fold_username(username)
    account = session.scalar(select(Account).where(Account.username == username, Account.disabled_at.is_(None)))
    network = network_of(address)
    by_network = failure_counter(secret, "address", network, sign_in_delay.ADDRESS)
    counters: tuple[FailureCounter, ...]
    if account is not None and browser is not None and browser.account_id == account.id:
        counters = (failure_counter(secret, "browser", browser.key, sign_in_delay.KNOWN_BROWSER), by_network)
    else:
        in_all = failure_counter(secret, "account", username, sign_in_delay.ACCOUNT, only_counts=True)
        guessed = failures_under(session, in_all, now) >= sign_in_delay.MANY_FAILURES
        rule = sign_in_delay.GUESSED_ACCOUNT if guessed else sign_in_delay.ACCOUNT
        counters = (failure_counter(secret, "account", f"{username}@{network}", rule), in_all, by_network)
    *_own, account_step, address_step = count_attempt(session, counters, now)
    if account is not None and account_step is not None:
        record_failing(session, account.id, "password", account_step, now)
    if address_step is not None:
        record_failing_address(session, address_step, now)
    return SignInAttempt(account.id if account else None, account.password_hash if account else None, counters)


def check_credentials(attempt: SignInAttempt, password: str) -> Checked:
    """One slow hash, whoever asks; Problem `sign_in.refused`. Needs no session and should have none open."""
    password = normalise_password(password[: LONGEST * 2])
    if not verify_password(attempt.stored_hash, password) or attempt.account_id is None:
        raise Problem(SIGN_IN_REFUSED)
    stale = attempt.stored_hash is not None and needs_rehash(attempt.stored_hash)
    return Checked(attempt, attempt.account_id, hash_password(password) if stale else None)


def finish_sign_in(session: Session, checked: Checked, now: datetime) -> Admitted:
    """Forget the failures, and say whether a second factor is due. Refuses if the password changed meanwhile."""
    account = locked_account(session, checked.account_id)
    if account.disabled_at is not None or account.password_hash != checked.attempt.stored_hash:
        raise Problem(SIGN_IN_REFUSED)
    own, *shared = checked.attempt.counters
    forgive(session, (own,), now)
    forgive(session, shared, now, whole=False)
    if checked.new_hash is not None:
        account.password_hash = checked.new_hash
    if account.totp_confirmed:
        return Admitted(account.id, account.session_epoch, NextStep.SECOND_FACTOR)
    audit.record(session, "account.signed_in", subject_of(account.id), account.id, {}, now)
    return Admitted(account.id, account.session_epoch, NextStep.DONE)


def begin_password_check(session: Session, account_id: int, secret: bytes, now: datetime) -> SignInAttempt:
    """Count an attempt to prove the password once more from within a session; then `check_credentials`."""
    counters = (failure_counter(secret, "password", str(account_id), sign_in_delay.KNOWN_BROWSER),)
    (step,) = count_attempt(session, counters, now)
    if step is not None:
        record_failing(session, account_id, "password", step, now)
    return SignInAttempt(account_id, session.get_one(Account, account_id).password_hash, counters)


def finish_password_check(session: Session, checked: Checked, now: datetime) -> None:
    """Forget the failures; refuses if the password changed meanwhile."""
    if locked_account(session, checked.account_id).password_hash != checked.attempt.stored_hash:
        raise Problem(SIGN_IN_REFUSED)
    forgive(session, checked.attempt.counters, now)


def end_one_session(session: Session, claim: SessionClaim, now: datetime) -> None:
    """Signing out: a copy of this session's cookie opens nothing from now on."""
    session.execute(delete(EndedSession).where(EndedSession.until_at < now))
    session.merge(EndedSession(key_hash=_key_hash(claim), until_at=claim.since_at + LONGEST_SESSION))


def load_signed_in(session: Session, claim: SessionClaim, totp_mandatory: bool, now: datetime) -> SignedIn | None:
    """The account behind a session, or None if the session has ended here, everywhere, or by age."""
    if not claim.is_alive(now):
        return None
    account = session.get(Account, claim.account_id)
    if account is None or account.disabled_at is not None or account.session_epoch != claim.epoch:
        return None
    if session.get(EndedSession, _key_hash(claim)) is not None:
        return None
    role = Role(account.role)
    return SignedIn(
        id=account.id,
        username=account.username,
        name=account.name,
        role=role,
        place_id=account.place_id,
        language=account.language,
        session_epoch=account.session_epoch,
        must_change_password=account.must_change_password,
        needs_totp=totp_mandatory and role is Role.STATE_ADMIN and not account.totp_confirmed,
    )


def _key_hash(claim: SessionClaim) -> bytes:
    return hashlib.sha256(claim.key).digest()

"""The steps of signing in, as the page takes them, for tests of what counts and refuses them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.accounts.session import SessionClaim
from app.domain.problem import Problem
from app.models import AuditEntry
from app.services.accounts import sign_in
from app.services.accounts.sign_in import KnownBrowser
from app.transaction import reading, transaction

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
KEY = b"c" * 32
ADDRESS = "192.0.2.7"
#: an account with an authenticator app, the app, and the recovery codes
Enrolled = tuple[int, pyotp.TOTP, tuple[str, ...]]


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


def refusal_of(call: Callable[[], object]) -> str:
    with pytest.raises(Problem) as refused:
        call()
    return refused.value.code


def last_action(session: Session) -> str | None:
    return session.scalar(select(AuditEntry.action).order_by(AuditEntry.sequence.desc()).limit(1))


def claim_of(account_id: int, epoch: int = 0, at: datetime = NOW) -> SessionClaim:
    return SessionClaim(account_id, epoch, b"k" * 16, at, at)


def is_in(claim: SessionClaim, now: datetime = NOW) -> bool:
    with reading() as session:
        return sign_in.load_signed_in(session, claim, totp_mandatory=True, now=now) is not None

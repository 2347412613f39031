"""Accounts that are there before a test begins."""

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from app.domain.accounts.role import Role
from app.formats.crypto import passwords
from app.formats.crypto.totp import decrypt_secret
from app.models import Account
from app.services.accounts import second_factors
from app.transaction import transaction
from tests.fixtures.accounts import add_account
from tests.services.accounts.signing_in import KEY, NOW, Enrolled


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where many passwords are tried and their cost is beside the point."""
    hasher = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    passwords._nobodys_hash.cache_clear()
    yield
    passwords._nobodys_hash.cache_clear()


@pytest.fixture
def enrolled(app: Flask) -> Enrolled:
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

"""Setting up: all of it in the caller's transaction, and once."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.domain.accounts.role import Role
from app.domain.installation.helplines import COUNTRY_HELPLINES
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.formats.crypto.passwords import PasswordHash
from app.services.accounts.queries import describe_account
from app.services.installation.key_queries import list_keys
from app.services.installation.settings import read_settings
from app.transaction import reading, transaction
from app.workflows.set_up import NewInstallation, is_set_up, set_up
from tests.fixtures.accounts import PASSWORD_HASH
from tests.fixtures.faults import failing_commit
from tests.fixtures.secrets import SECRETS

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
NEW = NewInstallation(
    BilingualName("नमूना पुलिस", "Sample Police"),
    "samvad.example",
    BilingualName("नीलप्रदेश", "Nilpradesh"),
    "NP",
    "chief",
)


def make() -> int:
    with transaction() as session:
        return set_up(session, NEW, PasswordHash(PASSWORD_HASH), key_id=0, sealing_keys=SECRETS.sealing, now=NOW)


def test_department_place_keys_and_administrator_are_there_together_and_once(app: Flask) -> None:
    with failing_commit(), pytest.raises(OperationalError):
        make()
    with reading() as session:
        assert not is_set_up(session)
    account_id = make()
    with reading() as session:
        account = describe_account(session, account_id)
        keys = list_keys(session, signing=SECRETS.signing, sealing=SECRETS.sealing)
        settings = read_settings(session)
    assert (account.username, account.role) == ("chief", Role.STATE_ADMIN)
    assert all(key.made_on == NOW.date() for key in keys)
    assert (settings.helplines, settings.helplines_confirmed_on) == (COUNTRY_HELPLINES, None)
    with pytest.raises(Problem, match=r"installation\.set_up"):
        make()

"""Failed sign-ins in the audit chain: told, and never by the hundred."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.models import AuditEntry
from app.services.accounts.sign_in_watch import record_failing_address
from app.transaction import reading, transaction
from tests.fixtures.accounts import add_account
from tests.services.accounts.signing_in import NOW, refusal_of, try_password


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

    def test_an_address_that_goes_on_is_told_again_the_next_day(self, app: Flask) -> None:
        with transaction() as session:
            for hours in (0, 23, 25, 26):
                record_failing_address(session, 21 + hours, NOW + timedelta(hours=hours))
        assert [details for _, _, details in self.entries()] == [{"attempts": 21}, {"attempts": 46}]

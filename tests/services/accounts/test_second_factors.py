"""The second factor: a code of the app once, a recovery code once."""

from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.formats.crypto.recovery_codes import hash_recovery_code
from app.models import RecoveryCode
from app.services.accounts import changes as accounts
from app.services.accounts import second_factors
from app.services.accounts.queries import describe_account
from app.services.accounts.sign_in import NextStep
from app.transaction import reading, transaction
from tests.fixtures.accounts import PASSWORD, add_account
from tests.services.accounts.signing_in import KEY, NOW, Enrolled, last_action, refusal_of, try_password


class TestSecondFactor:
    def test_the_password_alone_is_not_enough(self, enrolled: Enrolled) -> None:
        assert try_password("chief", PASSWORD).next_step is NextStep.SECOND_FACTOR

    @pytest.mark.both_databases
    def test_a_code_works_once(self, enrolled: Enrolled) -> None:
        account_id, totp, _ = enrolled
        code = totp.at(NOW)
        with transaction() as session:
            second_factors.pass_by_code(session, account_id, 0, code, KEY, NOW)
            assert last_action(session) == "account.signed_in"
        for later in (NOW, NOW + timedelta(seconds=29)):
            with transaction() as session:
                refused = refusal_of(
                    lambda session=session, later=later: second_factors.pass_by_code(
                        session, account_id, 0, code, KEY, later
                    )
                )
            assert refused == "second_factor.refused"

    def test_a_code_may_be_typed_in_devanagari_with_spaces(self, enrolled: Enrolled) -> None:
        account_id, totp, _ = enrolled
        code = totp.at(NOW).translate(str.maketrans("0123456789", "०१२३४५६७८९"))
        with transaction() as session:
            second_factors.pass_by_code(session, account_id, 0, f"{code[:3]} {code[3:]}", KEY, NOW)

    def test_a_recovery_code_works_once(self, enrolled: Enrolled) -> None:
        account_id, _, codes = enrolled
        with transaction() as session:
            second_factors.pass_by_recovery_code(session, account_id, 0, codes[3].lower(), KEY, NOW)
        with transaction() as session:
            again = refusal_of(lambda: second_factors.pass_by_recovery_code(session, account_id, 0, codes[3], KEY, NOW))
        assert again == "recovery_code.refused"
        with reading() as session:
            assert describe_account(session, account_id).recovery_codes_left == 9

    def test_wrong_codes_make_wait(self, enrolled: Enrolled) -> None:
        def count() -> None:
            with transaction() as session:
                second_factors.count_second_factor(session, enrolled[0], KEY, NOW)

        for _ in range(4):
            count()
        assert refusal_of(count) == "sign_in.wait"

    def test_codes_are_stored_as_hashes(self, enrolled: Enrolled) -> None:
        _, _, codes = enrolled
        with reading() as session:
            stored = session.scalars(select(RecoveryCode.code_hash)).all()
        assert len(stored) == 10
        assert not {code.encode() for code in codes} & set(stored)

    def test_a_reset_takes_app_codes_and_sessions(self, enrolled: Enrolled) -> None:
        account_id, totp, _ = enrolled
        with transaction() as session:
            accounts.reset_totp(session, account_id, None, NOW)
        with transaction() as session:
            code = refusal_of(lambda: second_factors.pass_by_code(session, account_id, 0, totp.at(NOW), KEY, NOW))
        assert code == "sign_in.expired"
        assert try_password("chief", PASSWORD).next_step is NextStep.DONE

    def test_an_app_is_not_replaced_from_within_a_session(self, enrolled: Enrolled) -> None:
        with transaction() as session:
            assert (
                refusal_of(lambda: second_factors.begin_enrolment(session, enrolled[0], KEY)) == "second_factor.set_up"
            )

    def test_a_code_that_was_awaited_before_all_sessions_ended_lets_nobody_in(self, enrolled: Enrolled) -> None:
        account_id, totp, codes = enrolled
        with transaction() as session:
            accounts.end_sessions(session, account_id, account_id, NOW)
            for passing, code in (
                (second_factors.pass_by_code, totp.at(NOW)),
                (second_factors.pass_by_recovery_code, codes[0]),
            ):
                refused = refusal_of(lambda: passing(session, account_id, 0, code, KEY, NOW))  # noqa: B023
                assert refused == "sign_in.expired"

    def test_new_recovery_codes_replace_the_old_ones_of_this_account_alone(self, enrolled: Enrolled) -> None:
        account_id, totp, old = enrolled
        other_id = add_account(Role.AUDITOR)
        with transaction() as session:
            others = hash_recovery_code(old[0], KEY, other_id)
            session.add(RecoveryCode(account_id=other_id, code_hash=others))
            wrong = "000000" if totp.at(NOW) != "000000" else "000001"
            refused = refusal_of(lambda: second_factors.renew_recovery_codes(session, account_id, wrong, KEY, NOW))
            assert refused == "second_factor.refused"
            new = second_factors.renew_recovery_codes(session, account_id, totp.at(NOW), KEY, NOW)
            kept = set(session.scalars(select(RecoveryCode.code_hash)))
        assert kept == {others, *(hash_recovery_code(code, KEY, account_id) for code in new)}
        assert not set(new) & set(old)


def test_the_secret_is_shown_until_a_code_confirms_it(app: Flask) -> None:
    account_id = add_account(Role.STATE_ADMIN)
    with transaction() as session:
        assert second_factors.show_enrolment(session, account_id, "Samvad", KEY) is None
        assert (
            refusal_of(lambda: second_factors.confirm_enrolment(session, account_id, "123456", KEY, NOW))
            == "second_factor.not_begun"
        )
        second_factors.begin_enrolment(session, account_id, KEY)
        shown = second_factors.show_enrolment(session, account_id, "Samvad", KEY)
        assert shown is not None
        assert shown.image.startswith("data:image/")
        code = pyotp.TOTP(shown.secret.replace(" ", "")).at(NOW)
        second_factors.confirm_enrolment(session, account_id, code, KEY, NOW)
        assert second_factors.show_enrolment(session, account_id, "Samvad", KEY) is None

"""Failed sign-ins make wait: whom, how long, and under which keys."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.accounts.role import Role
from app.domain.accounts.sign_in_delay import MANY_FAILURES, SECOND_FACTOR
from app.models import SignInDelay
from app.services.accounts import sign_in
from app.services.accounts.sign_in import NextStep
from app.services.accounts.sign_in_delays import (
    count_attempt,
    failure_counter,
    forgive,
    network_of,
    settle_future_delays,
)
from app.transaction import reading, transaction
from tests.fixtures.accounts import PASSWORD, add_account
from tests.services.accounts.signing_in import ADDRESS, KEY, NOW, refusal_of, try_password


def begin(username: str) -> None:
    with transaction() as session:
        sign_in.begin_sign_in(session, username, ADDRESS, None, KEY, NOW)


@pytest.mark.usefixtures("cheap_hashes")
class TestDelays:
    def test_failures_make_wait_and_the_owner_gets_in_after_the_wait(self, app: Flask) -> None:
        add_account(Role.AUDITOR, username="auditor")
        for _ in range(4):
            assert refusal_of(lambda: try_password("auditor", "wrong")) == "sign_in.refused"
        assert refusal_of(lambda: try_password("auditor", PASSWORD)) == "sign_in.wait"
        assert try_password("auditor", PASSWORD, NOW + timedelta(seconds=2)).next_step is NextStep.DONE

    def test_unknown_names_wait_like_known_ones(self, app: Flask) -> None:
        for _ in range(4):
            refusal_of(lambda: try_password("nobody", "wrong"))
        assert refusal_of(lambda: try_password("nobody", "wrong")) == "sign_in.wait"

    def test_an_address_waits_whatever_names_it_tries(self, app: Flask) -> None:
        for number in range(21):
            assert refusal_of(lambda number=number: try_password(f"user{number}", "wrong")) == "sign_in.refused"
        assert refusal_of(lambda: try_password("user99", "wrong")) == "sign_in.wait"
        assert refusal_of(lambda: try_password("user99", "wrong", address="192.0.2.8")) == "sign_in.refused"

    def test_a_neighbourhood_of_ipv6_addresses_is_one(self, app: Flask) -> None:
        for number in range(21):
            refusal_of(lambda number=number: try_password(f"u{number}", "x", address=f"2001:db8::{number + 1:x}"))
        assert refusal_of(lambda: try_password("u99", "x", address="2001:db8::ffff")) == "sign_in.wait"

    def test_guesses_sent_at_once_are_counted_before_they_are_checked(self, app: Flask) -> None:
        add_account(Role.AUDITOR, username="auditor")
        for _ in range(4):
            begin("auditor")
        assert refusal_of(lambda: begin("auditor")) == "sign_in.wait"

    def test_the_table_names_nobody(self, app: Flask) -> None:
        refusal_of(lambda: try_password("auditor", "wrong"))
        with reading() as session:
            keys = session.scalars(select(SignInDelay.key)).all()
        assert len(keys) == 3
        assert all(len(key) == 32 and b"auditor" not in key for key in keys)


@pytest.mark.usefixtures("cheap_hashes")
class TestOwner:
    """The right password, from an address or a browser of one's own, whatever strangers do meanwhile."""

    @pytest.mark.both_databases
    def test_a_stranger_who_never_pauses_keeps_nobody_out(self, app: Flask) -> None:
        add_account(Role.AUDITOR, username="auditor")
        for number in range(300):
            moment = NOW + timedelta(seconds=number / 5)
            assert refusal_of(lambda: try_password("auditor", "wrong", moment, "198.51.100.9")) in (  # noqa: B023
                "sign_in.refused",
                "sign_in.wait",
            )
            if number % 20 == 0:
                assert try_password("auditor", PASSWORD, moment).next_step is NextStep.DONE

    def test_nor_do_strangers_of_many_networks(self, app: Flask) -> None:
        add_account(Role.AUDITOR, username="auditor")
        for number in range(250):
            refusal_of(lambda number=number: try_password("auditor", "wrong", address=f"198.51.100.{number}"))
        assert try_password("auditor", PASSWORD).next_step is NextStep.DONE

    def test_but_each_of_them_is_slower_then(self, app: Flask) -> None:
        def waits_after(failures: int, address: str) -> bool:
            for _ in range(failures):
                refusal_of(lambda: try_password("auditor", "wrong", address=address))
            return refusal_of(lambda: try_password("auditor", "wrong", address=address)) == "sign_in.wait"

        add_account(Role.AUDITOR, username="auditor")
        assert not waits_after(2, "203.0.113.1")
        for number in range(MANY_FAILURES):
            refusal_of(lambda number=number: try_password("auditor", "wrong", address=f"198.51.100.{number}"))
        assert waits_after(2, "203.0.113.2")
        later = NOW + timedelta(seconds=29)
        assert refusal_of(lambda: try_password("auditor", "wrong", later, "203.0.113.2")) == "sign_in.wait"
        # A day without a failure, and it is an account like any other.
        tomorrow = NOW + timedelta(hours=25)
        for _ in range(4):
            assert refusal_of(lambda: try_password("auditor", "wrong", tomorrow, "203.0.113.3")) == "sign_in.refused"


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::"),
        ("a proxy that says nothing", "unknown"),
    ],
)
def test_an_address_counts_as_what_one_customer_has(address: str, counted_as: str) -> None:
    assert network_of(address) == counted_as


def failures(session: Session) -> dict[bytes, int]:
    return {row.key: row.failures for row in session.scalars(select(SignInDelay))}


def test_one_name_has_a_count_for_each_purpose(any_session: Session) -> None:
    at_the_door, inside = (failure_counter(KEY, purpose, "7", SECOND_FACTOR) for purpose in ("account", "password"))
    count_attempt(any_session, (at_the_door, inside), NOW)
    count_attempt(any_session, (inside,), NOW)
    assert failures(any_session) == {at_the_door.key: 1, inside.key: 2}


def test_forgiving_in_part_takes_back_the_one_attempt(any_session: Session) -> None:
    mine, other = (failure_counter(KEY, "address", value, SECOND_FACTOR) for value in ("mine", "other"))
    for _ in range(3):
        count_attempt(any_session, (mine, other), NOW)
    forgive(any_session, (mine,), NOW, whole=False)
    assert failures(any_session) == {mine.key: 2, other.key: 3}
    forgive(any_session, (mine,), NOW)
    assert failures(any_session) == {other.key: 3}


def test_failures_are_forgotten_a_day_after_the_last(any_session: Session) -> None:
    old, new = (failure_counter(KEY, "account", value, SECOND_FACTOR) for value in ("old", "new"))
    count_attempt(any_session, (old,), NOW)
    count_attempt(any_session, (new,), NOW + timedelta(hours=24))
    assert failures(any_session) == {old.key: 1, new.key: 1}
    count_attempt(any_session, (new,), NOW + timedelta(hours=24, seconds=1))
    assert failures(any_session) == {new.key: 2}


def test_what_a_clock_wrote_that_was_a_year_ahead_is_forgotten_in_its_time(any_session: Session) -> None:
    then = NOW + timedelta(days=399)
    wrong, right = (failure_counter(KEY, "account", value, SECOND_FACTOR) for value in ("wrong", "right"))
    for _ in range(5):
        count_attempt(any_session, (wrong,), then)
        then += timedelta(minutes=1)
    count_attempt(any_session, (right,), NOW)
    count_attempt(any_session, (wrong,), NOW)
    assert failures(any_session) == {wrong.key: 6, right.key: 1}
    count_attempt(any_session, (failure_counter(KEY, "account", "left", SECOND_FACTOR),), then)
    assert settle_future_delays(any_session, NOW) == 1
    assert settle_future_delays(any_session, NOW) == 0
    count_attempt(any_session, (right,), NOW + timedelta(hours=25))
    assert failures(any_session) == {right.key: 1}

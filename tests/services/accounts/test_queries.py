"""Accounts as headquarters finds them."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.accounts.role import Role
from app.domain.problem import Problem
from app.models import Account, RecoveryCode
from app.services.accounts.queries import describe_account, find_account, list_accounts, names_of
from app.transaction import reading
from tests.factories.places.places import add_place
from tests.fixtures.accounts import PASSWORD_HASH, add_account
from tests.services.accounts.signing_in import NOW


def made(username: str, place_id: int) -> Account:
    return Account(
        username=username,
        name=f"Post of {username}",
        role=Role.STATION_HEAD.value,
        place_id=place_id,
        language="hi",
        password_hash=PASSWORD_HASH,
        must_change_password=False,
    )


def test_accounts_are_found_by_post_place_and_role(app: Flask) -> None:
    add_account(Role.AUDITOR, username="anna.one", name="लेखा परीक्षक")
    add_account(Role.OUTREACH, username="bela.two")
    with reading() as session:
        assert [each.username for each in list_accounts(session, text="परीक्षक").rows] == ["anna.one"]
        assert [each.username for each in list_accounts(session, role=Role.OUTREACH).rows] == ["bela.two"]
        assert list_accounts(session, text="%").total == 0
        assert list_accounts(session, frozenset()).total == 0
        assert [each.username for each in list_accounts(session, page=9, per_page=1).rows] == ["bela.two"]


def test_accounts_of_some_places_are_listed_by_user_name(any_session: Session) -> None:
    state = add_place(any_session, kind="state")
    mine, other = add_place(any_session, parent=state), add_place(any_session, parent=state)
    for username, place in (("zoya", mine), ("other", other), ("asha", mine)):
        any_session.add(made(username, place.id))
    any_session.flush()
    listed = list_accounts(any_session, frozenset({mine.id}), per_page=1)
    assert ([each.username for each in listed.rows], listed.total, listed.pages) == (["asha"], 2, 2)


def test_only_unused_codes_of_the_account_itself_are_left(any_session: Session) -> None:
    place = add_place(any_session, kind="state")
    mine, other = made("mine", place.id), made("other", place.id)
    any_session.add_all([mine, other])
    any_session.flush()
    for at, (account, used_at) in enumerate([(mine, None), (mine, NOW), (other, None), (other, None), (mine, None)]):
        any_session.add(RecoveryCode(account_id=account.id, code_hash=bytes([at] * 32), used_at=used_at))
    any_session.flush()
    assert [each.recovery_codes_left for each in list_accounts(any_session).rows] == [2, 2]
    any_session.delete(any_session.scalars(select(RecoveryCode).where(RecoveryCode.account_id == other.id)).first())
    assert (describe_account(any_session, mine.id).recovery_codes_left) == 2
    assert (describe_account(any_session, other.id).recovery_codes_left) == 1


def test_names_are_told_of_the_asked_accounts_alone(session: Session) -> None:
    place = add_place(session, kind="state")
    mine, other = made("mine", place.id), made("other", place.id)
    session.add_all([mine, other])
    session.flush()
    assert names_of(session, [mine.id, None]) == {mine.id: "mine"}
    assert names_of(session, [None]) == {}


def test_a_command_finds_an_account_as_it_is_typed_or_says_that_there_is_none(session: Session) -> None:
    account = made("sho.kotwali", add_place(session, kind="state").id)
    session.add(account)
    session.flush()
    assert find_account(session, " SHO.Kotwali ").id == account.id
    for look in (lambda: find_account(session, "nobody"), lambda: describe_account(session, account.id + 1)):
        with pytest.raises(Problem, match=r"account\.unknown"):
            look()

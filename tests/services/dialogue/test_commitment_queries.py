"""Promises, read: what everybody finds, and what waits for whom."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.domain.places.place import PlaceKind
from app.domain.problem import Problem
from app.models import Account
from app.services.dialogue.commitment_queries import (
    Waiting,
    find_commitment,
    find_published,
    newest_open,
    pressing_for,
    published_commitments,
    waiting_for,
)
from app.services.places.ancestry import subtree_ids
from app.transaction import reading
from tests.factories.dialogue.commitments import DAY, MONDAY, PromisingDepartment

pytestmark = pytest.mark.both_databases


@pytest.fixture
def department(app: Flask) -> PromisingDepartment:
    return PromisingDepartment.begin()


def waiting(session: Session, account_id: int, days: int = 0) -> Waiting:
    today = (MONDAY + days * DAY).date()
    within = subtree_ids(session, session.get_one(Account, account_id).place_id, today)
    return waiting_for(session, account_id, within, today)


def ids(waiting: Waiting) -> tuple[list[int], ...]:
    lists = waiting.pressing.to_approve, waiting.mine, waiting.pressing.late, waiting.open
    return tuple([line.promise.id for line in each.shown] for each in lists)


def test_each_account_sees_what_it_has_to_do(department: PromisingDepartment) -> None:
    late, opened = department.open(days=7), department.open(days=100)
    proposed, draft = department.propose(), department.draft("quiet")
    own = department.propose("district")
    heads = department.heads
    with reading() as session:
        assert ids(waiting(session, heads["busy"], 9)) == ([], [proposed], [late], [opened])
        assert ids(waiting(session, heads["quiet"], 9)) == ([], [draft], [], [])
        assert ids(waiting(session, heads["district"], 9)) == ([proposed], [own], [late], [opened])
        assert ids(waiting(session, heads["admin"], 9)) == ([proposed, own], [], [late], [opened])
        assert [line.late for line in waiting(session, heads["busy"], 9).pressing.late.shown] == [2]
        assert waiting(session, heads["quiet"])


def test_what_was_not_approved_is_found_by_nobody_outside(department: PromisingDepartment) -> None:
    department.draft()
    department.propose()
    opened = department.open()
    with reading() as session:
        assert [one.id for one in published_commitments(session, department.ids["busy"])] == [opened]
        assert find_published(session, department.ids["busy"], 1).id == opened
        for place, number in (("busy", 2), ("busy", 0), ("quiet", 1)):
            with pytest.raises(Problem, match="unknown"):
                find_published(session, department.ids[place], number)
        with pytest.raises(Problem, match="unknown"):
            find_commitment(session, 99)


def test_of_many_the_latest_are_shown_and_the_others_counted(department: PromisingDepartment) -> None:
    made = [department.open(days=days) for days in (30, 7, 20)]
    today = (MONDAY + 40 * DAY).date()
    with reading() as session:
        within = subtree_ids(session, department.ids["state"], today)
        pressing = pressing_for(session, department.heads["admin"], within, today, most=2)
    assert [line.promise.id for line in pressing.late.shown] == [made[1], made[2]]
    assert (pressing.late.further, bool(pressing.to_approve), bool(pressing)) == (1, False, True)


def test_the_newest_that_is_open_is_found_among_places_that_can_be_read(department: PromisingDepartment) -> None:
    kinds, today = {PlaceKind.STATION}, MONDAY.date()
    with reading() as session:
        assert newest_open(session, kinds, today) is None
    department.propose()
    department.open()
    newest = department.open()
    with reading() as session:
        found = newest_open(session, kinds, today)
        assert found is not None
        assert (found.promise.id, found.place.id) == (newest, department.ids["busy"])
        assert newest_open(session, {PlaceKind.STATE}, today) is None

"""Who approved whom how often, over all nouns."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models import Account, Place
from app.services.dialogue.approvals.pairs import approval_pairs
from app.services.dialogue.approvals.waiting import WaitKind
from app.transaction import reading
from tests.factories.dialogue.commitments import PromisingDepartment
from tests.factories.dialogue.posts import NOW, add_officers, published, waiting
from tests.factories.installation.quiet_periods import add_quiet
from tests.factories.surveys.rounds import add_ballot

pytestmark = pytest.mark.both_databases


def test_pairs_are_counted_over_all_nouns_the_most_first(any_session: Session) -> None:
    session, who = any_session, add_officers(any_session)
    for _ in range(2):
        published(session, who.author, who.admin)
    published(session, who.author, who.other_admin)
    waiting(session, who.author)
    state = [session.get_one(Place, who.state)]
    add_quiet(session, (who.author, who.admin), state, NOW, NOW + timedelta(days=1))
    ballot = add_ballot(session)
    name = {id_: session.get_one(Account, id_).username for id_ in (who.author, who.admin, who.other_admin)}
    planner, approver = (session.get_one(Account, id_).username for id_ in (ballot.planner, ballot.approver))
    found = approval_pairs(session)
    assert (found[0].asked_by, found[0].approved_by, found[0].count) == (name[who.author], name[who.admin], 3)
    assert found[0].of_kinds == ((WaitKind.POST, 2), (WaitKind.QUIET, 1))
    rest = {(one.asked_by, one.approved_by): one.of_kinds for one in found[1:]}
    assert rest == {
        (name[who.author], name[who.other_admin]): ((WaitKind.POST, 1),),
        (planner, approver): ((WaitKind.ROUND, 1),),
    }


def test_of_a_promise_it_is_whoever_sent_it_and_whoever_let_it_be_read(app: Flask) -> None:
    department = PromisingDepartment.begin()
    department.open()
    department.propose()
    with reading() as session:
        (pair,) = approval_pairs(session)
        names = {key: session.get_one(Account, id_).username for key, id_ in department.heads.items()}
    assert (pair.asked_by, pair.approved_by) == (names["busy"], names["district"])
    assert pair.of_kinds == ((WaitKind.COMMITMENT, 1),)

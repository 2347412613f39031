"""A list from its upload to its closing, and the links of a draw: what is held and what is kept are there together."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.domain.accounts.role import Role
from app.domain.draws.case_list import SALT_BYTES, ListOrder, root_over
from app.domain.draws.invitation import Invitation
from app.domain.problem import Problem
from app.models import CaseList, Department, Serial
from app.services import held_files
from app.services.draws.draw_queries import get_list
from app.services.draws.invitations import InvitationOrder
from app.services.slips.slip_batches import cancel_batch
from app.transaction import reading, transaction
from app.web.context import context
from app.workflows.links.draws import (
    close_held_list,
    draw_from_list,
    hold_order,
    make_held_invitations,
    take_held_invitations,
    take_held_order,
)
from tests.factories import add_place, add_survey
from tests.factories.draws.case_lists import CLOSED, SEED_DAY, THROWN, list_order
from tests.fixtures.accounts import add_account
from tests.fixtures.faults import failing_commit


class Desk:
    """Somebody who closes a list and invites those who are drawn from it."""

    def __init__(self, instance: Path) -> None:
        with transaction() as session:
            session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
            self.order = list_order(add_place(session).id)
            self.survey = add_survey(session).survey_id
        self.instance, self.owner = instance, add_account(Role.STATE_ADMIN, self.order.place_id)

    def hold(self, order: ListOrder | None = None) -> str:
        return hold_order(self.instance, order or self.order, owner=self.owner, now=CLOSED)

    def close(self, token: str) -> int:
        return close_held_list(self.instance, token, owner=self.owner, now=CLOSED)

    def draw(self) -> int:
        list_id = self.close(self.hold())
        draw_from_list(list_id, THROWN, keeps_record=False, actor_id=self.owner, now=SEED_DAY)
        return list_id

    def invite(self, list_id: int) -> str:
        order = InvitationOrder(list_id, self.survey, date(2027, 1, 15), 0, self.owner)
        more = {"owner": self.owner, "instance": self.instance, "address": "https://samvad.example"}
        return make_held_invitations(order, signer=context().tokens, codes=context().codes, now=SEED_DAY, **more)

    def take(self, list_id: int, token: str) -> tuple[Invitation, ...]:
        with reading() as session:
            batch_id = get_list(session, list_id, keeps_record=False, now=SEED_DAY).batch_id
        assert batch_id is not None
        more = {"owner": self.owner, "instance": self.instance, "codes": context().codes}
        return take_held_invitations(batch_id, token, now=SEED_DAY, **more)

    @property
    def files(self) -> list[Path]:
        return list(self.instance.glob("uploads/*"))


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(Path(app.instance_path))


def test_what_is_closed_is_what_was_held_with_other_random_bytes_each_time(desk: Desk) -> None:
    token = desk.hold()
    assert take_held_order(desk.instance, token, owner=desk.owner, now=CLOSED) == desk.order
    list_id = desk.close(token)
    with reading() as session:
        row = session.get_one(CaseList, list_id)
        assert (row.digests, row.closed_by) == (desk.order.digests, desk.owner)
        salts = {row.salts[at : at + SALT_BYTES] for at in range(0, len(row.salts), SALT_BYTES)}
        assert len(salts) == desk.order.cases
        assert row.root == root_over(row.digests, row.salts)
    assert desk.files == []


def test_what_will_not_do_is_not_held(desk: Desk) -> None:
    with pytest.raises(Problem, match=r"case_list\.draw"):
        desk.hold(list_order(desk.order.place_id, draw=99))
    assert desk.files == []


def test_a_list_that_is_refused_at_the_end_waits_on(desk: Desk) -> None:
    first, second = desk.hold(), desk.hold()
    desk.close(first)
    with pytest.raises(Problem, match=r"case_list\.closed"):
        desk.close(second)
    assert len(desk.files) == 1


def test_only_its_owner_closes_what_is_held_and_for_an_hour(desk: Desk) -> None:
    token = desk.hold()
    for owner, now in ((desk.owner + 1, CLOSED), (desk.owner, CLOSED + timedelta(hours=2))):
        with pytest.raises(Problem, match=r"file\.gone"):
            close_held_list(desk.instance, token, owner=owner, now=now)
    for content, kind in ((b"{}", held_files.HeldKind.LIST), (b"{}", held_files.HeldKind.LINKS)):
        other = held_files.store(desk.instance, content, kind=kind, owner=desk.owner, now=CLOSED)
        with pytest.raises(Problem, match=r"file\.gone"):
            desk.close(other)


def test_links_and_batch_are_there_together_or_neither_is(desk: Desk) -> None:
    list_id = desk.draw()
    with failing_commit(), pytest.raises(OperationalError):
        desk.invite(list_id)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Serial)) == 0
    assert desk.files == []
    made = desk.take(list_id, desk.invite(list_id))
    assert len(made) == desk.order.draw + desk.order.decoys


def test_what_was_cancelled_meanwhile_is_handed_out_no_more(desk: Desk) -> None:
    list_id = desk.draw()
    token = desk.invite(list_id)
    with pytest.raises(Problem, match=r"file\.gone"):
        desk.take(list_id, desk.hold(list_order(desk.order.place_id, quarter=date(2026, 7, 1))))
    with reading() as session:
        batch_id = get_list(session, list_id, keeps_record=False, now=SEED_DAY).batch_id
    assert batch_id is not None
    with transaction() as session:
        cancel_batch(session, batch_id, actor_id=None, now=SEED_DAY)
    with pytest.raises(Problem, match=r"slip_batch\.cancelled"):
        desk.take(list_id, token)

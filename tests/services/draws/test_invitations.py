"""The invitations of a draw, on both databases: made once, with decoys that are never counted."""

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.codes.channel import Evidence
from app.domain.codes.stamp import Stamp
from app.domain.draws.case_list import ListOrder, ListState
from app.domain.draws.invitation import Invitation
from app.domain.problem import Problem
from app.domain.responses.response import Incoming, Receipt, Status
from app.domain.slips.slip_batch import Counts
from app.models import AuditEntry, CaseList, Department, Place, Serial, SlipBatch, Verdict
from app.services.draws.draw_queries import get_list
from app.services.draws.draws import drawn_cases
from app.services.draws.invitations import InvitationOrder, make_invitations
from app.services.draws.links import links_of
from app.services.responses.ingest import ingest_batch
from app.services.slips.slip_batch_queries import count_serials
from app.services.slips.slip_batches import cancel_batch
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_place, add_survey
from tests.factories.draws.case_lists import SEED_DAY, close, draw, list_order

pytestmark = pytest.mark.both_databases
LATER = SEED_DAY + timedelta(hours=1)


class World:
    def __init__(self) -> None:
        with transaction() as session:
            session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
            self.order = list_order(add_place(session, code="S-1").id)
            version = add_survey(session)
            self.survey, self.version = version.survey_id, version.id

    def drawn(self, order: ListOrder | None = None) -> int:
        with transaction() as session:
            list_id = close(session, order or self.order)
        draw(list_id)
        return list_id

    def invite(self, list_id: int) -> tuple[int, tuple[Invitation, ...]]:
        order = InvitationOrder(list_id, self.survey, date(2027, 1, 15), key_id=0)
        with transaction() as session:
            return make_invitations(
                session,
                order,
                drawn_cases(session, list_id),
                address="https://samvad.example",
                signer=context().tokens,
                codes=context().codes,
                now=LATER,
            )

    def answer(self, invitation: Invitation) -> tuple[Receipt, str]:
        """What its sender is told, and why it is set aside."""
        token = context().codes.token(invitation.slip.link.partition("#")[2])
        stamp = Stamp.at(LATER, 0, token.placement_id)
        incoming = Incoming(uuid4(), token, self.version, "hi", None, stamp, b'{"overall":4}', {"overall": 4})
        with transaction() as session:
            (receipt,) = ingest_batch(session, [incoming], ingest=context().ingest, now=LATER)
        with reading() as session:
            return receipt, session.scalars(select(Verdict.reasons).where(Verdict.response_id == incoming.id)).one()


@pytest.fixture
def world(app: Flask, database: str) -> World:
    return World()


def test_every_drawn_case_is_invited_and_decoys_are_among_them(world: World) -> None:
    list_id = world.drawn()
    batch_id, made = world.invite(list_id)
    with reading() as session:
        drawn = {digest.hex() for digest in drawn_cases(session, list_id)}
        row = session.get_one(CaseList, list_id)
        digests = row.digests
        batch = session.get_one(SlipBatch, batch_id)
        view = get_list(session, list_id, keeps_record=False, now=LATER)
        kept = dict(session.execute(select(Serial.is_decoy, func.count()).group_by(Serial.is_decoy)).all())  # type: ignore[arg-type]
        told = session.scalars(select(AuditEntry.details).where(AuditEntry.action == "batch.made")).one()
    assert {one.case for one in made if not one.slip.is_decoy} == drawn
    strangers = [one.case for one in made if one.slip.is_decoy]
    assert [len(made), len(strangers)] == [9, 4]
    assert not any(bytes.fromhex(case) in digests for case in strangers)
    assert (batch.list_id, batch.place_id, batch.channel) == (list_id, row.place_id, "invite")
    assert (view.state, view.batch_id) == (ListState.INVITED, batch_id)
    assert kept == {False: 5, True: 4}
    assert {"case_list": list_id, "decoys": 4, "size": 9}.items() <= json.loads(told).items()
    assert len(json.loads(told)["left_out"]) == 5


def test_an_answer_by_a_decoy_is_taken_and_set_aside(world: World) -> None:
    list_id = world.drawn()
    _, made = world.invite(list_id)
    decoy, person = (next(one for one in made if one.slip.is_decoy is wanted) for wanted in (True, False))
    (by_decoy, why), (by_person, none) = world.answer(decoy), world.answer(person)
    assert (why, none) == ('["decoy"]', "[]")
    # Its sender is told what everybody is.
    assert {by_decoy.status, by_person.status} == {Status.STORED}
    assert replace(by_decoy, id=by_person.id, number=by_person.number) == by_person
    assert world.answer(decoy)[1] == '["serial_used"]'
    with reading() as session:
        placement = context().codes.token(decoy.slip.link.partition("#")[2]).placement_id
        told = [
            count_serials(session, {placement: date(2027, 1, 15)}, LATER.date(), with_decoys=decoys)[placement]
            for decoys in (True, False)
        ]
        assert told == [Counts(issued=9, used=2), Counts(issued=5, used=1)]
        assert links_of(session, list_id).decoys_used == 1
        assert links_of(session, list_id + 1).decoys_used == 0


def test_invitations_are_made_once(world: World) -> None:
    list_id = world.drawn()
    batch_id, _ = world.invite(list_id)
    with transaction() as session:
        cancel_batch(session, batch_id, actor_id=None, now=LATER)
    with pytest.raises(Problem) as refused:
        world.invite(list_id)
    assert refused.value.code == "draw.invited"


def test_only_a_draw_for_invitations_gets_them(world: World) -> None:
    with transaction() as session:
        undrawn = close(session, replace(world.order, quarter=date(2026, 7, 1)))
    with pytest.raises(Problem) as refused:
        world.invite(undrawn)
    assert refused.value.code == "draw.missing"
    with pytest.raises(Problem) as refused:
        world.invite(world.drawn(replace(world.order, evidence=Evidence.SAMPLED, decoys=0)))
    assert refused.value.code == "draw.not_invited"


def test_a_place_that_has_closed_since_leaves_nothing_behind(world: World) -> None:
    list_id = world.drawn()
    with transaction() as session:
        session.get_one(Place, world.order.place_id).retired_on = date(2026, 11, 30)
    with pytest.raises(Problem) as refused:
        world.invite(list_id)
    assert refused.value.code == "placement.place_retired"
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Serial)) == 0

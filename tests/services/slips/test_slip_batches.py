"""Making and cancelling batches, on both databases."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.codes.channel import Channel
from app.domain.codes.stamp import Stamp
from app.domain.problem import Problem
from app.domain.responses.response import Incoming
from app.domain.slips.slip_batch import MOST_SERIALS, PACK, Assurance, Counts, MadeSlip, SlipBatchOrder, shuffle_packs
from app.models import AuditEntry, Base, Department, Placement, Serial, SlipBatch, Verdict
from app.services.responses.ingest import ingest_batch
from app.services.slips.slip_batch_queries import get_batch
from app.services.slips.slip_batches import cancel_batch, cancel_links, cancel_packs, make_batch
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_place, add_survey

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
pytestmark = pytest.mark.both_databases


class World:
    def __init__(self) -> None:
        with transaction() as session:
            session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
            district = add_place(session, kind="district")
            self.district = district.id
            self.stations = [add_place(session, parent=district).id for _ in range(3)]
            version = add_survey(session)
            self.survey, self.version = version.survey_id, version.id

    def make(
        self, counts: Mapping[int, int], channel: Channel = Channel.SLIP, **more: Any
    ) -> tuple[int, tuple[MadeSlip, ...]]:
        more = {"expires_on": date(2027, 1, 31), "key_id": 0, **more}
        order = SlipBatchOrder(channel, self.district, self.survey, counts, **more)
        with transaction() as session:
            return make_batch(
                session,
                order,
                address="https://samvad.example",
                signer=context().tokens,
                codes=context().codes,
                now=NOW,
            )

    def send(self, slip: MadeSlip) -> str:
        """The reasons to set aside an answer that came with it."""
        token = context().codes.token(slip.link.partition("#")[2])
        stamp = Stamp.at(NOW, 0, token.placement_id)
        answers = {"overall": 4}
        incoming = Incoming(uuid4(), token, self.version, "hi", None, stamp, b'{"overall":4}', answers)
        with transaction() as session:
            ingest_batch(session, [incoming], ingest=context().ingest, now=NOW)
        with reading() as session:
            return session.scalars(select(Verdict.reasons).where(Verdict.response_id == incoming.id)).one()


@pytest.fixture
def world(app: Flask, database: str) -> World:
    return World()


def counts_of(batch_id: int, today: date = date(2026, 11, 23)) -> Counts:
    with reading() as session:
        return get_batch(session, batch_id, today).counts


def rows() -> dict[str, int]:
    with reading() as session:
        return {
            model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0
            for model in (SlipBatch, Placement, Serial)
        }


def test_each_station_gets_whole_packs_under_a_placement_of_its_own(world: World) -> None:
    one, other, none = world.stations
    batch_id, made = world.make({one: 25, other: 24, none: 0})
    assert len(made) == len({slip.link for slip in made}) == 3 * PACK
    assert sorted(Counter(slip.pack for slip in made).items()) == [(1, PACK), (2, PACK), (3, PACK)]
    assert len({slip.number for slip in made}) == 2
    assert all(slip.link.startswith("HTTPS://SAMVAD.EXAMPLE/S/#") for slip in made)
    with reading() as session:
        batch = get_batch(session, batch_id, date(2026, 11, 23))
        kept = session.execute(select(Serial.mark, Serial.pack)).all()
    assert sorted(part.counts.issued for part in batch.parts) == [PACK, 2 * PACK]
    marks = {
        context().codes.serial_mark(context().codes.token(slip.link.partition("#")[2])): slip.pack for slip in made
    }
    assert {row.mark: row.pack for row in kept} == marks
    assert [world.send(made[0]) for _ in range(2)] == ["[]", '["serial_used"]']
    assert counts_of(batch_id) == Counts(issued=72, used=1)
    assert counts_of(batch_id, date(2027, 2, 1)) == Counts(issued=72, used=1, expired=72)


def test_serials_and_where_their_slips_lie_are_drawn_by_lot(world: World) -> None:
    _, made = world.make({world.stations[0]: 2 * PACK})
    serials = [context().codes.token(slip.link.partition("#")[2]).serial for slip in made]
    assert serials != sorted(serials, key=bytes)
    once, again = shuffle_packs(made), shuffle_packs(made)
    assert made != once != again
    assert [slip.pack for slip in once] == [slip.pack for slip in made]
    assert set(once) == set(again) == set(made)


def test_no_link_and_no_serial_is_kept_anywhere(world: World) -> None:
    _, made = world.make({world.stations[0]: 24})
    tokens = [slip.link.partition("#")[2] for slip in made]
    with reading() as session:
        told = repr([session.execute(select(table)).all() for table in Base.metadata.tables.values()])
    assert not any(token in told or repr(context().codes.token(token).serial)[2:-1] in told for token in tokens)


@pytest.mark.parametrize(
    ("count", "code"),
    [(0, "slip_batch.empty"), (50_000, "slip_batch.too_large"), (MOST_SERIALS + 1, "slip_batch.too_large")],
)
def test_what_cannot_be_made_leaves_nothing_behind(world: World, count: int, code: str) -> None:
    with pytest.raises(Problem) as refused:
        world.make({world.stations[0]: count})
    assert refused.value.code == code
    assert rows() == {"batch": 0, "placement": 0, "serial": 0}


def test_a_last_day_in_the_past_leaves_nothing_behind(world: World) -> None:
    with pytest.raises(Problem) as refused:
        world.make({world.stations[0]: 24}, expires_on=date(2026, 1, 1))
    assert refused.value.code == "placement.expiry_past"
    assert rows() == {"batch": 0, "placement": 0, "serial": 0}


def test_invitations_need_every_tick_and_the_audit_keeps_them(world: World) -> None:
    wanted = {world.stations[0]: 5}
    with pytest.raises(Problem) as refused:
        world.make(wanted, Channel.INVITE, assured=frozenset({Assurance.VIOLENCE}))
    assert refused.value.code == "slip_batch.not_assured"
    _, made = world.make(wanted, Channel.INVITE, assured=frozenset(Assurance))
    assert len(made) == 5
    assert {slip.number for slip in made} == {None}
    assert made[0].link.startswith("https://samvad.example/s/#")
    with reading() as session:
        details = session.scalars(select(AuditEntry.details).where(AuditEntry.action == "batch.made")).one()
    assert all(each.value in details for each in Assurance)


def test_a_batch_is_cancelled_by_pack_by_link_and_whole(world: World) -> None:
    batch_id, made = world.make({world.stations[0]: 72})
    with transaction() as session:
        cancel_packs(session, batch_id, [2], actor_id=None, now=NOW)
    assert counts_of(batch_id).cancelled == PACK
    of_pack = {pack: next(slip for slip in made if slip.pack == pack) for pack in (1, 2, 3)}
    assert [world.send(of_pack[pack]) for pack in (1, 2, 3)] == ["[]", '["serial_cancelled"]', "[]"]
    unsent = [slip for slip in made if slip.pack == 3][1:3]
    text = f"{unsent[0].link}\nsomething else\n{unsent[1].link.partition('#')[2].lower()}"
    with transaction() as session:
        assert cancel_links(session, batch_id, text, codes=context().codes, actor_id=None, now=NOW) == (
            2,
            ("something else",),
        )
    assert world.send(unsent[0]) == '["serial_cancelled"]'
    with transaction() as session:
        cancel_batch(session, batch_id, actor_id=None, now=NOW)
    assert counts_of(batch_id) == Counts(issued=72, used=2, cancelled=72)


def test_cancelling_a_used_link_looks_like_cancelling_any_other(world: World) -> None:
    batch_id, made = world.make({world.stations[0]: 24})
    world.send(made[0])
    for number, slip in enumerate(made[:2], start=1):
        with transaction() as session:
            assert cancel_links(session, batch_id, slip.link, codes=context().codes, actor_id=None, now=NOW)[0] == 1
        assert counts_of(batch_id).cancelled == number


def test_what_is_not_of_this_batch_is_refused(world: World) -> None:
    batch_id, _ = world.make({world.stations[0]: 24})
    _, others = world.make({world.stations[1]: 24})
    with pytest.raises(Problem) as refused, transaction() as session:
        cancel_packs(session, batch_id, [9], actor_id=None, now=NOW)
    assert refused.value.code == "slip_batch.pack_unknown"
    with pytest.raises(Problem) as refused, transaction() as session:
        cancel_links(session, batch_id, others[0].link, codes=context().codes, actor_id=None, now=NOW)
    assert refused.value.code == "slip_batch.links_unknown"

"""A batch from its order to its sheets: the links and the batch are there together, or neither is."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.domain.codes.print_formats import PaperLanguage
from app.domain.problem import Problem
from app.domain.slips.slip_batch import PACK, MadeSlip, SlipBatchOrder
from app.models import Department, Serial
from app.services import held_files
from app.services.slips.slip_batch_queries import get_batch
from app.services.slips.slip_batches import cancel_batch, cancel_packs
from app.transaction import reading, transaction
from app.web.context import context
from app.workflows.links.slip_batches import make_held_batch, order_sheets, order_specimen, take_held_slips
from tests.factories import add_place, add_survey
from tests.fixtures.accounts import add_account
from tests.fixtures.faults import failing_commit

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
ADDRESS = "https://samvad.example"


class Desk:
    """Somebody who makes two packs of slips for a station."""

    def __init__(self, instance: Path) -> None:
        with transaction() as session:
            session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
            district = add_place(session, kind="district")
            self.station = add_place(session, parent=district, name_en="Kotwali").id
            survey, self.district = add_survey(session).survey_id, district.id
        self.instance, self.owner = instance, add_account(Role.PRINTING_OFFICER, district.id)
        counts = {self.station: 2 * PACK}
        self.order = SlipBatchOrder(Channel.SLIP, self.district, survey, counts, date(2027, 1, 31), 0, self.owner)

    def make(self) -> tuple[int, str]:
        signer, codes = context().tokens, context().codes
        more = {"owner": self.owner, "instance": self.instance, "address": ADDRESS}
        return make_held_batch(self.order, signer=signer, codes=codes, now=NOW, **more)

    def take(self, batch_id: int, token: str) -> tuple[MadeSlip, ...]:
        more = {"owner": self.owner, "instance": self.instance, "codes": context().codes}
        return take_held_slips(batch_id, token, now=NOW, **more)

    @property
    def files(self) -> list[Path]:
        return list(self.instance.glob("uploads/*"))


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(Path(app.instance_path))


def serials() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Serial)) or 0


def test_a_commit_that_fails_leaves_neither_batch_nor_links(desk: Desk) -> None:
    with failing_commit(), pytest.raises(OperationalError):
        desk.make()
    assert (serials(), desk.files) == (0, [])
    desk.make()
    assert (serials(), len(desk.files)) == (2 * PACK, 1)


def test_an_order_that_is_refused_holds_no_file(desk: Desk) -> None:
    desk.order = SlipBatchOrder(Channel.SLIP, desk.district, desk.order.survey_id, {}, date(2027, 1, 31), 0)
    with pytest.raises(Problem, match=r"slip_batch\.empty"):
        desk.make()
    assert desk.files == []


def test_what_was_cancelled_meanwhile_is_handed_out_no_more(desk: Desk) -> None:
    batch_id, token = desk.make()
    assert len(desk.take(batch_id, token)) == 2 * PACK
    with transaction() as session:
        cancel_packs(session, batch_id, [2], actor_id=None, now=NOW)
    left = desk.take(batch_id, token)
    assert {slip.pack for slip in left} == {1}
    with transaction() as session:
        cancel_batch(session, batch_id, actor_id=None, now=NOW)
    with pytest.raises(Problem, match=r"slip_batch\.cancelled"):
        desk.take(batch_id, token)


def test_another_file_of_the_same_owner_is_no_batch(desk: Desk) -> None:
    batch_id, _ = desk.make()
    token = held_files.store(desk.instance, b"%PDF-", kind=held_files.HeldKind.SHEETS, owner=desk.owner, now=NOW)
    with pytest.raises(Problem, match=r"file\.gone"):
        desk.take(batch_id, token)


def test_sheets_and_specimen_name_the_confirmed_address(desk: Desk) -> None:
    batch_id, token = desk.make()
    with reading() as session:
        batch = get_batch(session, batch_id, NOW.date())
    order = order_sheets(batch, desk.take(batch_id, token), PaperLanguage.HINDI, ADDRESS)
    assert (order.domain, order.sheets, order.below) == ("samvad.example", 2, batch.place)
    specimen = order_specimen(desk.station, ADDRESS, NOW.date())
    assert {slip.place.en for slip in specimen.slips} == {"Kotwali"}
    assert specimen.slips[0].link.endswith("A" * 36)
    with transaction() as session:
        session.get_one(Department, 1).demonstration = False
    for refused in (
        lambda: order_sheets(batch, (), PaperLanguage.HINDI, ADDRESS),
        lambda: order_specimen(desk.station, ADDRESS, NOW.date()),
    ):
        with pytest.raises(Problem, match=r"print\.host_unconfirmed"):
            refused()

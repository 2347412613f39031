"""A list that headquarters closed and a draw that it made, as a stranger checks them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.config import Settings
from app.jobs.record.keeping import keep_record
from app.models import Department, Draw
from app.transaction import transaction
from app.workflows.record.export import export_record
from tests.factories import add_place
from tests.factories.draws.case_lists import close, draw, list_order
from tests.factories.record.department import entries
from tests.record_verifier import verifier
from tests.record_verifier.test_agreement import VKEY

pytestmark = pytest.mark.both_databases
#: an hour before midnight in India, so that no hour lies between that nobody sealed
CLOSED = datetime(2026, 11, 23, 17, 35, tzinfo=UTC)
SEED_DAY = CLOSED + timedelta(hours=1)


@pytest.fixture
def list_id(app: Flask, settings: Settings) -> int:
    """A list that stands in the record, with its draw, which does not yet."""
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police"))
        order = list_order(add_place(session, code="S-1").id, seed_on=date(2026, 11, 24))
        list_id = close(session, order, CLOSED)
    keep_record(settings, CLOSED)
    draw(list_id, keeps_record=True, now=SEED_DAY)
    return list_id


def verified(settings: Settings, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """How the verifier ends on a copy of the record, and its lines."""
    keep_record(settings, SEED_DAY)
    export_record(folder, SEED_DAY)
    return verifier.main([str(folder), *VKEY]), capsys.readouterr().out.splitlines()


def test_nothing_is_wrong_with_a_draw(
    list_id: int, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, (line,) = verified(settings, tmp_path / "copy", capsys)
    assert ended == 0
    assert "nothing wrong" in line
    told = [(entry["type"], entry["place"], entry["quarter"]) for entry in entries() if "quarter" in entry]
    assert told == [("list", "S-1", "2026-Q4"), ("draw", "S-1", "2026-Q4")]


def test_a_seed_that_gives_others_is_found(
    list_id: int, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction() as session:
        session.get_one(Draw, list_id).seed = bytes(32)
    ended, (finding, _) = verified(settings, tmp_path / "copy", capsys)
    assert ended == 1
    assert finding.endswith("the draw of S-1 2026-Q4 is not what the seed gives")

from datetime import date
from pathlib import Path

from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from app.cli import commands
from app.domain.codes.channel import Channel
from app.domain.slips.slip_batch import SlipBatchOrder
from app.models import CaseCount, Department
from app.services.slips.slip_batches import make_batch
from app.transaction import reading, transaction
from app.web.context import context, now
from tests.factories import add_place, add_survey


def add_batch() -> None:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        station = add_place(session, code="PS1", name_en="Chandanpur")
        survey = add_survey(session).survey_id
        order = SlipBatchOrder(Channel.SLIP, station.id, survey, {station.id: 48}, date(2099, 1, 31), 0)
        more = {"signer": context().tokens, "codes": context().codes, "now": now()}
        make_batch(session, order, address="https://samvad.example", **more)


def test_a_batch_is_listed_and_cancelled_in_part_and_whole(app: Flask) -> None:
    add_batch()
    runner: FlaskCliRunner = app.test_cli_runner()
    listed = "1\tslip\tChandanpur\t2099-01-31\t48\t{}\n".format
    assert runner.invoke(commands, ["batches", "list"]).output == listed(0)
    assert runner.invoke(commands, ["batches", "cancel", "1", "--pack", "2"]).exit_code == 0
    assert runner.invoke(commands, ["batches", "list"]).output == listed(24)
    assert runner.invoke(commands, ["batches", "cancel", "1", "--pack", "9"]).exit_code != 0
    assert runner.invoke(commands, ["batches", "cancel", "1"]).exit_code == 0
    assert runner.invoke(commands, ["batches", "list"]).output == listed(48)


def test_cases_are_imported_whole_or_not_at_all(app: Flask, tmp_path: Path) -> None:
    add_batch()
    runner, file = app.test_cli_runner(), tmp_path / "cases.csv"
    file.write_text("code,quarter,cases\nPS1,2026-Q1,40\nPS9,2026-Q1,4\n", "utf-8")
    refused = runner.invoke(commands, ["batches", "cases", str(file)])
    assert refused.exit_code == 1
    assert "3\tcode\tcases.place_unknown" in refused.output
    file.write_text("code,quarter,cases\nPS1,2026-Q1,40\n", "utf-8")
    assert "trial" in runner.invoke(commands, ["batches", "cases", str(file), "--dry-run"]).output
    with reading() as session:
        assert session.scalars(select(CaseCount.cases)).all() == []
    assert runner.invoke(commands, ["batches", "cases", str(file)]).output == "changed 1, unchanged 0\n"
    with reading() as session:
        assert session.scalars(select(CaseCount.cases)).all() == [40]

"""samvad draws."""

from datetime import date

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from app.cli import commands
from app.config import Settings
from app.domain.draws.draw import digest_of, positions_of
from app.jobs.record.keeping import keep_record
from app.models import Department
from app.transaction import transaction
from tests.factories import add_place
from tests.factories.draws.case_lists import CLOSED, SEED_DAY, close, draw, list_order


@pytest.fixture
def list_ids(app: Flask, settings: Settings) -> tuple[int, int]:
    """One that was drawn from, and one that was closed."""
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police"))
        place_id = add_place(session, code="S-1").id
        drawn = close(session, list_order(place_id, quarter=date(2026, 7, 1), cases=7))
        waiting = close(session, list_order(place_id))
    keep_record(settings, CLOSED)
    draw(drawn, keeps_record=True)
    keep_record(settings, SEED_DAY)
    return drawn, waiting


def run(app: Flask, *arguments: str) -> Result:
    return CliRunner().invoke(commands, ["draws", *arguments], obj=ScriptInfo(create_app=lambda: app))


def test_all_are_listed_the_newest_first(app: Flask, list_ids: tuple[int, int]) -> None:
    drawn, waiting = list_ids
    lines = [line.split("\t") for line in run(app, "list").stdout.splitlines()]
    assert [line[:3] for line in lines] == [[str(waiting), "S-1", "2026-Q4"], [str(drawn), "S-1", "2026-Q3"]]
    assert lines[1][4] == "drawn"


def test_one_is_told_so_that_its_draw_can_be_made_anew(app: Flask, list_ids: tuple[int, int]) -> None:
    told = dict(line.split(": ", 1) for line in run(app, "show", str(list_ids[0])).stdout.splitlines())
    positions = positions_of(bytes.fromhex(told["seed"]), int(told["on the list"]), int(told["to be drawn"]))
    assert told["numbers drawn, SHA-256"] == digest_of(positions).hex()
    assert told["entry of the draw"].isdecimal()
    assert "seed" not in run(app, "show", str(list_ids[1])).stdout.replace("seed from", "").replace("seed on", "")


def test_a_list_that_there_is_not_is_told_in_words(app: Flask, list_ids: tuple[int, int]) -> None:
    found = run(app, "show", "404")
    assert found.exit_code == 1
    assert "[case_list.unknown]" in found.stderr

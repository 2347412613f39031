"""samvad seal."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.cli.record import record
from app.cli.seal import seal
from app.config import Settings
from app.formats.record.notes import RecordKey
from app.jobs import chores
from app.models import Response, SealWeek
from app.transaction import reading, transaction
from tests.factories import add_place, add_responses, add_survey
from tests.factories.figures.tree import WEEK
from tests.factories.record.department import RecordedDepartment, monday
from tests.fixtures.secrets import SECRETS
from tests.record_verifier import findings_in

KEY = RecordKey("localhost/r/record", SECRETS.record)


def test_what_is_from_before_is_marked_and_then_whatever_is_altered_is_named(app: Flask) -> None:
    runner = app.test_cli_runner()
    with transaction() as session:
        ids = add_responses(session, add_place(session), add_survey(session), WEEK, [{"respect": 5}] * 30)
    unmarked = runner.invoke(seal, ["verify"])
    assert (unmarked.exit_code, unmarked.output.splitlines()[0]) == (1, f"30 answers of the week {WEEK} have no mark")
    adopted = runner.invoke(seal, ["adopt"])
    assert adopted.exit_code == 0
    assert adopted.stdout == "Marked 30 answers that had no mark.\n"
    assert runner.invoke(seal, ["verify"]).output == "Every answer and every verdict is as it was sealed.\n"
    with transaction() as session:
        session.execute(update(Response).where(Response.id == ids[4]).values(answers='{"respect":1}'))
    altered = runner.invoke(seal, ["verify"])
    assert altered.exit_code == 1
    assert f"answer {ids[4]} of the week {WEEK} was altered" in altered.stdout


def test_what_a_backup_brought_back_is_sealed_anew(app: Flask) -> None:
    runner = app.test_cli_runner()
    with transaction() as session:
        ids = add_responses(session, add_place(session), add_survey(session), WEEK, [{"respect": 5}] * 3)
    runner.invoke(seal, ["adopt"])
    chores.seal()
    with transaction() as session:
        session.execute(delete(SealWeek))
    found = runner.invoke(seal, ["verify"])
    assert f"the seal of the week {WEEK} was put back" in found.stdout
    assert "`samvad seal anew`" in found.stderr
    assert runner.invoke(seal, ["anew"]).output == "Everything that is there is sealed.\n"
    assert runner.invoke(seal, ["verify"]).exit_code == 0
    with transaction() as session:
        session.execute(update(Response).where(Response.id == ids[0]).values(language="en"))
    told = runner.invoke(seal, ["anew"])
    assert (told.exit_code, str(ids[0]) in told.output) == (1, True)


def test_the_marks_of_a_week_are_for_an_outsider(app: Flask) -> None:
    runner = app.test_cli_runner()
    with transaction() as session:
        add_responses(session, add_place(session), add_survey(session), WEEK, [{"respect": 5}] * 3)
    runner.invoke(seal, ["adopt"])
    told = runner.invoke(seal, ["marks", WEEK.isoformat()])
    assert "The record does not know all of these yet" in told.stderr
    printed = told.stdout.splitlines()
    with reading() as session:
        assert printed == sorted(mark.hex() for mark in session.scalars(select(Response.mark)) if mark)
        assert session.get_one(SealWeek, WEEK).answers == len(printed) == 3
    assert runner.invoke(seal, ["marks", "2020-01-06"]).output == ""
    assert runner.invoke(seal, ["marks", "yesterday"]).exit_code == 2


def test_with_the_marks_of_a_week_the_public_program_says_that_none_is_gone(
    app: Flask, settings: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Sealed here, told the record, and multiplied by a program that shares no code with the server."""
    runner, folder, department = app.test_cli_runner(), tmp_path / "copy", RecordedDepartment(settings)
    for week in range(3):
        department.live(week)
    runner.invoke(seal, ["adopt"])
    department.keep(monday(2))
    assert runner.invoke(record, ["export", str(folder)]).exit_code == 0
    names = {"answers": [], "verdicts": ["--verdicts"]}
    printed = {
        name: runner.invoke(seal, ["marks", WEEK.isoformat(), *more]).stdout.splitlines()
        for name, more in names.items()
    }
    for gone in (0, 1):
        for name, marks in printed.items():
            (tmp_path / f"{WEEK}.{name}").write_text("\n".join(marks[gone:]) + "\n")
        said = findings_in(folder, "--macs", str(tmp_path), keys=("--key", KEY.vkey))
        there = [
            f"{name} of {WEEK}: {len(marks) - 1} are there, entry {{}} sealed {len(marks)}; they are not the same"
            for name, marks in printed.items()
        ]
        assert [re.sub("entry [0-9]+", "entry {}", line) for line in said] == (there if gone else [])

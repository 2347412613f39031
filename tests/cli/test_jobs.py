"""samvad jobs, from outside; and a worker that is killed while it draws."""

import shutil
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from app.base import create_base
from app.cli import commands as all_commands
from app.config import Mode, Settings
from app.domain.installation.job import KEPT
from app.domain.weeks import month_before, month_label, weeks_of_month
from app.extensions import db
from app.formats.crypto.secret_files import write_secrets
from app.models import Job, Place
from app.services.figures.releases import publish_releases
from app.transaction import reading, transaction
from tests.factories import add_place, add_responses, add_survey
from tests.fixtures.commands import Commands
from tests.fixtures.secrets import SECRETS

#: a month whose weeks have all settled, by the clock of the machine that runs the commands
MONTH = month_before(month_before(datetime.now(UTC).date()))
ASKED = month_label(MONTH)
WEEK = weeks_of_month(MONTH.year, MONTH.month)[0]


def run(app: Flask, *arguments: str) -> Result:
    return CliRunner().invoke(all_commands, ["jobs", *arguments], obj=ScriptInfo(create_app=lambda: app))


def publish_about(place_id: int) -> None:
    """Results of the month, of one place."""
    with transaction() as session:
        place, version = session.get_one(Place, place_id), add_survey(session, slug="visit")
        add_responses(session, place, version, WEEK, [{"overall": 4}] * 12)
        session.flush()
        publish_releases(session, datetime.now(UTC))


def test_asked_for_listed_and_cancelled(app: Flask) -> None:
    assert run(app, "list").stdout == "Nothing has been asked for yet.\n"
    assert "[place.unknown]" in run(app, "ask", "--month", ASKED).stderr
    with transaction() as session:
        district = add_place(session, kind="district", parent=add_place(session, kind="state", code="MP"), code="D-1")
    early = run(app, "ask", "--month", ASKED)
    assert "[job.month_without_results]" in early.stderr
    publish_about(district.id)
    assert run(app, "ask", "--month", ASKED).stdout == "Job 1 waits for the worker.\n"
    assert run(app, "ask", "--month", ASKED, "--place", "D-1").stdout == "Job 2 waits for the worker.\n"
    again = run(app, "ask", "--month", ASKED, "--place", "D-1")
    assert (again.exit_code, "[job.asked_already]" in again.stderr) == (1, True)
    assert "[place.unknown]" in run(app, "ask", "--month", ASKED, "--place", "D-2").stderr
    assert "[job.month_not_over]" in run(app, "ask", "--month", "2999-10").stderr
    assert run(app, "cancel", "2").stdout == "Cancelled.\n"
    assert "[job.over]" in run(app, "cancel", "2").stderr
    assert "[job.unknown]" in run(app, "cancel", "3").stderr
    assert run(app, "list").stdout.splitlines() == [
        f"2\treports\tD-1\t{ASKED}\tcancelled\t0/0",
        f"1\treports\tMP\t{ASKED}\twaiting\t0/0",
    ]


def test_what_is_not_kept_any_more_is_listed_as_gone(app: Flask) -> None:
    with transaction() as session:
        state = add_place(session, kind="state", code="MP")
    publish_about(state.id)
    run(app, "ask", "--month", ASKED)
    with transaction() as session:
        job = session.get_one(Job, 1)
        job.state, job.kept_until, job.done, job.total = "done", datetime.now(UTC) + KEPT, 7, 7
    assert run(app, "list").stdout == f"1\treports\tMP\t{ASKED}\tdone\t7/7\n"
    with transaction() as session:
        session.get_one(Job, 1).kept_until = datetime.now(UTC)
    assert run(app, "list").stdout == f"1\treports\tMP\t{ASKED}\tgone\t7/7\n"


@pytest.fixture
def instance(tmp_path: Path, migrated_file: Path) -> Path:
    """A district with two stations of which there are results."""
    folder = tmp_path / "instance"
    write_secrets(folder / "secrets.json", SECRETS)
    shutil.copyfile(migrated_file, folder / "samvad.db")
    settings = Settings(Mode.TEST, folder, f"sqlite:///{folder / 'samvad.db'}", "http://localhost", SECRETS)
    app = create_base(settings)
    with app.app_context():
        with transaction() as session:
            version, top = add_survey(session, slug="visit"), add_place(session, kind="district", code="D-1")
            for code in ("S-1", "S-2"):
                station = add_place(session, parent=top, code=code)
                add_responses(
                    session, station, version, weeks_of_month(MONTH.year, MONTH.month)[0], [{"overall": 4}] * 12
                )
        with transaction() as session:
            publish_releases(session, datetime.now(UTC))
        with reading() as session:
            assert session.query(Job).count() == 0
        for engine in db.engines.values():
            engine.dispose()
    return folder


def test_a_worker_that_is_killed_leaves_what_the_next_one_goes_on_with(commands: Commands, instance: Path) -> None:
    assert commands("jobs", "ask", "--month", ASKED).stdout == "Job 1 waits for the worker.\n"
    worker = commands.begin("worker", "--once")
    until = time.monotonic() + 60
    while not (drawn := list(instance.glob("jobs/*/*.pdf"))) and time.monotonic() < until:
        time.sleep(0.02)
    worker.kill()
    assert drawn
    first = {file: file.stat().st_mtime_ns for file in instance.glob("jobs/*/*.pdf")}
    assert len(first) < 6
    assert "\trunning\t" in commands("jobs", "list").stdout
    again = commands.begin("worker", "--once")
    kept: dict[Path, int] = {}
    while again.process.is_alive():
        kept |= {file: file.stat().st_mtime_ns for file in first if file.exists()}
        time.sleep(0.02)
    assert again.end().status == 0
    assert kept == first
    assert f"1\treports\tD-1\t{ASKED}\tdone\t3/3" in commands("jobs", "list").stdout.splitlines()
    # The timetable may have asked for the newest month as well.
    whole = max((instance / "jobs").iterdir(), key=lambda file: file.stat().st_size)
    with zipfile.ZipFile(whole) as archive:
        assert len(archive.namelist()) == 7
        assert archive.testzip() is None

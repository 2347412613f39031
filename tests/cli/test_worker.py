"""samvad worker, as an operator meets it whose clock has jumped."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from app.formats.crypto.secret_files import write_secrets
from app.jobs.clock import read_clocks
from tests.fixtures.commands import Commands
from tests.fixtures.secrets import SECRETS


@pytest.fixture
def instance(tmp_path: Path, migrated_file: Path) -> Path:
    write_secrets(tmp_path / "instance" / "secrets.json", SECRETS)
    return shutil.copyfile(migrated_file, tmp_path / "instance" / "samvad.db").parent


def remember_an_earlier_clock(instance: Path, by: timedelta) -> None:
    """As if the clock had been believed a moment ago and had then been set on."""
    reading = read_clocks()
    row = (f"{reading.at - by:%Y-%m-%d %H:%M:%S.%f}", reading.boot, reading.ran // timedelta(milliseconds=1))
    with closing(sqlite3.connect(instance / "samvad.db")) as connection, connection:
        connection.execute("DELETE FROM clock_note")
        connection.execute(
            "INSERT INTO clock_note (id, believed_at, believed_boot, believed_ran_ms) VALUES (1, ?, ?, ?)", row
        )


def test_a_jump_is_told_and_a_person_can_say_that_it_is_right(commands: Commands, instance: Path) -> None:
    assert commands("worker", "--once").status == 0
    remember_an_earlier_clock(instance, timedelta(days=35))
    done = commands("worker", "--once")
    assert done.status == 1
    assert "Not done: publish" in done.stderr
    assert "The clock of this machine has jumped" in done.stderr
    assert "Traceback" not in done.stderr
    assert "[clock.doubted]" in commands("releases", "publish").stderr
    assert commands("worker", "--clock-is-right").status == 0
    for command in (("releases", "publish"), ("worker", "--once")):
        done = commands(*command)
        assert (done.status, done.stderr) == (0, ""), done


def test_a_second_of_a_time_server_is_no_jump(commands: Commands, instance: Path) -> None:
    remember_an_earlier_clock(instance, timedelta(seconds=90))
    assert commands("worker", "--once").status == 0

"""Units as systemd reads them. None is started here: that takes a machine of which systemd is the first process."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from app.cli import commands
from tests.meta import ROOT
from tests.samples import SAMPLES, sample, write

UNITS = sorted(file.name for file in (SAMPLES / "systemd").iterdir())
ANALYZE = shutil.which("systemd-analyze")


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed here, so the units were not read by it")
def test_systemd_finds_no_fault_with_the_units(tmp_path: Path) -> None:
    """With the programs of this checkout in the place of those of an installation."""
    for name in UNITS:
        write(tmp_path, name, sample(f"systemd/{name}").replace("/srv/samvad/.venv", str(Path(sys.prefix))))
    files = [tmp_path / name for name in UNITS]
    done = subprocess.run([ANALYZE, "verify", "--man=no", *files], capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "samvad" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service")])
def test_a_unit_runs_what_there_is(name: str) -> None:
    lines = re.findall(r"^Exec\w+=(.+)$", sample(f"systemd/{name}").replace("\\\n", " "), re.M)
    for line in lines:
        program, *words = shlex.split(line)
        if program == "/bin/sh":
            program, *words = words[-1].removeprefix("exec ").split()
        assert Path(sys.executable).with_name(Path(program).name).exists()
        if Path(program).name == "samvad":
            command: click.Command = commands
            while isinstance(command, click.Group) and words[0] in command.commands:
                command = command.commands[words.pop(0)]
            assert command is not commands
            asked = CliRunner().invoke(command, [*words, "--help"])
            assert asked.exit_code == 0, asked.output
    assert lines


def test_pages_and_work_are_shut_in_alike() -> None:
    """What is in the unit of the one and not of the other is what they do, and when."""
    web, worker = (set(sample(f"systemd/samvad-{name}.service").splitlines()) for name in ("web", "worker"))
    settings = {line.partition("=")[0].strip() for line in web ^ worker if line and not line.startswith("#")}
    assert settings == {
        "Description",
        "After",
        "ExecStartPre",
        "ExecStart",
        "--no-control-socket --bind 127.0.0.1:8000 --log-level error wsgi:app",
        "TimeoutStartSec",
        "Restart",
    }


def test_the_folder_of_samples_says_where_each_file_goes() -> None:
    for file in SAMPLES.rglob("*"):
        if file.is_file():
            assert re.match(r"# /etc/\S+", file.read_text("utf-8")), file.relative_to(ROOT)

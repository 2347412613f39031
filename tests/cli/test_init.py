"""samvad init, keys, accounts and audit, from the outside."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from flask.cli import ScriptInfo

from app.base import ROOT, create_base
from app.cli import commands as samvad
from app.config import Settings
from tests.fixtures.commands import Commands

NAMES = ["--name-hi", "नमूना पुलिस", "--name-en", "Sample Police", "--state-hi", "नीलप्रदेश", "--state-en", "Nilpradesh"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "SAMVAD_INSTANCE": str(tmp_path / "instance"),
        "SAMVAD_ADDRESS": "https://samvad.example.in",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }


def run(environment: dict[str, str], *arguments: str, typed: str = "") -> Result:
    """A command in this process, with this environment: starting Python anew takes longer than the command."""
    info = ScriptInfo(create_app=lambda: create_base(Settings.from_env()))
    return CliRunner().invoke(samvad, arguments, obj=info, env=environment, input=typed)


def set_up(environment: dict[str, str], tmp_path: Path) -> Result:
    sheet = str(tmp_path / "sheet.txt")
    return run(environment, "init", *NAMES, "--username", "Chief", "--sheet", sheet, "--unattended")


def test_from_a_bare_machine_to_a_lost_one_and_back(
    environment: dict[str, str], commands: Commands, tmp_path: Path
) -> None:
    done = set_up(environment, tmp_path)
    assert done.exit_code == 0, done.output
    assert "First administrator: chief" in done.stdout
    instance, sheet = tmp_path / "instance", tmp_path / "sheet.txt"
    assert instance.stat().st_mode & 0o777 == 0o700
    for file in (instance / "secrets.json", sheet):
        assert file.stat().st_mode & 0o777 == 0o600
    assert commands.start().status == 0
    assert run(environment, "audit", "verify").stdout.startswith("Whole: ")
    assert run(environment, "accounts", "list").stdout.startswith("chief\tstate_admin\tNilpradesh")

    lines = run(environment, "keys", "list").stdout.splitlines()
    assert [line.split("\t")[:2] for line in lines] == [["signing", "0"], ["sealing", "1"]]
    assert not any("not used" in line for line in lines)

    before = (instance / "secrets.json").read_bytes()
    (instance / "secrets.json").unlink()
    assert run(environment, "keys", "recover", typed=sheet.read_text("utf-8")).exit_code == 0
    assert (instance / "secrets.json").read_bytes() == before

    again = set_up(environment, tmp_path)
    assert again.exit_code == 1
    assert again.stderr.strip() == "Error: This installation has been set up already. [installation.set_up]"


def test_a_sheet_to_print_holds_every_line(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "Sheet.PDF"
    done = run(environment, "init", *NAMES, "--username", "chief", "--sheet", str(file), "--unattended")
    assert done.exit_code == 0, done.output
    assert file.stat().st_mode & 0o777 == 0o600
    document = pypdfium2.PdfDocument(file)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "samvad.example.in" in text
    assert "ताले में रखें" in text
    secrets = tmp_path / "instance" / "secrets.json"
    before = secrets.read_bytes()
    secrets.unlink()
    assert run(environment, "keys", "recover", typed=text).exit_code == 0
    assert secrets.read_bytes() == before
    again = run(environment, "keys", "sheet", str(file))
    assert "[keys.sheet_exists]" in again.stderr
    assert run(environment, "keys", "sheet", str(tmp_path / "two.pdf")).exit_code == 0


def test_the_sheet_is_read_back_before_anything_is_set_up(environment: dict[str, str], tmp_path: Path) -> None:
    sheet = str(tmp_path / "sheet.txt")
    done = run(environment, "init", *NAMES, "--username", "chief", "--sheet", sheet, typed="no\nno\nno\n")
    assert done.exit_code == 1
    assert "[keys.not_typed]" in done.stderr
    assert "Password" not in done.stdout
    assert run(environment, "accounts", "list").stdout == ""
    # What was begun goes on with the secrets that the first sheet names.
    assert run(environment, "init", *NAMES, "--sheet", f"{sheet}.2", "--username", "c.1", "--unattended").exit_code == 0
    assert Path(f"{sheet}.2").read_text("utf-8") == Path(sheet).read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SAMVAD_ADDRESS": "http://samvad.example.in"}, "must begin with https://"),
        ({"SAMVAD_ADDRESS": ""}, "SAMVAD_ADDRESS must be the public address"),
        ({"SAMVAD_MODE": "fast"}, "SAMVAD_MODE must be"),
        ({}, "run `samvad init` first"),
    ],
)
def test_a_start_that_would_be_unsafe_is_refused_in_one_sentence(
    commands: Commands, change: dict[str, str], sentence: str
) -> None:
    started, asked = commands.start(**change), commands("audit", "head", **change)
    assert (started.status, asked.status) == (3, 1)
    for said in (started.stderr, asked.stderr):
        assert sentence in said
        assert "Traceback" not in said
        assert len(said.strip().splitlines()) == 1


def test_secrets_that_others_can_read_are_refused(commands: Commands, instance: Path) -> None:
    (instance / "secrets.json").chmod(0o644)
    done = commands.start()
    assert done.status == 3
    assert "chmod 600" in done.stderr


def test_a_server_does_not_try_again_for_ever(environment: dict[str, str]) -> None:
    command = [
        str(Path(sys.executable).with_name("gunicorn")),
        "--bind",
        "127.0.0.1:0",
        "--no-control-socket",
        "wsgi:app",
    ]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 3
    # Nothing before it and nothing after it, where an operator looks.
    assert re.fullmatch(r"Samvad cannot start: There are no secrets [^\n]+\n", done.stderr)


def test_accounts_by_command(environment: dict[str, str], tmp_path: Path) -> None:
    set_up(environment, tmp_path)
    made = run(environment, "accounts", "create", "eye", "--role", "auditor", "--place", "STATE", "--name", "Auditor")
    assert made.exit_code == 0, made.output
    assert len(made.stdout.strip()) == 23
    for command in ("reset-password", "reset-totp", "end-sessions", "disable", "enable"):
        assert run(environment, "accounts", command, "eye").exit_code == 0, command
    last = run(environment, "accounts", "disable", "chief")
    assert last.exit_code == 1
    assert "[account.last_administrator]" in last.stderr
    assert run(environment, "audit", "verify").exit_code == 0
    wrong = run(environment, "audit", "verify", "--head", "1:0000000000000000")
    assert wrong.exit_code == 1
    assert "[audit.broken]" in wrong.stderr

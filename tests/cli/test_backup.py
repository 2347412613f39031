from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.cli import ScriptInfo

from app.cli import commands
from app.config import Settings
from app.factory import create_app


@pytest.fixture
def here(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A migrated installation that the environment points at."""
    monkeypatch.setenv("SAMVAD_INSTANCE", str(settings.instance))
    (settings.instance / "secrets.json").write_text("{}")
    migrate = CliRunner().invoke(commands, ["db", "upgrade"], obj=ScriptInfo(create_app=lambda: create_app(settings)))
    assert migrate.exit_code == 0, migrate.output
    return settings


def test_there_and_back(here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = CliRunner().invoke(commands, ["backup", str(tmp_path / "b.tar")])
    assert saved.exit_code == 0, saved.output
    assert "encrypt it" in saved.output
    monkeypatch.setenv("SAMVAD_INSTANCE", str(tmp_path / "second"))
    restored = CliRunner().invoke(commands, ["restore", str(tmp_path / "b.tar")])
    assert restored.exit_code == 0, restored.output
    assert (tmp_path / "second" / "samvad.db").is_file()


def test_a_refusal_is_one_sentence_with_its_code(here: Settings, tmp_path: Path) -> None:
    done = CliRunner().invoke(commands, ["restore", str(tmp_path / "absent.tar")])
    assert done.exit_code == 1
    assert "is no backup of Samvad" in done.output
    assert "[backup.unreadable]" in done.output
    assert "Traceback" not in done.output

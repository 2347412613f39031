import pytest
from click.testing import CliRunner

from app.cli import commands


def test_nothing_is_offered_that_would_ruin_an_installation() -> None:
    group = commands.commands["db"]
    assert sorted(group.to_info_dict(group.make_context("db", ["upgrade"]))["commands"]) == ["compact", "upgrade"]


@pytest.mark.parametrize("name", ["upgrade", "compact"])
def test_help_needs_neither_settings_nor_secrets(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAMVAD_ADDRESS", raising=False)
    monkeypatch.setenv("SAMVAD_INSTANCE", "/nowhere")
    done = CliRunner().invoke(commands, ["db", name, "--help"])
    assert (done.exit_code, "Usage:" in done.output) == (0, True)

import os
import subprocess
from pathlib import Path

import pytest

from tests.meta import ROOT, shown

SCRIPTS = [*sorted((ROOT / "script").iterdir()), ROOT / ".ci" / "run"]


@pytest.mark.parametrize("script", SCRIPTS, ids=shown)
def test_a_script_can_be_run_and_parses(script: Path) -> None:
    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in script.read_text("utf-8")
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_the_server_of_a_newcomer_listens_on_this_machine_only() -> None:
    text = (ROOT / "script" / "server").read_text("utf-8")
    assert '--bind "127.0.0.1:$port"' in text
    assert text.count("--bind") == 1


def test_integration_calls_the_tests_and_nothing_else() -> None:
    text = (ROOT / ".ci" / "run").read_text("utf-8")
    commands = [line for line in text.splitlines() if line.startswith("exec ")]
    assert commands == ["exec script/test"]

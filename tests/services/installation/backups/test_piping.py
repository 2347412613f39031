"""A command that gets a backup: it took all of it and ended well, or it is said what it did."""

import subprocess
import time
from pathlib import Path
from typing import IO

import pytest

from app.domain.problem import Problem
from app.services.installation.backups.piping import send_to_command

#: more than any pipe holds
CONTENT = b"0123456789abcdef" * 40_000


def write(out: IO[bytes]) -> None:
    out.write(CONTENT)


def test_all_of_it_arrives(tmp_path: Path) -> None:
    send_to_command(f"cat > {tmp_path}/got", write, patience_s=60)
    assert (tmp_path / "got").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("command", "code", "why"),
    [
        ("cat >/dev/null; exit 3", "backup.command_failed", "status 3"),
        ("exit 3", "backup.command_failed", "status 3"),
        ("no-such-command-anywhere 2>/dev/null", "backup.command_failed", "status 127"),
        ("head -c 1000 >/dev/null; kill -9 $$", "backup.command_failed", "signal SIGKILL"),
        ("head -c 1000 >/dev/null", "backup.command_cut", "only a part"),
    ],
)
def test_whoever_does_not_take_it_is_told(command: str, code: str, why: str) -> None:
    with pytest.raises(Problem) as caught:
        send_to_command(command, write, patience_s=60)
    assert caught.value.code == code
    assert why in caught.value.sentence()


@pytest.mark.parametrize("before", ["", "cat >/dev/null; "], ids=["takes nothing", "does not end"])
def test_whoever_hangs_is_ended_with_all_that_it_started(tmp_path: Path, before: str) -> None:
    with pytest.raises(Problem, match=r"backup\.command_hangs"):
        send_to_command(f"{before}sleep 1000 & echo $! >{tmp_path}/child; wait", write, patience_s=0.3)
    child = (tmp_path / "child").read_text().strip()
    # Gone, or a zombie that nobody has waited for yet. A signal takes effect when its process runs next.
    until = time.monotonic() + 30
    while state_of(child) not in ("", "Z", "Zs"):
        assert time.monotonic() < until, "it lives on"


def state_of(process: str) -> str:
    asked = subprocess.run(["ps", "-o", "stat=", "-p", process], capture_output=True, text=True, check=False)
    return asked.stdout.strip()

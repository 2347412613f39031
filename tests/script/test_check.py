import json
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from script.supply_chain.advisories import Advisories
from script.supply_chain.check import tell
from tests.meta import ROOT
from tests.script.test_affected import advisory, affected
from tests.script.test_locked import SMALL

NEWEST = datetime(2026, 11, 20, 10, tzinfo=UTC)
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def test_a_fault_is_told_with_where_it_is_mended_and_whom_it_concerns() -> None:
    found = Advisories(
        [
            advisory("PYSEC-2026-1", affected({"introduced": "0"}, {"fixed": "3.1.4"}), summary="A door"),
            advisory("PYSEC-2026-2", affected({"introduced": "0"}, name="pytest")),
        ],
        NEWEST,
    )
    lines, status = tell(SMALL, {"flask", "numpy"}, found, NOW, 30)
    assert status == 1
    assert lines == [
        "flask 3.1.3: PYSEC-2026-1: A door (mended in 3.1.4)",
        "pytest 9.2.0, for tests and builds only: PYSEC-2026-2: no summary (not mended yet)",
        "5 packages looked up in 2 advisories; the newest was changed on 20 November 2026, 9 days ago. "
        "Known vulnerabilities: 2.",
    ]


@pytest.mark.parametrize(("oldest", "status"), [(9, 0), (8, 2)])
def test_an_old_list_that_finds_nothing_is_no_good_news(oldest: int, status: int) -> None:
    none = Advisories([advisory("PYSEC-2026-1")], NEWEST)
    assert tell(SMALL, {"flask"}, none, NOW, oldest)[1] == status


def test_the_command_reads_the_lock_of_this_project(tmp_path: Path) -> None:
    def check() -> tuple[int, str]:
        command = [ROOT / "script" / "vulnerabilities", "--list", stored, "--oldest", "100000"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    stored = tmp_path / "pypi.zip"
    status, said = check()
    assert (status, said.count("\n")) == (2, 1)
    assert "There is no list" in said

    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("PYSEC-2026-1.json", json.dumps(advisory("PYSEC-2026-1", affected({"introduced": "0"}))))
    status, said = check()
    assert status == 1
    assert "Known vulnerabilities: 1." in said

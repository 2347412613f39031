"""A copy of another department's record, checked and kept, with every head that it ever had: whoever keeps one proves a
rewrite. Fetched and checked by the two programs that everybody can get, so a mirror needs no trust in this server.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from app.domain.problem import Problem, ProblemType

NOT_FETCHED = ProblemType("record.not_fetched", 502, "The record was not copied. The mirror is as it was before.")

#: a web server serves this folder as it is
COPY = "record"
#: signed heads by their number of entries, each of a copy in which nothing was wrong
HEADS = "heads"

_PROGRAMS = Path(__file__).parents[3] / "static" / "verify"


def mirror_record(address: str, folder: Path, vkey: str) -> bool:
    """Bring the mirror up to date, and hold it against every head that is kept; whether nothing is wrong.

    The programs say on the standard output what they did and found. A head is kept only of a copy in which nothing is
    wrong. Problem `record.not_fetched` if there is no record at the address, or the network broke off.
    """
    copy, heads = folder / COPY, folder / HEADS
    heads.mkdir(parents=True, exist_ok=True)
    if _run("samvad-fetch.py", address, str(copy)) != 0:
        raise Problem(NOT_FETCHED)
    held = [part for head in sorted(heads.iterdir()) for part in ("--held", str(head))]
    if _run("samvad-verify.py", str(copy), "--key", vkey, *held) != 0:
        return False
    size = (copy / "checkpoint").read_text(encoding="utf-8").split("\n")[1]
    shutil.copyfile(copy / "checkpoint", heads / f"{int(size):012}")
    return True


def _run(program: str, *given: str) -> int:
    # Our own programs, on what somebody has named on the command line.
    return subprocess.run([sys.executable, str(_PROGRAMS / program), *given], check=False).returncode  # noqa: S603

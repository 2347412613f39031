"""An installation where no network is, with all that Samvad is made of: bundled, installed, upgraded, gone back from.

It fetches the packages once, as whoever makes the bundle does. Times are those of the wall: most of it is unpacking.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.harness.measure import Figure

_ROOT = Path(__file__).resolve().parents[2]
_CUT_OFF = ["unshare", "--map-root-user", "--net"]


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="samvad-bundle-") as name:
        folder = Path(name)
        here, there, bundle = folder / "here", folder / "there", folder / "bundle"
        _run(folder, "git", "clone", "--quiet", str(_ROOT), str(here))
        (here / ".venv").symlink_to(sys.prefix)
        yield Figure("bundle, made", _run(here, "script/bundle", str(bundle)), "s")
        yield Figure("bundle, all files", _size(bundle), "MB")

        _run(folder, "git", "clone", "--quiet", str(bundle / "samvad.bundle"), str(there))
        yield Figure(
            "installed without network", _run(there, *_CUT_OFF, "script/bootstrap", "--from", str(bundle)), "s"
        )
        _run(there, *_CUT_OFF, ".venv/bin/samvad", "--help")
        yield Figure("installation, all files", _size(there), "MB")

        upgraded = _run(there, *_CUT_OFF, "script/upgrade", "--from", str(bundle))
        yield Figure("upgrade to the same version", upgraded, "s")
        yield Figure("gone back", _run(there, *_CUT_OFF, ".before-upgrade/go-back"), "s")
        _run(there, *_CUT_OFF, ".venv/bin/samvad", "--help")
        shutil.rmtree(there)


def _run(folder: Path, *command: str) -> float:
    began = time.monotonic()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def _size(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6

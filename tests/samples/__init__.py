"""The samples of docs/samples, tried: proxies that are started, units and rules that their own readers read."""

import os
import re
import shutil
import sys
from pathlib import Path

from tests.meta import ROOT

SAMPLES = ROOT / "docs" / "samples"


def sample(name: str, changes: dict[str, str] | None = None) -> str:
    """A sample with the changes that its reader would make: each must find something to change."""
    text = (SAMPLES / name).read_text("utf-8")
    for was, becomes in (changes or {}).items():
        text, times = re.subn(re.escape(was), lambda _: becomes, text)  # noqa: B023
        assert times, f"{name} has no {was}"
    return text


def program(name: str) -> str | None:
    """Where a program lies that the samples are tried with: as `script/bootstrap --test` unpacked it, or installed."""
    unpacked = Path(sys.prefix) / "tried" / "usr"
    return shutil.which(name, path=f"{unpacked}/sbin:{unpacked}/bin:{os.environ['PATH']}:/usr/sbin")


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file

"""The packages that requirements.lock pins, each with its files' digests and with who asks for it."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"

_PINNED = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\")
_DIGEST = re.compile(r"    --hash=sha256:(?P<digest>[0-9a-f]{64})(?: \\)?")
_VIA = re.compile(r"    #   (?:via )?(?P<inner>\S.*)|    # via (?P<only>\S.*)")
#: how the lock names this project itself
_PROJECT = "samvad"


@dataclass(frozen=True, slots=True)
class Locked:
    """One pinned release. A name may be pinned twice, under conditions (`marker`) that exclude each other."""

    name: str
    version: str
    marker: str | None
    digests: tuple[str, ...]
    asked_by: frozenset[str]
    """Names of the packages that need it; `samvad` where `pyproject.toml` does."""

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def read_lock(text: str) -> list[Locked]:
    """All that is pinned, in the order of the file. `ValueError` names a line that is none of a lock file's."""
    return [_read(block) for block in _blocks(text)]


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in text.splitlines():
        if line[:1].isalnum() and block:
            yield block
            block = []
        if line.strip() and not line.startswith("#"):
            block.append(line)
    if block:
        yield block


def _read(block: list[str]) -> Locked:
    pinned = _PINNED.fullmatch(block[0])
    if pinned is None:
        raise ValueError(f"This is no line of a lock file: {block[0]}")
    digests, asked_by = [], set()
    for line in block[1:]:
        if found := _DIGEST.fullmatch(line):
            digests.append(found["digest"])
        elif found := _VIA.fullmatch(line):
            asked_by.add((found["only"] or found["inner"]).split()[0])
        elif line.strip() != "# via":
            raise ValueError(f"This is no line of a lock file: {line}")
    return Locked(pinned["name"], pinned["version"], pinned["marker"], tuple(digests), frozenset(asked_by))


def asked_by_project() -> set[str]:
    """The names that `pyproject.toml` depends on to run; not those for tests and builds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {str(canonicalize_name(Requirement(line).name)) for line in project["dependencies"]}


def needed_to_run(packages: list[Locked], asked: set[str]) -> set[str]:
    """Names that the product needs, directly or through others; what else is locked serves tests and builds.

    `asked` are the names that `pyproject.toml` depends on.
    """
    needed = set(asked)
    while more := {package.name for package in packages if package.asked_by & needed} - needed:
        needed |= more
    return needed


def is_project(name: str) -> bool:
    """Whether the lock means this project by a name."""
    return name == _PROJECT

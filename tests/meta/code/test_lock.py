import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.meta import ROOT

LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+)(?: ;[^\\]+)? \\$((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)$", re.M)


def test_the_lock_names_no_address() -> None:
    assert "://" not in LOCK
    assert "--index" not in LOCK
    assert "--find-links" not in LOCK


def test_everything_in_the_lock_is_pinned_with_hashes() -> None:
    named = [line for line in LOCK.splitlines() if line[:1].isalnum()]
    assert len(PINNED.findall(LOCK)) == len(named) > 50


def test_the_lock_holds_what_the_project_asks_for() -> None:
    asked = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["test"],
        *PROJECT["dependency-groups"]["build"],
    ]
    locked: dict[str, list[str]] = {}
    for name, version, _hashes in PINNED.findall(LOCK):
        locked.setdefault(name, []).append(version)
    for requirement in map(Requirement, asked):
        versions = locked.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement} is not in the lock"
        assert all(requirement.specifier.contains(version) for version in versions), f"{requirement}: {versions}"

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.meta import ROOT, of_every, python_files, shown

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS = {"domain", "formats", "models", "services", "documents", "workflows", "jobs", "cli", "web"}
BESIDE = {"migrations", "translations", "starters"}
SUBJECTS = {"places", "surveys", "codes", "slips", "draws", "responses"}
SUBJECTS |= {"figures", "devices", "accounts", "installation", "record", "simulation", "dialogue"}
# Lists on purpose: one schema, one group of commands a file, what changed the schema, what was decided and measured.
LISTS = {"app/models", "app/cli", "app/migrations/versions", "docs/decisions", "tests/benchmarks", "tests/cli"}
MOST_FILES = 12
# What a folder has for Python and for pytest.
MARKERS = {"__init__.py", "conftest.py"}


def test_the_import_contract_holds() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_package_has_its_place_in_the_contract() -> None:
    packages = {folder.name for folder in (ROOT / "app").iterdir() if folder.is_dir()} - {"__pycache__"}
    assert packages <= LAYERS | BESIDE


@of_every(python_files("app/domain"))
def test_the_rules_need_only_the_standard_library(file: Path) -> None:
    assert {name for name in imported_names(file) if not name.startswith("app.domain")} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    "layer", ["app/domain", "app/services", "app/web/public", "app/web/office", "templates/office"]
)
def test_a_layer_is_parted_by_the_same_subjects(layer: str) -> None:
    folders = {folder.name for folder in (ROOT / layer).iterdir() if folder.is_dir()} - {"__pycache__"}
    assert folders <= SUBJECTS


def test_no_folder_is_a_heap() -> None:
    files = [name for name in tracked_files() if name.name not in MARKERS and len(name.parts) > 1]
    sizes = Counter(name.parent.as_posix() for name in files)
    assert {folder for folder, size in sizes.items() if size > MOST_FILES} <= LISTS


@pytest.mark.parametrize("layer", ["domain", "services"])
def test_a_subject_says_who_may_import_it(layer: str) -> None:
    """As the contract has it: the subjects that stand above."""
    contract = next(one for one in CONTRACTS if one.get("containers") == [f"app.{layer}"])
    above: set[str] = set()
    for row in contract["layers"]:
        subjects = row.split(" | ")
        for subject in subjects:
            readers = said_of(ROOT / "app" / layer / subject).partition(" For ")[2]
            assert set(re.findall(r"\w+", readers)) & SUBJECTS == above, subject
        above.update(subjects)


@of_every([file for file in python_files("app") if file.name == "__init__.py"])
def test_a_folder_says_what_lives_there_and_for_whom(file: Path) -> None:
    assert re.search(r"^[A-Z].+\. For .+\.$", said_of(file.parent), re.M)


def said_of(folder: Path) -> str:
    """What a folder says of itself, on one line."""
    return " ".join((ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or "").split())


def tracked_files() -> list[Path]:
    """Every file of the repository by its name below the root, without what a checkout ignores."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [Path(name) for name in names if (ROOT / name).is_file()]


def test_no_circle_of_folders() -> None:
    """The files at the top of `app/` stand each by itself in the contract, so they are left out here."""
    arrows: dict[Path, set[Path]] = defaultdict(set)
    for file in python_files("app"):
        names = [ROOT / name.replace(".", "/") for name in imported_names(file) if name.startswith("app.")]
        folders = {name if name.is_dir() else name.parent for name in names}
        if file.name != "__init__.py":
            arrows[file.parent] |= folders - {file.parent, ROOT / "app"}
    for folder in list(arrows):
        reached, waiting = set[Path](), [folder]
        while waiting:
            further = arrows[waiting.pop()] - reached
            reached |= further
            waiting.extend(further)
        assert folder not in reached, f"{shown(folder)} is reached again by what it imports"


def imported_names(file: Path) -> set[str]:
    """What a file imports: whole names of our own modules, first names of all others."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name if name.startswith("app.") else name.split(".")[0] for name in names}

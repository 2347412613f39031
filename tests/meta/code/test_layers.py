import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.meta import ROOT, python_files, shown

LAYERS = {"domain", "formats", "models", "services", "documents", "workflows", "jobs", "cli", "web"}
BESIDE = {"migrations", "translations", "starters"}
SUBJECTS = {"places", "surveys", "codes", "slips", "responses"}
SUBJECTS |= {"figures", "devices", "accounts", "installation", "record"}
# Lists on purpose: one schema, one group of commands a file, the few kinds of pages that citizens see.
LISTS = {"app/models", "app/cli", "app/web/public"}
MOST_FILES = 12


def test_the_import_contract_holds() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_package_has_its_place_in_the_contract() -> None:
    packages = {folder.name for folder in (ROOT / "app").iterdir() if folder.is_dir()} - {"__pycache__"}
    assert packages <= LAYERS | BESIDE


@pytest.mark.parametrize("file", python_files("app/domain"), ids=shown)
def test_the_rules_need_only_the_standard_library(file: Path) -> None:
    assert {name for name in imported_names(file) if not name.startswith("app.domain")} <= sys.stdlib_module_names


@pytest.mark.parametrize("layer", ["app/domain", "app/services", "app/web/office", "templates/office"])
def test_a_layer_is_parted_by_the_same_subjects(layer: str) -> None:
    folders = {folder.name for folder in (ROOT / layer).iterdir() if folder.is_dir()} - {"__pycache__"}
    assert folders <= SUBJECTS


def test_no_folder_is_a_heap() -> None:
    sizes = Counter(shown(file.parent) for file in python_files("app") if file.name != "__init__.py")
    assert {folder for folder, files in sizes.items() if files > MOST_FILES} <= LISTS


def imported_names(file: Path) -> set[str]:
    """What a file imports: whole names of our own modules, first names of all others."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name if name.startswith("app.") else name.split(".")[0] for name in names}

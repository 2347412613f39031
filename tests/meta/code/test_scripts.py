import os
import re
import subprocess
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.meta import ROOT, shown

SCRIPTS = [*sorted(file for file in (ROOT / "script").iterdir() if file.is_file()), ROOT / ".ci" / "run"]
MODULES = ROOT / "static" / "js"
MOST_FILES = 12
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
#: at the top or where it is needed, for its names or for what it does
IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")


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


def imported() -> dict[Path, set[Path]]:
    """What each module of the pages imports."""
    texts = {file: COMMENT.sub("", file.read_text("utf-8")) for file in MODULES.rglob("*.js")}
    return {file: {(file.parent / name).resolve() for name in IMPORT.findall(text)} for file, text in texts.items()}


def test_no_module_makes_html_or_code_of_text() -> None:
    """What people typed is set as text. A page that the server sent is read by `DOMParser`, which runs nothing."""
    makes = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|setHTML")
    assert [
        shown(file) for file in MODULES.rglob("*.js") if makes.search(COMMENT.sub("", file.read_text("utf-8")))
    ] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = imported()
    assert set().union(*modules.values()) <= modules.keys()
    TopologicalSorter(modules).prepare()


def test_no_folders_of_modules_import_each_other_in_a_circle() -> None:
    folders: dict[Path, set[Path]] = {file.parent: set() for file in imported()}
    for file, others in imported().items():
        folders[file.parent] |= {other.parent for other in others} - {file.parent}
    assert sum(map(len, folders.values())) >= len(folders) - 1
    TopologicalSorter(folders).prepare()


def test_a_folder_of_modules_can_be_seen_at_a_glance() -> None:
    for folder in {file.parent for file in imported()}:
        assert len(list(folder.iterdir())) <= MOST_FILES, shown(folder)

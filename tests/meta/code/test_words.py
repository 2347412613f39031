import re
from pathlib import Path

from tests.meta import ROOT, of_every, python_files, shown

# A file by such a name collects what has no better place, and then everything.
CATCH_ALLS = {"models", "forms", "utils", "util", "helpers", "helper", "manager", "misc", "common", "base_utils"}
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
SOURCES = ("app", "templates", "static", "printables", "tests", "script", "docs")
TEXTS = {"", ".py", ".html", ".css", ".js", ".md", ".toml", ".svg", ".mako", ".ini"}


def source_files() -> list[Path]:
    files = (file for folder in SOURCES for file in (ROOT / folder).rglob("*") if file.is_file())
    return [file for file in files if file.suffix in TEXTS and "__pycache__" not in file.parts]


@of_every(python_files("app"))
def test_no_file_is_a_catch_all(file: Path) -> None:
    assert file.stem not in CATCH_ALLS


def test_no_script_is_a_catch_all() -> None:
    assert [shown(file) for file in (ROOT / "static").rglob("*.js") if file.stem in CATCH_ALLS] == []


def test_nothing_is_left_for_later() -> None:
    found = [shown(file) for file in source_files() if UNFINISHED.search(file.read_text("utf-8", "replace"))]
    assert found == []

"""Tests about the whole: what no single part can promise for itself."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def python_files(*folders: str) -> list[Path]:
    """Every Python file below these folders of the repository, except migrations, which are generated."""
    files = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return sorted(file for file in files if "versions" not in file.parts)


def shown(file: Path) -> str:
    """A file's path as a person names it."""
    return file.relative_to(ROOT).as_posix()

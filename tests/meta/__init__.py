"""Tests about the whole: what no single part can promise for itself."""

import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def python_files(*folders: str) -> list[Path]:
    """Every Python file below these folders of the repository, except migrations, which are generated."""
    files = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return sorted(file for file in files if "versions" not in file.parts)


def shown(file: Path) -> str:
    """A file's path as a person names it."""
    return file.relative_to(ROOT).as_posix()


def of_every(files: Iterable[Path]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A rule for one file, made into one test of all of them, which names every file that breaks it.

    A test of its own for each would cost more than the rule: each process of the tests collects all of them.
    """
    every = list(files)

    def whole(rule: Callable[..., None]) -> Callable[..., None]:
        def test(**fixtures: Any) -> None:
            assert every, "a rule for no file holds nothing"
            broken = []
            for file in every:
                try:
                    rule(file, **fixtures)
                except (AssertionError, pytest.fail.Exception) as fault:
                    broken.append(f"{shown(file)}: {fault}")
            assert not broken, "\n".join(broken)

        test.__name__, test.__doc__, test.__module__ = rule.__name__, rule.__doc__, rule.__module__
        signature = inspect.signature(rule)
        rest = list(signature.parameters.values())[1:]
        test.__signature__ = signature.replace(parameters=rest)  # type: ignore[attr-defined]
        return test

    return whole

import re
from pathlib import Path

import click
import pytest

from app.cli import commands
from tests.meta import ROOT, python_files, shown

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)|<(?:img|source)[^>]+src=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6}\s+(.+)$", re.M)
SETTING = re.compile(r"\bSAMVAD_[A-Z_]+\b")
# Read by the tests alone.
FOR_TESTS = {"SAMVAD_CORPUS", "SAMVAD_SHARED_DATA"}

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=shown)


@every_document
def test_links_resolve(document: Path) -> None:
    for target in (first or second for first, second in LINK.findall(document.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        assert file.exists(), f"{shown(document)}: {target}"
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file), f"{shown(document)}: {target}"


@every_document
def test_scripts_and_files_that_are_named_exist(document: Path) -> None:
    for name in re.findall(
        r"`((?:script|app|docs|tests|templates|static|printables)/[\w./-]+)`", document.read_text("utf-8")
    ):
        assert (ROOT / name).exists(), f"{shown(document)}: {name}"


def test_every_setting_is_documented_and_no_other() -> None:
    read = {name for file in python_files("app") for name in settings_in(file)}
    documented = settings_in(ROOT / "docs" / "operations.md")
    assert read - documented == set()
    assert documented - read - FOR_TESTS == set()


@every_document
def test_commands_that_are_named_exist(document: Path) -> None:
    for line in re.findall(
        r"(?:^|/bin/|^[A-Z_]+=\S+ )samvad ((?:[a-z][a-z-]+ ?)+)", "\n".join(code_of(document)), re.M
    ):
        command: click.Command = commands
        for word in line.split():
            if not isinstance(command, click.Group):
                break
            assert word in command.commands, f"{shown(document)}: samvad {line}"
            command = command.commands[word]


def settings_in(file: Path) -> set[str]:
    """The settings a file names, those written short after the first (`SAMVAD_MODE, _INSTANCE`) not among them."""
    return set(SETTING.findall(file.read_text("utf-8")))


def code_of(document: Path) -> list[str]:
    text = document.read_text("utf-8")
    return re.findall(r"```[^\n]*\n(.*?)```", text, re.S) + re.findall(r"`([^`\n]+)`", text)


def anchors(document: Path) -> set[str]:
    """Headings as a forge makes anchors of them."""
    found = HEADING.findall(document.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}

import re
import sys
from pathlib import Path

import click
import pytest

from app.cli import commands
from tests.meta import ROOT, of_every, python_files, shown

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)|<(?:img|source)[^>]+src=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6}\s+(.+)$", re.M)
SETTING = re.compile(r"\bSAMVAD_[A-Z_]+\b")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+/?|[\w.-]+\.(?:css|html|js|json|lock|md|po|py|toml|txt|yaml)")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Read by the tests alone.
FOR_TESTS = {"SAMVAD_CORPUS", "SAMVAD_SHARED_DATA"}
# What an installation makes, and no checkout has.
MADE_LATER = {
    ".advisories/pypi.zip",
    "instance/demo-accounts.txt",
    "instance/secrets.json",
    "secrets.json",
    "security.txt",
}
# Whoever wants to say more says it in docs/.
MOST_WORDS = {"README.md": 1_300}


every_document = of_every(DOCUMENTS)


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
    """As seen from the top, from `app/` or from the document; a bare name is that of some file."""
    for name in quoted(document):
        if PATH.fullmatch(name) and name not in MADE_LATER:
            near = any((folder / name).exists() for folder in (ROOT, ROOT / "app", document.parent))
            assert near or ("/" not in name and any((ROOT / "app").rglob(name))), f"{shown(document)}: {name}"


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


@every_document
def test_scripts_that_are_named_can_be_called_so(document: Path) -> None:
    for line in "\n".join(code_of(document)).splitlines():
        for script, options in re.findall(r"(?<![\w/])(script/\w+|\.ci/run)((?: --[a-z]+)*)", line):
            file = ROOT / script
            assert file.is_file(), f"{shown(document)}: {line}"
            assert all(option in file.read_text("utf-8") for option in options.split()), f"{shown(document)}: {line}"
        for tool in re.findall(r"\.venv/bin/([\w-]+)", line):
            assert Path(sys.executable).with_name(tool).exists(), f"{shown(document)}: {line}"


@pytest.mark.parametrize("name", MOST_WORDS)
def test_a_newcomer_is_not_drowned(name: str) -> None:
    assert len((ROOT / name).read_text("utf-8").split()) <= MOST_WORDS[name]


def test_decisions_are_numbered_and_in_the_index() -> None:
    index = (DECISIONS[0].parent / "README.md").read_text("utf-8")
    listed = re.findall(r"^\| (\d+) \| \[(.+)\]\((.+)\) \|$", index, re.M)
    headings = [HEADING.findall(decision.read_text("utf-8"))[0] for decision in DECISIONS]
    assert [f"{number}. {title}" for number, title, _ in listed] == headings
    assert [file for _, _, file in listed] == [decision.name for decision in DECISIONS]
    assert [int(decision.name[:4]) for decision in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@of_every(DECISIONS)
def test_a_decision_says_why_what_and_what_follows(decision: Path) -> None:
    _title, *parts = re.split(r"^#+ .+\n", decision.read_text("utf-8"), flags=re.M)[1:]
    assert HEADING.findall(decision.read_text("utf-8"))[1:] == ["Context", "Decision", "Consequence"]
    assert all(part.strip() for part in parts)


def test_words_are_where_they_are_said_to_be() -> None:
    tables = (ROOT / "docs" / "words.md").read_text("utf-8").partition("## On screen and on paper")[0]
    lines = [line for line in tables.splitlines() if line.startswith("| ")]
    words = [
        row for row in ([cell.strip() for cell in line.strip("|").split("|")] for line in lines) if row[0] != "word"
    ]
    assert len(words) > 50
    for word, meaning, where in words:
        assert meaning, word
        assert re.fullmatch(r"`[^`]+`(?:, `[^`]+`)*", where), word


def test_names_in_the_walks_for_contributors_are_those_of_the_code() -> None:
    files = [file for top in ("app", "tests", "templates", "static") for file in (ROOT / top).rglob("*")]
    sources = (file.read_text("utf-8") for file in files if file.suffix in {".py", ".html", ".js"})
    known = set(NAME.findall("\n".join(sources)))
    assert {name for name in quoted(ROOT / "CONTRIBUTING.md") if NAME.fullmatch(name)} - known == set()


def settings_in(file: Path) -> set[str]:
    """The settings a file names, those written short after the first (`SAMVAD_MODE, _INSTANCE`) not among them."""
    return set(SETTING.findall(file.read_text("utf-8")))


def code_of(document: Path) -> list[str]:
    return re.findall(r"```[^\n]*\n(.*?)```", document.read_text("utf-8"), re.S) + quoted(document)


def quoted(document: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", document.read_text("utf-8"))


def anchors(document: Path) -> set[str]:
    """Headings as a forge makes anchors of them."""
    found = HEADING.findall(document.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}

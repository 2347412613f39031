"""Odd arguments and odd files for every command that reads names, numbers or lists: a sentence, never a traceback."""

import io
from collections.abc import Iterator
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo

from app.cli import commands
from app.transaction import transaction
from tests.factories.places.places import add_place

GROUPS = ("accounts", "places", "surveys", "batches", "keys")
#: they write a file of secrets, or ask for a line of one, which tests/cli/test_keys.py does
NOT_HERE = {"keys recover", "keys verify", "keys sheet", "keys rotate-signing", "keys rotate-sealing"}
TEXTS = (
    # What a shell hands over for bytes that are no UTF-8.
    "\udcff", "a\udced\udca0\udc80", "", " ", "-1", "0", "3" * 40, "a" * 300, "थ" * 3_000, "\x1b[2J\x7f", "\u202e",
    "1e400", "0001-01-01", "9999-12-31", "../..", "/", "%s %(x)s {0}", "' OR 1=1 --", "=1+1",
)  # fmt: skip


def workbook(*cells: str) -> bytes:
    """With letters as a workbook can name them that no file of XML could hold."""
    book = openpyxl.Workbook()
    book.active.append(["code", "kind", "name_hi", "name_en", "parent_code"])  # type: ignore[union-attr]
    book.active.append(list(cells))  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEAD = b"code,kind,name_hi,name_en,parent_code\n"
FILES = {
    "empty": b"",
    "nul": HEAD + b"A\0,state,\0,A,\n",
    "controls": HEAD + b"A\x01,state,\x02,\x7f,\n",
    "bytes": HEAD + b"\xff\xfe,state,\xed\xa0\x80,A,\n",
    "long": HEAD + b"A" * 3_000 + b",state," + "थ".encode() * 1_000 + b",A,\n",
    "wide": b"," * 5_000,
    "quotes": HEAD + b'"A,state\n',
    "numbers": HEAD + b"1e400,9999999999999999999999,NaN,-1,0\n",
    "binary.xlsx": b"PK\x03\x04" + bytes(range(256)),
    "zip.xlsx": b"PK\x05\x06" + bytes(18),
    "escaped.xlsx": workbook("A_x0000_", "state", "_xD800_", "_xFFFF_", ""),
    "form.md": b"| survey |\n| | type | name | label::hi | label::en |\n| | text | a\x01\xed\xa0\x80 | \x02 | |\n",
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
}


def leaves(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from leaves(command, *path, name)
        elif " ".join((*path, name)) not in NOT_HERE:
            yield (*path, name), command


COMMANDS = [leaf for name in GROUPS for leaf in leaves(commands.commands[name], name)]  # type: ignore[arg-type]


def good(parameter: click.Parameter, file: Path) -> str:
    """Something that is not odd at all."""
    if isinstance(parameter.type, click.Choice):
        return str(next(iter(parameter.type.choices)))
    if isinstance(parameter.type, click.DateTime):
        return "2026-06-01"
    if isinstance(parameter.type, click.IntRange):
        return "1"
    if isinstance(parameter.type, click.Path):
        return str(file.parent if not parameter.type.file_okay else file)
    return "S"


def line(command: click.Command, odd: click.Parameter, value: str, file: Path) -> list[str]:
    """The command's arguments, all of them there, one of them odd."""
    words: list[str] = []
    for parameter in command.params:
        if isinstance(parameter, click.Option) and (parameter.is_flag or not (parameter.required or parameter is odd)):
            continue
        said = value if parameter is odd else good(parameter, file)
        words += (
            [parameter.opts[0], said]
            if isinstance(parameter, click.Option)
            else ["--", said]
            if said[:1] == "-"
            else [said]
        )
    return words


@pytest.mark.both_databases
def test_no_command_answers_an_odd_argument_or_file_with_a_traceback(app: Flask, tmp_path: Path) -> None:
    with transaction() as session:
        add_place(session, kind="state", code="S")
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    runner, tried, failed = CliRunner(), 0, []
    for path, command in COMMANDS:
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.is_flag:
                continue
            values = list(TEXTS)
            if isinstance(parameter.type, click.Path):
                values = [str(tmp_path), *(str(tmp_path / name) for name in FILES), str(tmp_path / ("a" * 300))]
            for value in values:
                arguments = [*path, *line(command, parameter, value, tmp_path / "empty")]
                result = runner.invoke(commands, arguments, obj=ScriptInfo(create_app=lambda: app))
                tried += 1
                if result.exception is not None and not isinstance(result.exception, SystemExit):
                    failed.append((" ".join(path), parameter.name, value[-40:], repr(result.exception)[:150]))
    assert tried > 200
    assert not failed, "\n".join(map(repr, failed))

"""The key-recovery sheet: written once, proved by typing a line of it back, and read again after a loss."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

import click

from app.config import Secrets
from app.documents.key_sheets import draw_key_sheet
from app.domain.problem import Problem, ProblemType
from app.formats.crypto.secret_files import SheetLine, is_typed_right, sheet_lines

SHEET_EXISTS = ProblemType("keys.sheet_exists", 409, "%(file)s exists already: name a file that does not.")
SHEET_NOT_TYPED = ProblemType(
    "keys.not_typed", 422, "This is not line %(label)s. Compare the print with the file, then run `samvad keys verify`."
)
_TRIES = 3

_HEAD = """\
SAMVAD  KEY-RECOVERY SHEET                                    {host}

Whoever holds this sheet can sign codes, open sealed answers and forge the audit chain. Print it
twice, lock both copies away in different houses, and delete the file. It is needed when the server
is lost together with its backups. To use it: samvad keys recover. The letters O and I stand for 0
and 1 as well.

यह काग़ज़ ताले में रखें। इसकी दो प्रतियाँ छापें, दोनों अलग-अलग जगह रखें और फ़ाइल मिटा दें।

"""


def write_sheet(path: Path, held: Secrets, host: str) -> None:
    """Write the sheet, readable by the owner alone: a page to print if the file ends in .pdf, else plain text."""
    lines = sheet_lines(held)
    content = draw_key_sheet(lines, host) if path.suffix.lower() == ".pdf" else _as_text(lines, host).encode()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Problem(SHEET_EXISTS, file=str(path)) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError:
        # Half a sheet under the name of a whole one would be printed and locked away.
        path.unlink(missing_ok=True)
        raise


def _as_text(lines: Sequence[SheetLine], host: str) -> str:
    """For a printer with letters of one width."""
    width = max(len(line.label) for line in lines)
    body = "\n".join(f"{line.label:<{width}} : {line.text}" for line in lines)
    return _HEAD.format(host=host) + body + "\n"


def ask_for_a_line(held: Secrets) -> None:
    """Prove that the print can be read: one line, drawn by lot, has to be typed from it."""
    line = secrets.choice(sheet_lines(held))
    for _ in range(_TRIES):
        if is_typed_right(line, _ask(line)):
            click.echo("Right: the sheet can be read.")
            return
        click.echo("That is not what the sheet says.")
    raise Problem(SHEET_NOT_TYPED, label=line.label)


def _ask(line: SheetLine) -> str:
    return str(click.prompt(f"Type line {line.label} from the print"))

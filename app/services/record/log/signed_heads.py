"""The last head of the record that was signed, kept outside the database.

A signed root that is rolled back is a fork for ever. Whoever puts back yesterday's database would sign another head of
the same size, or a smaller one, without knowing: so every head is written down here before it is shown, and nothing is
signed that does not continue it.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from app.domain.problem import Problem, ProblemType
from app.formats.crypto.secret_files import write_private

STATE_UNREADABLE = ProblemType(
    "record.state_unreadable",
    500,
    "The last signed head of the record cannot be read from %(file)s: nothing is signed. Put the file back, or run"
    " `samvad record resume`.",
)

_FILE = "signed-head.json"


@dataclass(frozen=True, slots=True)
class SignedHead:
    """`size` entries have `root`, and the key of this `vkey` has signed it."""

    size: int
    root: bytes
    vkey: str


def read_signed_head(folder: Path) -> SignedHead | None:
    """None where there is no file; Problem `record.state_unreadable` for one that says nothing."""
    file = folder / _FILE
    try:
        raw = json.loads(file.read_text("utf-8"))
        return SignedHead(int(raw["size"]), bytes.fromhex(raw["root"]), str(raw["vkey"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise Problem(STATE_UNREADABLE, file=str(file)) from None


def write_signed_head(folder: Path, head: SignedHead) -> None:
    """On the disk when this returns."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(folder / _FILE, json.dumps({"size": head.size, "root": head.root.hex(), "vkey": head.vkey}))


def no_state(folder: Path) -> Problem:
    """The same, where heads were signed and the file is gone."""
    return Problem(STATE_UNREADABLE, file=str(folder / _FILE))

"""A copy of another department's record, checked and kept, with every head that it ever had: whoever keeps one proves a
rewrite. Fetched and checked by the two programs that everybody can get, so a mirror needs no trust in this server.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from app.domain.problem import Problem, ProblemType
from app.formats.record.notes import NoteRefused, is_signed_by, open_checkpoint, read_vkey

NO_ADDRESS = ProblemType(
    "record.address", 422, "%(address)s is no address of a record, such as https://feedback.example.gov.in/r/record/."
)
NOT_FETCHED = ProblemType("record.not_fetched", 502, "The record was not copied. The mirror is as it was before.")
KEY_WRONG = ProblemType(
    "record.key_wrong",
    422,
    "What is served at %(address)s is not signed by the key that you gave, so nothing of it was copied: %(why)s."
    " Compare the key with that on paper, and the address.",
)
KEY_MISTYPED = ProblemType(
    "record.key_mistyped", 422, "This is not the public key of a record: it was mistyped, or cut off."
)

#: a web server serves this folder as it is
COPY = "record"
#: a copy that does not continue the heads that are kept: to look at, not to serve
DOUBTED = "doubted"
#: signed heads by their number of entries
HEADS = "heads"

_FRESH = "fetched"
_PROGRAMS = Path(__file__).parents[3] / "static" / "verify"
#: findings that begin so say that it could not be told whether this continues what was there
_OF_THE_TREE = ("checkpoint", "tile/", "not all was looked at")


def mirror_record(address: str, folder: Path, vkey: str) -> bool:
    """Bring the mirror up to date, and hold it against every head that is kept; whether nothing is wrong.

    The programs say on the standard output what they did and found. A copy that continues every head is kept with its
    own, whatever else is wrong with it: what is found once may be found for ever. Problems `record.address`,
    `record.key_mistyped`, `record.key_wrong` of a key that never signed a head here and did not sign the one that is
    served, before anything else is fetched, and `record.not_fetched` if there is no record at the address, or the
    network broke off.
    """
    if not address.startswith(("https://", "http://")):
        raise Problem(NO_ADDRESS, address=address)
    _require_vkey(vkey)
    copy, fresh, heads = folder / COPY, folder / _FRESH, folder / HEADS
    heads.mkdir(parents=True, exist_ok=True)
    held = sorted(heads.iterdir())
    if not any(is_signed_by(_text_of(head), vkey) for head in held):
        _require_signer(address, fresh, vkey)
    _renew(fresh, copy)
    _fetch(address, fresh)
    options = [part for head in held for part in ("--held", str(head))]
    code, lines = _run("samvad-verify.py", str(fresh), "--key", vkey, *options)
    doubts = (*_OF_THE_TREE, *(f"{head.name}:" for head in held))
    continues = code in (0, 1) and not any(line.startswith(doubts) for line in lines)
    if continues:
        size = int((fresh / "checkpoint").read_text(encoding="utf-8").split("\n")[1])
        shutil.copyfile(fresh / "checkpoint", heads / f"{size:012}")
    _replace(folder / (COPY if continues else DOUBTED), fresh)
    return code == 0


def _require_vkey(vkey: str) -> None:
    try:
        read_vkey(vkey)
    except ValueError:
        raise Problem(KEY_MISTYPED) from None


def _require_signer(address: str, fresh: Path, vkey: str) -> None:
    """Of a key that the mirror does not know: by the head alone, since all of a record is much to fetch for nothing.

    Where heads are kept that it signed, one that it did not sign is no slip of the pen, and is looked at as a whole.
    """
    shutil.rmtree(fresh, ignore_errors=True)
    _fetch(address, fresh, "--head")
    note = _text_of(fresh / "checkpoint")
    shutil.rmtree(fresh)
    try:
        open_checkpoint(note, vkey)
    except NoteRefused as refused:
        raise Problem(KEY_WRONG, address=address, why=str(refused)) from None


def _fetch(address: str, fresh: Path, *options: str) -> None:
    if _run("samvad-fetch.py", address, str(fresh), *options)[0] != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        raise Problem(NOT_FETCHED)


def _text_of(head: Path) -> str:
    return head.read_text("utf-8", "replace")


def _renew(fresh: Path, copy: Path) -> None:
    """What is served stays as it is until the new copy has been checked."""
    shutil.rmtree(fresh, ignore_errors=True)
    if copy.exists():
        shutil.copytree(copy, fresh)


def _replace(place: Path, fresh: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)


def _run(program: str, *given: str) -> tuple[int, list[str]]:
    # Our own programs, on what somebody has named on the command line.
    command = [sys.executable, str(_PROGRAMS / program), *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    sys.stdout.write(done.stdout)
    sys.stderr.write(done.stderr)
    return done.returncode, done.stdout.splitlines()

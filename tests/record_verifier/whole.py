"""A record on which nothing is wrong, and where in it stands what tests bend."""

from collections.abc import Callable
from datetime import timedelta

from tests.factories.record.folder import (
    FIRST,
    STATIONS,
    RecordFolder,
    edition,
    figures_of,
    invented_record,
    sha256,
)

WHOLE = invented_record()
SIZE = len(WHOLE.entries)
HERE, THERE = STATIONS
CHAIN = f"of {HERE} station-visit 1 open own"
MONDAYS = [FIRST + timedelta(days=7 * week) for week in range(6)]
FIRST_EDITION = WHOLE.find("edition")
CORRECTION, REMOVAL = WHOLE.find("correction"), WHOLE.find("removal")
LIST, DRAW = WHOLE.find("list"), WHOLE.find("draw")
LAST_RELEASE = WHOLE.find("release", place=HERE, number=3)
WEEK_SEAL, RECEIPTS = WHOLE.find("seal", kind="week", on=str(MONDAYS[2])), WHOLE.find("receipts", on=str(MONDAYS[2]))
#: the lists after that one, and how many numbers are known then
LATER = [(WHOLE.find("receipts", on=str(MONDAYS[week])), 52 + 53 * (week - 1)) for week in (3, 4)]
HOUR = WHOLE.find("seal", kind="hour", hour="2026-12-09T07Z")
REWRITTEN = f"the first {SIZE} entries are not those it was signed over: the past was rewritten"
#: figures of a place whose results are not open
THEIRS = figures_of(HERE, MONDAYS[5], ["0" * 64])
Change = Callable[[RecordFolder], object]


def figures_in(record: RecordFolder, index: int) -> list[str]:
    """The digests of the figures under an edition."""
    return record.files[f"editions/{record.entry(index)['root']}.txt"].decode().split()


def hidden(opened: bytes | None = None, **keys: object) -> Change:
    """An edition of no place whose results are open, and of one whose are not."""

    def change(record: RecordFolder) -> None:
        made = RecordFolder()
        edition(made, MONDAYS[5], [THEIRS])
        root = made.entry(0)["root"]
        record.files |= {name: data for name, data in made.files.items() if name.startswith("editions")}
        edition(record, MONDAYS[5], [])
        record.entry(SIZE)["hidden"] = {"places": 1, "root": root, **keys}
        if opened:
            record.files[f"figures/{sha256(THEIRS).hex()}.json"] = opened

    return change

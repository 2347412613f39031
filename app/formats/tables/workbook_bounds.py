"""What a workbook may cost before it is read: a small file can unpack to a great deal of work.

48 kB hold eleven million empty cells, each of which a reader takes up for some microseconds. Looking for the brackets
of what is unpacked costs a hundredth of that, and says beforehand how much work it is.
"""

import io
import re
import zipfile
from dataclasses import dataclass

MOST_PARTS = 1_000
#: between one row and the next: as many cells as a sheet has columns, with their values, and some more
_MOST_IN_A_ROW = 100_000
#: of what has no rows, such as the list of all texts
_MOST_WITHOUT_ROWS = 1_000_000
#: bytes of one tag; what a tag holds is read at once
_LONGEST_TAG = 64 * 1024

#: the tightest honest list that was tried, twenty thousand rows of twenty small numbers, has nine to a packed byte
_TAGS_IN_A_BYTE, _TAGS_AT_ANY_RATE = 10, 200_000

# Office never writes these, and an entity can be made to grow or to fetch (OOXML forbids them, ECMA-376 part 2).
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_LONG_TAG = re.compile(rb"<[^<>]{%d}" % _LONGEST_TAG)
_ROW = re.compile(rb"<(?:[A-Za-z0-9]+:)?row\b")


class WorkbookDamagedError(ValueError):
    """It is no container, or holds what no workbook holds."""


class WorkbookTooLargeError(ValueError):
    """Reading it would take more time or memory than a list or a form is worth."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of all parts together: bytes when unpacked, and tags that are opened or closed. A cell with a value has four."""

    most_bytes: int
    most_tags: int


def require_within(content: bytes, bounds: Bounds) -> frozenset[str]:
    """The names of the parts; WorkbookDamagedError or WorkbookTooLargeError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            parts = container.infolist()
            # Reading stops at the declared size, so what is declared is what can be unpacked.
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > bounds.most_bytes:
                raise WorkbookTooLargeError
            left = min(bounds.most_tags, _TAGS_AT_ANY_RATE + _TAGS_IN_A_BYTE * len(content))
            for part in parts:
                # Whatever it is called: which part is a sheet is said by another.
                left -= _tags_of(container.read(part), left)
            return frozenset(part.filename for part in parts)
    except (WorkbookDamagedError, WorkbookTooLargeError):
        raise
    except Exception:
        # zipfile fails in many ways on damage: BadZipFile, NotImplementedError, RuntimeError, zlib.error …
        raise WorkbookDamagedError from None


def _tags_of(part: bytes, most: int) -> int:
    """How many there are; WorkbookTooLargeError if there are more, or too many in one place."""
    if not part.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        # A picture, or a program for printing.
        return 0
    # Of two bytes a letter, as UTF-16 has them, one is left.
    text = part.replace(b"\0", b"") if b"\0" in part[:64] else part
    tags = text.count(b"<")
    if tags > most or _LONG_TAG.search(text):
        raise WorkbookTooLargeError
    if _DOCTYPE.search(text):
        raise WorkbookDamagedError
    rows = _ROW.split(text) if tags > _MOST_IN_A_ROW else [text]
    most_here = _MOST_IN_A_ROW if len(rows) > 1 else _MOST_WITHOUT_ROWS
    if any(row.count(b"<") > most_here for row in rows):
        raise WorkbookTooLargeError
    return tags

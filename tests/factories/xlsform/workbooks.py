"""Writes the old .xls, which no kept library writes: BIFF8 records ([MS-XLS]) in an OLE2 file ([MS-CFB])."""

import struct
from collections.abc import Mapping, Sequence

_SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF

Sheets = Mapping[str, Sequence[Sequence[str | float]]]


def as_xls(sheets: Sheets) -> bytes:
    """A workbook with these sheets; text and numbers only."""
    bodies = [_sheet(rows) for rows in sheets.values()]
    names = list(sheets)
    # The offsets stand before what they point to, so the length of the globals is measured first.
    offset = len(_globals(names, [0] * len(names)))
    offsets = [offset + sum(map(len, bodies[:at])) for at in range(len(bodies))]
    return _ole(b"".join((_globals(names, offsets), *bodies)))


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _globals(names: list[str], offsets: list[int]) -> bytes:
    sheets = b"".join(
        _record(0x0085, struct.pack("<IHBB", offset, 0, len(name), 1) + name.encode("utf-16-le"))
        for name, offset in zip(names, offsets, strict=True)
    )
    return _begin(0x0005) + sheets + _record(0x000A)


def _sheet(rows: Sequence[Sequence[str | float]]) -> bytes:
    cells = b"".join(
        _cell(row, column, value) for row, line in enumerate(rows) for column, value in enumerate(line) if value != ""
    )
    return _begin(0x0010) + cells + _record(0x000A)


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    return _record(0x0203, place + struct.pack("<d", value))


def _ole(stream: bytes) -> bytes:
    """One stream named Workbook. Small streams would live elsewhere, so it is filled up to 4096 bytes."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    fats = -(-(count + 2) // 128)
    first = fats + 1
    chain = [_FAT] * fats + [_END] + [*range(first + 1, first + count), _END]
    fat = struct.pack(f"<{fats * 128}I", *chain, *[_FREE] * (fats * 128 - len(chain)))
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, first, len(stream))
    places = [*range(fats), *[_FREE] * (109 - fats)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, fats, 0, 4096, _END, 0, _END, 0)
    return header + struct.pack("<109I", *places) + fat + directory.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", _FREE, _FREE, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )

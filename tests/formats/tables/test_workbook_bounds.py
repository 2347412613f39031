"""How much work a workbook is, said before it is done."""

import io
import zipfile

import pytest

from app.formats.tables.workbook_bounds import Bounds, WorkbookDamagedError, WorkbookTooLargeError, require_within
from app.formats.tables.workbooks import BOUNDS

ROW = b"<row>%s</row>"


def packed(*parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for at, part in enumerate(parts):
            # Not every sheet is called one.
            container.writestr(f"xl/{at}.bin", part)
    return out.getvalue()


@pytest.mark.parametrize(
    "part",
    [
        b"<sheetData>" + ROW % (b"<c/>" * 100_001),
        b"<x:sheetData>" + b"<x:row><x:c/></x:row>" + b"<x:a/>" * 100_001,
        b"<sst>" + b"<si/>" * 1_000_001,
        b"<row " + b" ".join(b'a%d="1"' % at for at in range(9_000)) + b"/>",
        (b"<sheetData>" + ROW % (b"<c/>" * 100_001)).decode().encode("utf-16"),
        b"\xef\xbb\xbf \n<sheetData>" + ROW % (b"<c/>" * 100_001),
    ],
)
def test_too_much_in_one_place_is_refused(part: bytes) -> None:
    with pytest.raises(WorkbookTooLargeError):
        require_within(packed(part), BOUNDS)


def test_all_parts_count_together() -> None:
    part = b"<a>" + b"<row><c/></row>" * 100
    bounds = Bounds(most_bytes=10_000, most_tags=450)
    assert require_within(packed(part), bounds) == {"xl/0.bin"}
    for more in ((part, part), (part, b"x" * 10_000)):
        with pytest.raises(WorkbookTooLargeError):
            require_within(packed(*more), bounds)


def test_much_out_of_little_is_refused_sooner() -> None:
    sheet = b"<sheetData>" + (ROW % (b"<c/>" * 50_000)) * 5
    with pytest.raises(WorkbookTooLargeError):
        require_within(packed(sheet), BOUNDS)


def test_a_list_of_twenty_thousand_rows_is_let_in() -> None:
    row = b"".join(b'<c r="A%d"><v>%d</v></c>' % (at, at) for at in range(20))
    rows = (ROW % row.replace(b"<v>", b"<v>%d" % at) for at in range(20_000))
    require_within(packed(b"<sheetData>" + b"".join(rows)), BOUNDS)


def test_pictures_and_the_like_are_not_looked_into() -> None:
    require_within(packed(b"\x89PNG" + b"<" * 200_000), BOUNDS)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", packed(b"<a/>")[:-30], packed(b"<!DOCTYPE a><a/>")],
    ids=["empty", "cut", "shortened", "doctype"],
)
def test_what_is_damaged_is_said_to_be(content: bytes) -> None:
    with pytest.raises(WorkbookDamagedError):
        require_within(content, BOUNDS)

"""A page of a print as a picture."""

import io
from pathlib import Path

import pytest
from PIL import Image

from app.formats.paper.pdf import render_pdf
from app.formats.paper.pdfium import count_pages, picture_of_page

SHEET = """<!doctype html><html lang="en"><head><title>Two</title><style>
@page { size: 1in 2in; margin: 0; background: black } @page :first { background: white } p { break-after: page }
</style></head><body><p></p><p></p></body></html>"""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(SHEET)


@pytest.mark.parametrize(("page", "grey"), [(0, 255), (1, 0)])
def test_the_page_asked_for_is_drawn_in_the_size_asked_for(pdf: bytes, page: int, grey: int) -> None:
    picture = Image.open(io.BytesIO(picture_of_page(pdf, page=page, dpi=50)))
    assert (picture.format, picture.size) == ("PNG", (50, 100))
    assert picture.convert("L").getextrema() == (grey, grey)


def test_pages_of_a_file_are_counted(pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "two.pdf"
    file.write_bytes(pdf)
    assert count_pages(file) == 2

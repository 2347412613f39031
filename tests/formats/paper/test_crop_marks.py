"""Crop marks: where a printing house cuts."""

import io
from dataclasses import replace

import pikepdf
import pytest
from PIL import ImageChops

from app.documents.prints import draw_prints
from app.domain.codes.print_formats import Printable
from tests.factories.codes.prints import make_order, make_sheet
from tests.factories.pdfs import pictures, read

TEN_MM = 10 / 25.4 * 72


@pytest.mark.parametrize("what", Printable)
def test_crop_marks_stand_around_the_same_sheet(what: Printable) -> None:
    order = make_order(make_sheet(), what=what)
    # At 254 dpi ten millimetres are a hundred pixels, so that both are drawn alike.
    (plain,) = pictures(draw_prints(order), 254)
    pdf = draw_prints(replace(order, crop_marks=True))
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as document:
        (page,) = document.pages
        trim = [float(side) for side in page.trimbox]
        room = [inner - float(outer) for inner, outer in zip(trim, page.mediabox, strict=True)]
    assert room == pytest.approx([TEN_MM, TEN_MM, -TEN_MM, -TEN_MM], abs=0.01)
    (marked,) = pictures(pdf, 254)
    edge = 100
    inner = marked.crop((edge, edge, edge + plain.width, edge + plain.height))
    assert read(inner) == read(plain) != []
    # What is left of a shift by a part of a pixel is a third of the way from black to white at most.
    assert ImageChops.difference(inner.reduce(4), plain.reduce(4)).getextrema()[1] < 90
    marks = ImageChops.invert(marked)
    marks.paste(0, (edge - 3, edge - 3, edge + plain.width + 3, edge + plain.height + 3))
    corners = [(0, 0), (marked.width - edge, 0), (0, marked.height - edge), (marked.width - edge, marked.height - edge)]
    for left, top in corners:
        assert marks.crop((left, top, left + edge + 1, top + edge + 1)).getbbox() is not None
    for left, top, right, bottom in (
        (edge + 5, 0, marked.width - edge - 5, edge),
        (0, edge + 5, edge, marked.height - edge - 5),
    ):
        assert marks.crop((left, top, right, bottom)).getbbox() is None

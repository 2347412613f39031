"""Prints as whoever holds them sees them: their text, and a picture of them."""

import pypdfium2
from PIL import Image

from app.documents.prints import draw_prints
from app.domain.codes.print_order import PrintedSheet
from tests.factories.codes.prints import make_order

DPI = 150


def draw(*sheets: PrintedSheet, **changed: object) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(draw_prints(make_order(*sheets, **changed)))  # type: ignore[arg-type]


def text_of(page: pypdfium2.PdfPage) -> str:
    # PDFium tells a hyphen at the end of a line by a character of its own.
    return " ".join(page.get_textpage().get_text_range().replace("\ufffe", "-").split())


def picture_of(page: pypdfium2.PdfPage) -> Image.Image:
    image: Image.Image = page.render(scale=DPI / 72).to_pil()
    return image

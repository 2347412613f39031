"""Finished PDFs (pypdfium2): a page as a picture."""

import io
import threading
from pathlib import Path

import pypdfium2

# PDFium may be used by one thread at a time.
_one_at_a_time = threading.Lock()
_POINTS_PER_INCH = 72


def picture_of_page(pdf: bytes, *, page: int = 0, dpi: int = 110) -> bytes:
    """The page as a PNG, so that a preview is the print itself and not another drawing of it."""
    with _one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        picture = document[page].render(scale=dpi / _POINTS_PER_INCH).to_pil()
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def count_pages(file: Path) -> int:
    """How many pages a PDF on the disk has."""
    with _one_at_a_time, pypdfium2.PdfDocument(file) as document:
        return len(document)

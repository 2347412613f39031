"""Finished PDFs (pypdfium2): a page as a picture, and several files as one."""

import io
import threading
from collections.abc import Sequence

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


def join_pdfs(parts: Sequence[bytes]) -> bytes:
    """All pages of all parts in their order. Titles and tags are not kept: this is for paper."""
    if len(parts) == 1:
        return parts[0]
    written = io.BytesIO()
    with _one_at_a_time, pypdfium2.PdfDocument.new() as whole:
        for part in parts:
            with pypdfium2.PdfDocument(part) as document:
                whole.import_pages(document)
        whole.save(written)
    return written.getvalue()

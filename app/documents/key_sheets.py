"""The key-recovery sheet as a page to print, in both languages."""

from collections.abc import Sequence

from app.formats.crypto.secret_files import SheetLine
from app.formats.paper.pages import render_page
from app.formats.paper.pdf import render_pdf

_STYLES = ("shared/paper.css", "key-sheet/key-sheet.css")


def draw_key_sheet(lines: Sequence[SheetLine], host: str) -> bytes:
    """A PDF whose text, copied out of it, is a sheet that `read_sheet` reads."""
    return render_pdf(render_page("key-sheet/key-sheet.html", "hi", lines=lines, host=host), stylesheets=_STYLES)

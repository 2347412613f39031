"""The key-recovery sheet as a page to print, in both languages."""

from collections.abc import Sequence

from app.formats.pages import render_page
from app.formats.pdf import render_pdf
from app.formats.secret_files import SheetLine

_STYLES = ("shared/paper.css", "key-sheet/key-sheet.css")


def draw_key_sheet(lines: Sequence[SheetLine], host: str) -> bytes:
    """A PDF whose text, copied out of it, is a sheet that `read_sheet` reads."""
    return render_pdf(render_page("key-sheet/key-sheet.html", "hi", lines=lines, host=host), stylesheets=_STYLES)

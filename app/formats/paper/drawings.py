"""Drawings of ours as PNG, for systems that take no SVG. They are made when asked for and never kept in the tree."""

from app.formats.paper.pdf import render_pdf
from app.formats.paper.pdfium import picture_of_page

# A page of one inch: as many pixels as dots per inch.
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Icon</title><style>
@page {{ size: 1in; margin: 0 }} html, body {{ margin: 0 }} svg {{ display: block; width: 1in; height: 1in }}
</style></head><body>{svg}</body></html>"""


def png_of_svg(svg: str, size: int) -> bytes:
    """A square drawing with sides of `size` pixels, on white."""
    return picture_of_page(render_pdf(_PAGE.format(svg=svg)), dpi=size)

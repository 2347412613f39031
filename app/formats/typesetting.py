"""How wide a text will be (HarfBuzz), so that a name can be made to fit its box before the page is laid out."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby

import uharfbuzz

from app.formats.pdf_fonts import FAMILIES, font_configuration, require_fonts

_MM_PER_POINT = 25.4 / 72
# Pango rounds where it sets one run beside the next.
_MARGIN = 1.02
_LATIN, _DEVANAGARI = FAMILIES


def fit_size(text: str, *, width: float, height: float, sizes: Sequence[float], line_height: float = 1.5) -> float:
    """The largest of `sizes` (points, falling) at which bold `text` fits a box of `width` by `height` mm.

    One line is tried at every size before two lines are tried at any, and so on: a name shrinks first and
    wraps then. The smallest size if nothing fits.
    """
    widths = {size: [_width(word, size) for word in text.split()] for size in sizes}
    lines = 1
    while lines * sizes[-1] * line_height * _MM_PER_POINT <= height:
        for size in sizes:
            tall = lines * size * line_height * _MM_PER_POINT
            if tall <= height and _lines(widths[size], _width(" ", size), width) <= lines:
                return size
        lines += 1
    return sizes[-1]


def _lines(words: Sequence[float], space: float, width: float) -> int:
    """How many lines these words take; a word wider than the box is broken into as many as it needs."""
    lines, used = 1, 0.0
    for word in words:
        if used and used + space + word > width:
            lines, used = lines + 1, 0.0
        used += (space if used else 0.0) + word
        while used > width:
            lines, used = lines + 1, used - width
    return lines


def _width(text: str, size: float) -> float:
    """Millimetres of a text in one line, bold, each run in the family that paper.css takes it from."""
    hindi = any("\u0900" <= char <= "\u097f" for char in text)
    first, second = (_DEVANAGARI, _LATIN) if hindi else (_LATIN, _DEVANAGARI)
    units = 0.0
    for has, run in groupby(text, key=lambda char: _font(first).get_nominal_glyph(ord(char)) is not None):
        buffer = uharfbuzz.Buffer()
        buffer.add_str("".join(run))
        buffer.guess_segment_properties()
        font = _font(first if has else second)
        uharfbuzz.shape(font, buffer)
        units += sum(glyph.x_advance for glyph in buffer.glyph_positions) / font.face.upem
    return units * size * _MM_PER_POINT * _MARGIN


@cache
def _font(family: str) -> uharfbuzz.Font:
    _regular, bold = require_fonts(font_configuration(), (family,))
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(bold)))

"""Drawings of ours as PNG, for systems that take no SVG."""

import io

from PIL import Image

from app.formats.paper.drawings import png_of_svg

HALF_RED = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><rect width="1" height="2" fill="#f00"/></svg>'


def test_a_drawing_fills_a_square_of_the_size_asked_for_on_white() -> None:
    drawn = Image.open(io.BytesIO(png_of_svg(HALF_RED, 64))).convert("RGB")
    assert drawn.size == (64, 64)
    assert [drawn.getpixel(at) for at in ((1, 1), (1, 62), (62, 1), (62, 62))] == [(255, 0, 0)] * 2 + [(255,) * 3] * 2

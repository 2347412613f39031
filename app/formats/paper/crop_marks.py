"""Crop marks around a page, where a printing house cuts it (the TrimBox of ISO 32000-1, 14.11.2)."""

_MM = 72 / 25.4
#: white on every side of a page with marks, in points
ROOM = 10 * _MM
_AWAY, _LONG, _THICK = 3 * _MM, 5 * _MM, 0.25


def with_crop_marks(content: str, width: float, height: float) -> str:
    """The content of a page of this size, moved to the middle of one that has `ROOM` on every side, and its marks."""
    strokes = []
    for x in (ROOM, ROOM + width):
        strokes += [_line(x, ROOM - _AWAY, x, ROOM - _AWAY - _LONG)]
        strokes += [_line(x, ROOM + height + _AWAY, x, ROOM + height + _AWAY + _LONG)]
    for y in (ROOM, ROOM + height):
        strokes += [_line(ROOM - _AWAY, y, ROOM - _AWAY - _LONG, y)]
        strokes += [_line(ROOM + width + _AWAY, y, ROOM + width + _AWAY + _LONG, y)]
    return f"q 1 0 0 1 {ROOM:.3f} {ROOM:.3f} cm\n{content}\nQ q 0 G {_THICK} w {' '.join(strokes)} S Q"


def _line(*ends: float) -> str:
    return "{:.3f} {:.3f} m {:.3f} {:.3f} l".format(*ends)

"""Hindi that can be copied, searched and read aloud from a PDF.

WeasyPrint maps each glyph back to the first letters it was seen for, which cannot work where one glyph
serves several syllables: कोतवाली comes out as कोतवालिी. PDF has a word for it, /ActualText (ISO 32000-1,
14.9.4): every line drawn says itself what it reads. WeasyPrint has no such option yet, so its drawing
function is wrapped; `tests/formats/paper/test_text_layer.py` reads the text back and fails when that stops working.
The same place sees every character before it is drawn, so this is where a missing glyph is refused.
"""

from typing import Any

import pydyf
from weasyprint.draw import text as drawing

from app.formats.paper.fonts import require_glyphs

_MARK = "_samvad_actual_text"


def install() -> None:
    """Wrap WeasyPrint's line drawing, once a process."""
    draw_line = drawing.draw_first_line
    if hasattr(draw_line, _MARK):
        return

    def draw_line_with_its_text(stream: Any, textbox: Any, *arguments: Any) -> Any:
        text = str(textbox.pango_layout.text)
        require_glyphs(text)
        if text.isascii() or not text.strip():
            return draw_line(stream, textbox, *arguments)
        stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(text)}))
        try:
            return draw_line(stream, textbox, *arguments)
        finally:
            stream.end_marked_content()

    setattr(draw_line_with_its_text, _MARK, True)
    drawing.draw_first_line = draw_line_with_its_text

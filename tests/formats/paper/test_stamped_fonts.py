"""Fonts inside a stamped file: small, and what their glyphs say is what was written."""

import io

import pikepdf
import pytest

from app.documents.prints import draw_prints
from app.domain.codes.print_formats import PaperLanguage
from app.domain.places.place import BilingualName
from app.formats.paper.stamped_fonts import marked
from tests.factories.codes.prints import HARD_NAMES, make_order, make_sheet
from tests.factories.pdfs import texts

BELOW = BilingualName("ज़िला नमूनागढ़", "Namunagarh")


@pytest.mark.parametrize("name", HARD_NAMES)
@pytest.mark.parametrize("language", PaperLanguage)
def test_extracted_text_is_what_was_written(name: str, language: PaperLanguage) -> None:
    order = make_order(make_sheet(name, None, hung_at=HARD_NAMES[1]), below=BELOW, language=language)
    cover, poster = ("".join(text.split()) for text in texts(draw_prints(order)))
    for page in (cover, poster):
        assert "".join(name.split()) in page
        assert "".join(HARD_NAMES[1].split()) in page
        assert "73921846" in page


def test_fonts_say_what_their_glyphs_read() -> None:
    with pikepdf.open(io.BytesIO(draw_prints(make_order(make_sheet())))) as pdf:
        fonts = pdf.pages[0].Resources.Font
        assert len(fonts) >= 2
        for font in fonts.values():
            assert font.Encoding == "/Identity-H"
            assert b"beginbfchar" in font.ToUnicode.read_bytes()
            assert len(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()) < 40_000


def test_a_line_says_what_it_reads_in_any_script() -> None:
    assert marked("क𑀓", "[<0001>] TJ") == "/Span <</ActualText <FEFF0915D804DC13>>> BDC [<0001>] TJ EMC"

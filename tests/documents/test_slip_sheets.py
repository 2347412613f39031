"""Sheets of 24 slips: every code leads to its own link, every word is whole, and the cuts are where they should be."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops
from pyzbar.pyzbar import decode

from app.documents.prints import finished
from app.documents.slip_sheets import SLIP, draw_slips, require_printable_names
from app.documents.templates import stylesheets, template_html
from app.domain.codes.print_formats import PaperLanguage
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.domain.slips.slip_batch import PACK, MadeSlip
from app.formats.paper.pdf import PrintFault
from app.formats.paper.stamping import WHERE_IT_IS, Paper, Stamper, draw_template
from tests.factories.codes.prints import HARD_NAMES, make_slip_order, make_slips

DPI = 100
SAID = ("थाना कोतवाली", "Kotwali", "samvad.mppolice.gov.in", "7392 1846", "15 मई 2027")


def draw(slips: tuple[MadeSlip, ...], **changed: object) -> bytes:
    return finished(draw_slips(make_slip_order(slips, **changed)))


def pages(pdf: bytes) -> list[tuple[Image.Image, str]]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            (page.render(scale=DPI / 72).to_pil().convert("L"), page.get_textpage().get_text_range())
            for page in document
        ]


def read(picture: Image.Image) -> list[str]:
    """What the codes say, row by row from the left."""
    found = zxingcpp.read_barcodes(picture)
    row = 35.2 * DPI / 25.4
    at = {code.text: (round(code.position.top_left.y / row), code.position.top_left.x) for code in found}
    return sorted(at, key=lambda text: at[text])


@pytest.mark.parametrize("language", PaperLanguage)
def test_every_slip_of_every_pack_leads_to_its_own_link(language: PaperLanguage) -> None:
    slips = make_slips(3)
    sheets = pages(draw(slips, language=language))
    assert [read(picture) for picture, _text in sheets] == [
        [slip.link for slip in slips[start : start + PACK]] for start in range(0, len(slips), PACK)
    ]


@pytest.mark.parametrize(
    "treat",
    [
        lambda picture: picture.rotate(3, expand=True, fillcolor=255),
        lambda picture: picture.point(lambda value: 255 if value > 127 else 0),
        lambda picture: picture.point(lambda value: 70 + value // 3),
    ],
    ids=["3°", "one bit", "pale grey"],
)
def test_slips_survive_a_copier(treat) -> None:  # type: ignore[no-untyped-def]
    slips = make_slips()
    ((picture, _text),) = pages(draw(slips))
    assert {found.text for found in zxingcpp.read_barcodes(treat(picture))} == {slip.link for slip in slips}


def test_a_slip_says_all_it_has_to() -> None:
    sheets = pages(draw(make_slips(2)))
    for pack, (_picture, text) in enumerate(sheets, 1):
        said = "".join(text.split())
        for words in (*SAID, f"खेप 3, बंडल {pack}"):
            assert said.count("".join(words.split())) == PACK, words
        assert "112" in said


def test_a_list_says_which_packs_go_where_and_nothing_of_single_slips() -> None:
    slips = make_slips(3)
    other = tuple(replace(slip, place=BilingualName("थाना नगर", "Nagar"), number="10000008") for slip in slips[48:])
    below = BilingualName("ज़िला नमूनागढ़", "Namunagarh")
    (picture, text), *sheets = pages(draw((*slips[:48], *other), below=below, made_on=date(2026, 11, 23)))
    assert len(sheets) == 3
    assert read(picture) == []
    said = "".join(text.split())
    packs = ("बंडल 1 से 2, 48 पर्चियाँ", "बंडल 3, 24 पर्चियाँ")
    for words in ("ज़िला नमूनागढ़", "थाना कोतवाली · Kotwali", "थाना नगर", "1000 0008", *packs):
        assert "".join(words.split()) in said, words
    assert not any(slip.link[-36:] in said for slip in slips)


@pytest.mark.parametrize("name", HARD_NAMES)
def test_a_hard_name_is_whole_on_each_slip(name: str) -> None:
    ((picture, text),) = pages(draw(make_slips(name=BilingualName(name, None))))
    assert "".join(text.split()).count("".join(name.split())) == PACK
    assert len(read(picture)) == PACK


def test_sheets_are_a4_and_keep_to_the_printable_area() -> None:
    pdf = draw(make_slips(name=BilingualName(HARD_NAMES[4], "W" * 20)))
    with pypdfium2.PdfDocument(pdf) as document:
        assert [round(side * 25.4 / 72) for side in document[0].get_size()] == [210, 297]
    ((picture, _text),) = pages(pdf)
    ink = ImageChops.invert(picture).getbbox()
    assert ink is not None
    margins = (ink[0], ink[1], picture.width - ink[2], picture.height - ink[3])
    assert min(margins) * 25.4 / DPI >= 7


def test_a_code_is_read_by_a_second_reader_too() -> None:
    """As many pixels a module as a phone held close to it sees."""
    with pypdfium2.PdfDocument(draw(make_slips())) as document:
        picture = document[0].render(scale=200 / 72).to_pil().convert("L")
    assert {found.data.decode() for found in decode(picture)} == {slip.link for slip in make_slips()}


@pytest.mark.parametrize(
    ("name", "problem"), [("थाना 🚔", "print.glyph_missing"), ("क्ष " * 500, "print.text_too_long")]
)
def test_a_name_that_no_slip_can_hold_is_found_before_any_is_made(name: str, problem: str) -> None:
    require_printable_names([BilingualName(name, None) for name in HARD_NAMES])
    with pytest.raises(Problem, match=problem):
        require_printable_names([BilingualName("थाना कोतवाली", None), BilingualName(name, "Kotwali")])


def test_a_slot_that_no_slip_gets_is_a_fault() -> None:
    order = make_slip_order(make_slips())
    template = draw_template(template_html(SLIP, order.department, order.domain, order.language), stylesheets(SLIP))
    with pytest.raises(PrintFault, match="not on both sides"):
        Stamper().add_page(template, {"place": "x"}, paper=Paper(100, 100, (WHERE_IT_IS,)), each=[{"number": "1"}])

"""Stamped pages: their codes, their text, their boxes, and that they look as if WeasyPrint had drawn them whole."""

import io
import random
from collections.abc import Callable
from html import escape

import pikepdf
import pytest
import zxingcpp
from markupsafe import Markup
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from pyzbar.pyzbar import decode

from app.documents.prints import POSTER, draw_prints, sheet_html, sheet_values
from app.documents.templates import stylesheets
from app.domain.codes.print_formats import PaperLanguage
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.formats.paper.pdf import PrintFault, render_pdf
from app.formats.paper.stamping import Slot, Stamper, Template, draw_template, fit_slot
from app.formats.pictures.qr import QrMatrix
from tests.factories.codes.prints import CODE, HARD_NAMES, TOKEN_LETTERS, make_order, make_sheet
from tests.factories.pdfs import DPI, pictures, read, texts

BELOW = BilingualName("ज़िला नमूनागढ़", "Namunagarh")


def codes(count: int) -> list[str]:
    chance = random.Random(4)  # noqa: S311 - the same codes every time
    return ["HTTPS://SAMVAD.MPPOLICE.GOV.IN/S/" + "".join(chance.choices(TOKEN_LETTERS, k=26)) for _ in range(count)]


def stained(picture: Image.Image) -> Image.Image:
    """A twentieth of the code's surface covered, in the middle, where a finger or a drop of paste lands."""
    (found,) = zxingcpp.read_barcodes(picture)
    left, top, right = found.position.top_left.x, found.position.top_left.y, found.position.top_right.x
    side, centre = right - left, (left + right) / 2
    half, low = side * 0.05**0.5 / 2, top + side / 2
    covered = picture.copy()
    ImageDraw.Draw(covered).ellipse(
        (centre - half * 1.128, low - half * 1.128, centre + half * 1.128, low + half * 1.128), fill=110
    )
    return covered


def one_bit(picture: Image.Image) -> Image.Image:
    return picture.point(lambda value: 255 if value > 127 else 0).convert("1").convert("L")


def smaller(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width * 7 // 10, picture.height * 7 // 10), Image.Resampling.BILINEAR)


@pytest.fixture(scope="module")
def run() -> tuple[list[str], bytes]:
    said = codes(60)
    sheets = [make_sheet(f"थाना नगर {at}", code=text) for at, text in enumerate(said)]
    return said, draw_prints(make_order(*sheets))


def test_every_code_says_what_it_should_at_100_dpi(run: tuple[list[str], bytes]) -> None:
    said, pdf = run
    assert [read(picture) for picture in pictures(pdf)] == [[text] for text in said]


@pytest.mark.parametrize(
    "treat",
    [
        lambda picture: picture.rotate(7, expand=True, fillcolor=255),
        lambda picture: picture.rotate(45, expand=True, fillcolor=255),
        lambda picture: picture.rotate(180),
        lambda picture: picture.filter(ImageFilter.GaussianBlur(4)),
        lambda picture: picture.point(lambda value: 70 + value // 3),
        one_bit,
        lambda picture: picture.convert("1").convert("L"),
        smaller,
        stained,
        lambda picture: smaller(one_bit(stained(picture.rotate(7, expand=True, fillcolor=255)))),
    ],
    ids=["7°", "45°", "180°", "blur", "pale grey", "one bit", "dithered", "70 %", "stain", "several"],
)
def test_codes_survive_what_happens_to_paper(
    run: tuple[list[str], bytes], treat: Callable[[Image.Image], Image.Image]
) -> None:
    said, pdf = run
    chosen = range(0, 60, 10)
    drawn = pictures(pdf)
    assert [read(treat(drawn[at])) for at in chosen] == [[said[at]] for at in chosen]


def test_a_second_reader_says_the_same(run: tuple[list[str], bytes]) -> None:
    said, pdf = run
    drawn = pictures(pdf)
    for at in range(0, 60, 10):
        assert [found.data.decode() for found in decode(drawn[at])] == [said[at]]


def test_pages_are_a4_and_nothing_is_outside_the_printable_area() -> None:
    long = make_sheet(HARD_NAMES[4], "W" * 20, hung_at=HARD_NAMES[4], above=BilingualName("क्ष" * 40, None))
    pdf = draw_prints(make_order(make_sheet(), long, below=BELOW))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            sides = [float(side) * 25.4 / 72 for side in page.MediaBox]
            assert sides == pytest.approx([0, 0, 210, 297], abs=0.05)
    assert len(texts(pdf)) == 4  # two districts, each behind its own list
    for picture in pictures(pdf):
        ink = ImageChops.invert(picture).getbbox()
        assert ink is not None
        margins = (ink[0], ink[1], picture.width - ink[2], picture.height - ink[3])
        assert min(margins) * 25.4 / DPI >= 7.5


class FilledBoxes:
    """What a template writes into its slots when WeasyPrint is to draw the whole sheet."""

    def __init__(self, template: Template, values: dict[str, str | QrMatrix]) -> None:
        self._template, self._values = template, values

    def box(self, name: str) -> Markup:
        slot, value = self._template.slots[name], self._values[name]
        size = f"font-size: {fitted(slot, value):.3f}pt" if isinstance(value, str) and value else ""
        return Markup('data-slot="{}" style="{}"').format(name, size)

    def text(self, name: str) -> Markup:
        value = self._values[name]
        if isinstance(value, str):
            return Markup(escape(value))  # noqa: S704 - escaped here
        drawn = f'<path d="{value.path()}" fill="none" stroke="#000" stroke-width="1.02"/>'
        style = "display: block; width: 100%; height: 100%"
        return Markup(  # noqa: S704 - made of numbers
            f'<svg xmlns="http://www.w3.org/2000/svg" style="{style}" viewBox="{value.view_box}">{drawn}</svg>'
        )


def fitted(slot: Slot, text: str) -> float:
    return fit_slot(slot, text)[0]


@pytest.mark.parametrize("language", PaperLanguage)
@pytest.mark.parametrize("name", ["थाना कोतवाली", *HARD_NAMES[:4]])
def test_a_stamped_page_looks_as_if_it_had_been_drawn_whole(name: str, language: PaperLanguage) -> None:
    sheet = make_sheet(name, "Kotwali Nagar")
    order = make_order(sheet, language=language)
    values = sheet_values(sheet, language)
    template = draw_template(sheet_html(order, sheet.place_kind), stylesheets(POSTER))
    whole = render_pdf(
        sheet_html(order, sheet.place_kind, slots=FilledBoxes(template, values)), stylesheets=stylesheets(POSTER)
    )
    (stamped,), (drawn,) = pictures(draw_prints(order)), pictures(whole)
    # Edges may differ by a part of a pixel; a letter that is missing, moved or another is far above this.
    far = ImageChops.difference(*(one.filter(ImageFilter.GaussianBlur(1.5)) for one in (stamped, drawn)))
    assert far.getextrema()[1] < 90
    assert sum(far.histogram()[40:]) < far.width * far.height * 0.0005


def test_the_same_order_gives_the_same_bytes() -> None:
    order = make_order(make_sheet(), make_sheet("थाना ख"), below=BELOW)
    assert draw_prints(order) == draw_prints(order)


def test_a_name_shrinks_before_it_wraps() -> None:
    slot = draw_template(sheet_html(make_order(), make_sheet().place_kind), stylesheets(POSTER)).slots["place"]
    sizes = [fitted(slot, name) for name in ("थाना कोतवाली", HARD_NAMES[3], HARD_NAMES[4], " ".join(HARD_NAMES))]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 26
    assert sizes[-1] >= 3.5


@pytest.mark.parametrize(
    ("name", "problem"),
    [("थाना 🚔", "print.glyph_missing"), ("थाना \ue000", "print.glyph_missing"), ("क्ष " * 2000, "print.text_too_long")],
)
def test_what_cannot_be_printed_whole_is_refused(name: str, problem: str) -> None:
    with pytest.raises(Problem, match=problem):
        draw_prints(make_order(make_sheet(name)))


def test_every_slot_must_be_given_and_no_other() -> None:
    template = draw_template(sheet_html(make_order(), make_sheet().place_kind), stylesheets(POSTER))
    values = sheet_values(make_sheet(code=CODE), PaperLanguage.BOTH)
    for wrong in ({**values, "more": "x"}, {name: values[name] for name in list(values)[1:]}):
        with pytest.raises(PrintFault, match="not on both sides"):
            Stamper().add_page(template, wrong)


def test_a_template_and_a_font_are_in_the_file_once(run: tuple[list[str], bytes]) -> None:
    with pikepdf.open(io.BytesIO(run[1])) as pdf:
        resources = {page.Resources.objgen for page in pdf.pages}
        assert len(resources) == 1
        assert len(pdf.pages[0].Resources.XObject) == 1
        assert len(pdf.pages) == 60
    assert len(run[1]) < 60 * 4_000

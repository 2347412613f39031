"""The list on top of many sheets: a line each, numbered through all its pages."""

from datetime import date
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import ImageChops

from app.documents.cover_lists import COVER_ROWS, CoverLine, CoverList, add_cover_list
from app.domain.codes.print_formats import PaperLanguage
from app.domain.installation.department_view import DepartmentView
from app.domain.places.place import BilingualName
from app.formats.paper.stamping import Stamper
from tests.documents.drawn import draw, picture_of, text_of
from tests.factories.codes.prints import CODE, make_sheet

sheet = make_sheet
DEPARTMENT = DepartmentView(BilingualName("नमूना पुलिस", "Sample Police"), demonstration=False)


def test_a_long_cover_list_has_several_pages() -> None:
    sheets = [sheet(f"थाना नगर {at}", None, number=f"{10000000 + at}") for at in range(COVER_ROWS + 2)]
    document = draw(*sheets, below=BilingualName("नमूनागढ़", None))
    texts = [text_of(page) for page in document]
    posters = texts[-len(sheets) :]
    assert all(f"थाना नगर {at}" in text and f"1000 {at:04d}" in text for at, text in enumerate(posters))
    cover = " ".join(texts[: -len(sheets)])
    assert all(one.number[:4] + " " + one.number[4:] in cover for one in sheets)
    assert zxingcpp.read_barcodes(picture_of(document[len(document) - 1]))[0].text == CODE


def lines(number: int) -> list[CoverLine]:
    return [CoverLine(f"1000 {at:04d}", f"थाना नगर {at}", f"द्वार {at}") for at in range(1, number + 1)]


def pages(cover: CoverList) -> list[str]:
    stamper = Stamper()
    add_cover_list(stamper, cover)
    return [text_of(page) for page in pypdfium2.PdfDocument(stamper.finish())]


def cover(number: int, **changed: Any) -> CoverList:
    values = {"language": PaperLanguage.HINDI, "heading": "सूची", "sheets": number, "made_on": date(2026, 11, 23)}
    return CoverList(DEPARTMENT, "samvad.example.in", **{**values, **changed}, lines=lines(number))


def test_lines_are_numbered_through_the_pages_and_each_stands_once() -> None:
    texts = pages(cover(COVER_ROWS + 1))
    assert ["1 / 2" in texts[0], "2 / 2" in texts[1]] == [True, True]
    whole = " ".join(texts)
    for at in range(1, COVER_ROWS + 2):
        assert whole.count(f"1000 {at:04d}") == 1
    assert f"{COVER_ROWS + 1} 1000 {COVER_ROWS + 1:04d}" in texts[1]


def test_a_list_that_fills_its_page_needs_no_second() -> None:
    assert len(pages(cover(COVER_ROWS))) == 1


def test_below_the_last_line_there_is_no_room_to_sign_for_nothing() -> None:
    def inked(number: int) -> int:
        stamper = Stamper()
        add_cover_list(stamper, cover(number))
        picture = ImageChops.invert(picture_of(pypdfium2.PdfDocument(stamper.finish())[0]).convert("L"))
        box = picture.crop((0, 0, picture.width, picture.height * 9 // 10)).getbbox()
        assert box is not None
        return box[3]

    assert inked(2) < inked(3) < inked(COVER_ROWS)


@pytest.mark.parametrize(
    ("changed", "said", "unsaid"),
    [
        ({}, "Hang each sheet where its line says", "Hand one slip"),
        ({"slips": True}, "Hand one slip to everybody", "Hang each sheet"),
    ],
    ids=["posters", "slips"],
)
def test_a_list_says_what_is_to_be_done_with_what_lies_below_it(
    changed: dict[str, Any], said: str, unsaid: str
) -> None:
    (text,) = pages(cover(2, language=PaperLanguage.ENGLISH, sheets=7, **changed))
    assert said in text
    assert unsaid not in text
    assert "23 November 2026 · 7 sheets" in text


def test_a_line_cannot_turn_around_what_stands_beside_it() -> None:
    order = CoverList(
        DEPARTMENT,
        "samvad.example.in",
        PaperLanguage.HINDI,
        "सूची\u202e",
        1,
        date(2026, 11, 23),
        [CoverLine("1000 0001", "थाना\u202e नगर", "<b>द्वार</b>")],
    )
    (text,) = pages(order)
    assert "थाना नगर" in text
    assert "<b>द्वार</b>" in text

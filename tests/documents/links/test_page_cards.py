"""Pictures of pages: the longest title stands in four lines that can be read on a phone."""

import io

import pypdfium2
import pytest
from PIL import Image

from app.documents.links.page_cards import draw_page_card, draw_page_card_page
from app.domain.codes.print_formats import PaperLanguage
from app.domain.installation.department_view import DepartmentView
from app.domain.places.place import BilingualName
from tests.documents.links.test_share_kits import ADDRESS, LONG, found, png_of_emblem

#: the least of a title, in points: 48 pixels
READABLE = 48 * 0.75
ABOUT = {
    "hi": "इस जगह के बारे में लोगों ने क्या जवाब दिए, कितने लोगों ने, और कितना पक्का है। हर सोमवार सुबह 11 बजे, "
    "सबके लिए एक ही समय पर, बिना किसी नाम के।",
    "en": "What people answered about this place, how many of them, and how sure that is. Published on Mondays at "
    "11:00, for everybody at the same minute, no name.",
}


@pytest.mark.parametrize("language", [PaperLanguage.HINDI, PaperLanguage.ENGLISH])
@pytest.mark.parametrize("demonstration", [True, False])
def test_the_longest_texts_stay_in_the_picture_and_apart(language: PaperLanguage, demonstration: bool) -> None:
    title, about = LONG.in_language(language.first)[:60], ABOUT[language.first]
    drawn = draw_page_card_page(
        title, about, DepartmentView(LONG, demonstration=demonstration), ADDRESS, language, png_of_emblem()
    )
    with pypdfium2.PdfDocument(drawn) as document:
        page = document[0]
        words = page.get_textpage()
        heading = list(found(words, title.split()[0]))[-1]
        (domain,) = found(words, ADDRESS)
        last = list(found(words, about.split()[-1].rstrip(".।")))[-1]
        assert heading[1] > last[3]
        assert last[1] > domain[3]
        for box in (heading, last, domain):
            assert 0 < box[0] < box[2] < page.get_width()
            assert 0 < box[1] < box[3] < page.get_height()
        sizes = [one.get_font_size() for one in page.get_objects() if hasattr(one, "get_font_size")] or [READABLE]
        assert max(sizes) >= READABLE


def test_it_is_a_picture_of_the_size_that_messengers_want() -> None:
    department = DepartmentView(BilingualName("नमूना पुलिस", "Sample Police"), demonstration=True)
    picture = draw_page_card("थाना पहेली", ABOUT["hi"], department, ADDRESS, PaperLanguage.HINDI)
    assert Image.open(io.BytesIO(picture)).size == (1200, 630)
    assert len(picture) <= 300_000

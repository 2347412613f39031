"""What one department says on all its paper, and how a line of it names a place."""

import re

import pypdfium2
import pytest
from PIL import ImageChops

from app.documents.cover_lists import COVER
from app.documents.prints import TEMPLATES
from app.documents.slip_sheets import SLIP
from app.documents.templates import clean, named, stylesheets, template_html
from app.domain.codes.print_formats import PaperLanguage, Printable
from app.domain.installation.department_view import DepartmentView, Helpline
from app.domain.places.place import BilingualName
from app.formats.paper.pages import FOLDERS
from tests.documents.drawn import DPI, draw, picture_of
from tests.factories.codes.prints import HARD_NAMES, make_sheet

KOTWALI = BilingualName("थाना कोतवाली", "Kotwali")
DEPARTMENT = DepartmentView(BilingualName("नमूना पुलिस", "Sample <Police>"), demonstration=False)


@pytest.mark.parametrize(
    ("name", "language", "line"),
    [
        (KOTWALI, PaperLanguage.BOTH, "थाना कोतवाली · Kotwali"),
        (KOTWALI, PaperLanguage.HINDI, "थाना कोतवाली"),
        (KOTWALI, PaperLanguage.ENGLISH, "Kotwali"),
        (BilingualName("थाना नगर", None), PaperLanguage.BOTH, "थाना नगर"),
        (BilingualName("थाना नगर", None), PaperLanguage.ENGLISH, "थाना नगर"),
        (BilingualName(None, "Nagar"), PaperLanguage.BOTH, "Nagar"),
        (BilingualName(None, "Nagar"), PaperLanguage.HINDI, "Nagar"),
    ],
)
def test_a_line_names_a_place_once_in_each_of_its_languages(
    name: BilingualName, language: PaperLanguage, line: str
) -> None:
    assert named(name, language) == line


def test_what_would_turn_a_line_around_goes_and_what_hindi_needs_stays() -> None:
    assert clean("थाना\u202e \ufeffक\u094d\u200dष\u0007") == "थाना क\u094d\u200dष"


@pytest.mark.parametrize("template", [*TEMPLATES.values(), SLIP, COVER])
def test_every_template_has_its_style_sheet_beside_it(template: str) -> None:
    for path in (template, *stylesheets(template)):
        assert (FOLDERS[0] / path).is_file()


def test_a_template_has_empty_boxes_for_what_differs_and_the_words_of_the_department() -> None:
    html = template_html(SLIP, DEPARTMENT, "samvad.example.in", PaperLanguage.BOTH)
    assert {"place", "code", "number", "address", "serial"} <= set(re.findall(r'data-slot="([a-z.0-9-]+)"', html))
    cover = template_html(COVER, DEPARTMENT, "", PaperLanguage.BOTH, rows=1, slips=True)
    assert "नमूना पुलिस" in cover
    assert "Sample &lt;Police&gt;" in cover
    assert "Sample" not in template_html(COVER, DEPARTMENT, "", PaperLanguage.HINDI, rows=1, slips=True)


LONG_DEPARTMENT = DepartmentView(
    BilingualName(
        "महिला एवं बाल अपराध अनुसंधान प्रकोष्ठ तथा सामुदायिक पुलिसिंग केंद्र पश्चिम थाना चंदनपुर कोतवाली कार्यालय भवन परिसर मण्डल",
        "Women and Children Crime Investigation Cell and Community Policing Centre West "
        "at Chandanpur Kotwali Police Station Annex",
    ),
    True,
    tuple(
        Helpline(BilingualName(hi, en), number)
        for hi, en, number in (
            ("महिला हेल्पलाइन", "Women's helpline", "181"),
            ("बच्चों की हेल्पलाइन", "Children's helpline", "1098"),
            ("साइबर ठगी", "Cyber fraud", "1930"),
            ("मुफ़्त क़ानूनी मदद", "Free legal aid", "15100"),
        )
    ),
)


def boxes_of(page: pypdfium2.PdfPage, text: str) -> list[tuple[float, float, float, float]]:
    """Left, lower, right and upper edges of the letters where a text stands first, in points."""
    words = page.get_textpage()
    found = words.search(text).get_next()
    assert found, text
    return [words.get_charbox(found[0] + at) for at in range(found[1])]


@pytest.mark.parametrize("language", PaperLanguage)
@pytest.mark.parametrize("what", [Printable.POSTER_A4, Printable.TENT_A4])
def test_paper_keeps_off_the_edge_that_printers_leave_white(what: Printable, language: PaperLanguage) -> None:
    """With the longest names, and the helplines that a new installation begins with."""
    image = picture_of(
        draw(make_sheet(HARD_NAMES[4][:80], "W" * 30), what=what, language=language, department=LONG_DEPARTMENT)[0]
    )
    ink = ImageChops.invert(image.convert("L")).getbbox()
    assert ink is not None
    margins = (ink[0], ink[1], image.width - ink[2], image.height - ink[3])
    assert min(margins) * 25.4 / DPI >= 5


@pytest.mark.parametrize("what", [Printable.POSTER_A4, Printable.TENT_A4])
def test_the_longest_department_is_not_too_small_to_read(what: Printable) -> None:
    page = draw(make_sheet(), what=what, language=PaperLanguage.BOTH, department=LONG_DEPARTMENT)[0]
    # Of 6 points and more in Hindi; English stands beside it in smaller letters.
    capital = boxes_of(page, "Women and Children")[0]
    assert capital[3] - capital[1] >= 0.7 * 6 * 0.8


@pytest.mark.parametrize("language", PaperLanguage)
def test_a_long_department_stays_beside_the_word_demo_on_a_cover_list(language: PaperLanguage) -> None:
    document = draw(make_sheet(), language=language, department=LONG_DEPARTMENT, below=BilingualName("नमूनागढ़", None))
    demo = boxes_of(document[0], "/ DEMO")
    left = min(box[0] for box in demo) - 5
    for word in LONG_DEPARTMENT.name.in_language(language.first).split():
        assert max(box[2] for box in boxes_of(document[0], word)) < left

"""What one department says on all its paper, and how a line of it names a place."""

import re

import pytest

from app.documents.cover_lists import COVER
from app.documents.prints import TEMPLATES
from app.documents.slip_sheets import SLIP
from app.documents.templates import clean, named, stylesheets, template_html
from app.domain.codes.print_formats import PaperLanguage
from app.domain.installation.department_view import DepartmentView
from app.domain.places.place import BilingualName
from app.formats.paper.pages import PRINTABLES

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
        assert (PRINTABLES / path).is_file()


def test_a_template_has_empty_boxes_for_what_differs_and_the_words_of_the_department() -> None:
    html = template_html(SLIP, DEPARTMENT, "samvad.example.in", PaperLanguage.BOTH)
    assert {"place", "code", "number", "address", "serial"} <= set(re.findall(r'data-slot="([a-z.0-9-]+)"', html))
    cover = template_html(COVER, DEPARTMENT, "", PaperLanguage.BOTH, rows=1, slips=True)
    assert "नमूना पुलिस" in cover
    assert "Sample &lt;Police&gt;" in cover
    assert "Sample" not in template_html(COVER, DEPARTMENT, "", PaperLanguage.HINDI, rows=1, slips=True)

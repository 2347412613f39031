"""The picture that messengers show beside the address of a page: what the page says of itself, and whose it is."""

from functools import lru_cache

from app.documents.templates import clean, link_picture_stylesheets, template_html
from app.domain.codes.print_formats import PaperLanguage
from app.domain.installation.department_view import DepartmentView
from app.formats.paper.pdfium import picture_of_page
from app.formats.paper.stamping import Stamper, draw_template

CARD = "page-card/page-card.html"
#: CSS has 96 pixels to the inch, so at this resolution one of them is one of the picture
_DPI = 96


@lru_cache(maxsize=64)
def draw_page_card(
    title: str,
    about: str,
    department: DepartmentView,
    domain: str,
    language: PaperLanguage,
    emblem: bytes | None = None,
) -> bytes:
    """A PNG of 1200 by 630 pixels. `title` is of 60 letters at most and `about` of 160, in this language."""
    return picture_of_page(draw_page_card_page(title, about, department, domain, language, emblem), dpi=_DPI)


def draw_page_card_page(
    title: str,
    about: str,
    department: DepartmentView,
    domain: str,
    language: PaperLanguage,
    emblem: bytes | None = None,
) -> bytes:
    """The same as a PDF."""
    says = {"title": clean(title), "about": clean(about)}
    html = template_html(CARD, department, domain, language, emblem=emblem, **says)
    stamper = Stamper()
    stamper.add_page(draw_template(html, link_picture_stylesheets(CARD)), {})
    return stamper.finish()

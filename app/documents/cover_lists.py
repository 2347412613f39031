"""The list on top of many sheets: one line each, with room for the signature of whoever takes it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.documents.templates import clean, stylesheets, template_html
from app.domain.codes.print_formats import PaperLanguage
from app.domain.installation.department_view import DepartmentView
from app.formats.catalogue import catalogue
from app.formats.paper.pages import day
from app.formats.paper.stamping import Stamper, Values, draw_template

COVER = "cover-list/cover-list.html"
#: as many rows as cover-list.css has room for
COVER_ROWS = 19
_ROW_SLOTS = ("at", "number", "place", "spot", "sign")


@dataclass(frozen=True, slots=True)
class CoverLine:
    number: str
    place: str
    #: where a sheet hangs, or which packs of slips these are
    spot: str


@dataclass(frozen=True, slots=True)
class CoverList:
    department: DepartmentView
    domain: str
    language: PaperLanguage
    heading: str
    #: sheets of paper
    sheets: int
    made_on: date
    lines: Sequence[CoverLine]
    #: slips are handed to people, other sheets are hung
    slips: bool = False
    emblem: bytes | None = None


def add_cover_list(stamper: Stamper, cover: CoverList) -> None:
    """As many pages as the lines need."""
    html = template_html(
        COVER, cover.department, cover.domain, cover.language, emblem=cover.emblem, rows=COVER_ROWS, slips=cover.slips
    )
    template = draw_template(html, stylesheets(COVER))
    for page, values in enumerate(_pages(cover)):
        filled = min(COVER_ROWS, len(cover.lines) - page * COVER_ROWS)
        stamper.add_page(template, values, down_to=f"sign.{filled - 1}" if filled > 0 else None)


def _pages(cover: CoverList) -> Iterator[Values]:
    language = cover.language.first
    pages = -(-len(cover.lines) // COVER_ROWS)
    counted = catalogue(language).gettext("%(count)d sheets") % {"count": cover.sheets}
    for page in range(pages):
        values = {
            "heading": clean(cover.heading),
            "counted": f"{day(cover.made_on, language)} · {counted}",
            "page": f"{page + 1} / {pages}",
        }
        for row in range(COVER_ROWS):
            values |= _row(cover.lines, row, page * COVER_ROWS + row)
        yield values


def _row(lines: Sequence[CoverLine], row: int, at: int) -> Mapping[str, str]:
    if at >= len(lines):
        return {f"{name}.{row}": "" for name in _ROW_SLOTS}
    line = lines[at]
    said = (str(at + 1), line.number, clean(line.place), clean(line.spot), "")
    return {f"{name}.{row}": words for name, words in zip(_ROW_SLOTS, said, strict=True)}

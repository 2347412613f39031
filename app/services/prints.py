"""Posters and counter cards drawn: each template once, and what differs stamped into it."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from math import sqrt

from markupsafe import Markup

from app.domain.number import show_number
from app.domain.place import BilingualName, PlaceKind
from app.domain.printable import PaperLanguage, Printable
from app.formats.catalogue import catalogue
from app.formats.emblems import data_address
from app.formats.pages import day, printable, render_page
from app.formats.qr import QrMatrix, encode_qr
from app.formats.stamping import Paper, Stamper, Template, draw_template
from app.services.departments import DepartmentView
from app.services.print_orders import PrintOrder, Sheet

_MM = 72 / 25.4
#: as many rows as cover-list.css has room for
COVER_ROWS = 19
POSTER, TENT, COVER = "poster/poster.html", "tent-card/tent-card.html", "cover-list/cover-list.html"
TEMPLATES = {
    Printable.POSTER_A4: POSTER,
    Printable.POSTER_A3: POSTER,
    Printable.TENT_A4: TENT,
    Printable.TENT_A5: TENT,
}
ROW_SLOTS = ("at", "number", "place", "spot", "sign")
# Sizes of the A series (ISO 216) as designed; each size is the next one by the square root of two.
_LARGER, _SMALLER = sqrt(2), sqrt(0.5)


class EmptyBoxes:
    """What a template writes into its slots: their names, and nothing else."""

    def box(self, name: str) -> Markup:
        return Markup('data-slot="{}"').format(name)

    def text(self, name: str) -> Markup:
        return Markup("")


def draw_prints(order: PrintOrder) -> bytes:
    """The PDF: a page each; where they are many, those of each district behind a cover list of their own."""
    return finished(draw_step_by_step(order))


def draw_step_by_step(order: PrintOrder) -> Generator[int, None, bytes]:
    """The same, telling after each sheet how many are drawn; whoever stops asking has made nothing."""
    stamper, drawn = Stamper(), 0
    templates: dict[PlaceKind, Template] = {}
    for packet in packets(order):
        _add_cover(stamper, packet)
        for sheet in packet.sheets:
            template = templates.get(sheet.place_kind)
            if template is None:
                html = sheet_html(order, sheet.place_kind)
                template = templates[sheet.place_kind] = draw_template(html, stylesheets(TEMPLATES[order.what]))
            stamper.add_page(template, sheet_values(sheet, order.language), paper=paper_for(order.what))
            drawn += 1
            yield drawn
    return stamper.finish()


def finished(steps: Generator[int, None, bytes]) -> bytes:
    """What the steps come to, when nobody watches them."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            pdf: bytes = end.value
            return pdf


def packets(order: PrintOrder) -> Iterator[PrintOrder]:
    """What is handed out together, below the place that its list names: a district's sheets, or all there are."""
    districts = [(above, tuple(sheets)) for above, sheets in groupby(order.sheets, key=lambda sheet: sheet.above)]
    if order.below is None or len(districts) < 2:
        yield order
        return
    for above, sheets in districts:
        yield replace(order, sheets=sheets, below=above or order.below)


def _add_cover(stamper: Stamper, order: PrintOrder) -> None:
    if order.below is None:
        return
    template = draw_template(cover_html(order), stylesheets(COVER))
    for page, values in enumerate(cover_values(order)):
        filled = min(COVER_ROWS, len(order.sheets) - page * COVER_ROWS)
        stamper.add_page(template, values, down_to=f"sign.{filled - 1}" if filled > 0 else None)


def stylesheets(template: str) -> tuple[str, str]:
    """What all paper has in common, and the sheet beside the template, below printables/."""
    return "shared/paper.css", template.replace(".html", ".css")


def sheet_html(order: PrintOrder, kind: PlaceKind, slots: object = None) -> str:
    """The template of one kind of place; with `slots` of another kind than empty ones, a whole sheet."""
    return _html(TEMPLATES[order.what], order, slots, kind=kind.value)


def cover_html(order: PrintOrder, slots: object = None) -> str:
    return _html(COVER, order, slots, rows=COVER_ROWS)


def sheet_values(sheet: Sheet, language: PaperLanguage) -> dict[str, str | QrMatrix]:
    """What is stamped into the slots of one sheet."""
    both, first = language is PaperLanguage.BOTH, language.first
    return {
        "place": clean(sheet.place.in_language(first)),
        "place-second": clean(_second(sheet.place)) if both else "",
        "above": clean(named(sheet.above, language)) if sheet.above else "",
        "code": encode_qr(sheet.code),
        "number": show_number(sheet.number),
        "serial": clean(_serial(sheet, first)),
    }


def cover_values(order: PrintOrder) -> Iterator[dict[str, str | QrMatrix]]:
    """What is stamped into each page of the cover list; none for a single sheet."""
    if order.below is None:
        return
    first = order.language.first
    words = catalogue(first)
    pages = -(-len(order.sheets) // COVER_ROWS)
    heading = words.gettext("Posters handed out: %(place)s") % {"place": order.below.in_language(first)}
    counted = words.gettext("%(count)d sheets") % {"count": len(order.sheets)}
    for page in range(pages):
        values: dict[str, str | QrMatrix] = {
            "heading": clean(heading),
            "counted": f"{day(order.made_on, first)} · {counted}",
            "page": f"{page + 1} / {pages}",
        }
        for row in range(COVER_ROWS):
            values |= _row(order, row, page * COVER_ROWS + row)
        yield values


def paper_for(what: Printable) -> Paper | None:
    """The page that a template is put on; None for its own."""
    if what is Printable.POSTER_A3:
        return Paper(297 * _MM, 420 * _MM, ((_LARGER, 0, 0, _LARGER, 0, 0),))
    if what is Printable.TENT_A4:
        return _tent(210 * _MM, 297 * _MM, 1)
    if what is Printable.TENT_A5:
        return _tent(148 * _MM, 210 * _MM, _SMALLER)
    return None


def _tent(width: float, height: float, scale: float) -> Paper:
    """One side upright below the fold, and the same upside down above it."""
    return Paper(width, height, ((scale, 0, 0, scale, 0, 0), (-scale, 0, 0, -scale, width, height)))


def template_html(
    template: str,
    department: DepartmentView,
    domain: str,
    language: PaperLanguage,
    slots: object = None,
    emblem: bytes | None = None,
    **values: object,
) -> str:
    """A template with what is the same on all its sheets; `slots` says what stands in its boxes, else nothing."""
    return render_page(
        template,
        language.first,
        both=language is PaperLanguage.BOTH,
        department=department,
        domain=domain,
        slots=slots or EmptyBoxes(),
        emblem=data_address(emblem) if emblem else "",
        **values,
    )


def _html(template: str, order: PrintOrder, slots: object, **values: object) -> str:
    return template_html(template, order.department, order.domain, order.language, slots, order.emblem, **values)


def _row(order: PrintOrder, row: int, at: int) -> Mapping[str, str]:
    if at >= len(order.sheets):
        return {f"{name}.{row}": "" for name in ROW_SLOTS}
    sheet = order.sheets[at]
    return {
        f"at.{row}": str(at + 1),
        f"number.{row}": show_number(sheet.number),
        f"place.{row}": clean(named(sheet.place, order.language)),
        f"spot.{row}": clean(sheet.hung_at),
        f"sign.{row}": "",
    }


def named(name: BilingualName, language: PaperLanguage) -> str:
    """A name as a line of this paper says it."""
    second = _second(name) if language is PaperLanguage.BOTH else ""
    return f"{name.in_language(language.first)} · {second}" if second else name.in_language(language.first)


def _second(name: BilingualName) -> str:
    """The English name, where there is a Hindi one before it."""
    return name.en or "" if name.hi else ""


def _serial(sheet: Sheet, language: str) -> str:
    words = catalogue(language)
    parts = [
        words.gettext("Code number %(number)s") % {"number": show_number(sheet.number)},
        words.gettext("Hangs at: %(spot)s") % {"spot": sheet.hung_at},
        day(sheet.issued_on, language),
    ]
    if sheet.expires_on:
        parts.append(words.gettext("valid until %(day)s") % {"day": day(sheet.expires_on, language)})
    return " · ".join(parts)


def clean(text: str) -> str:
    """Text without the characters that would disturb its line."""
    return str(printable(text))

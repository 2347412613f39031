"""Posters and counter cards drawn: each template once, and what differs stamped into it."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import groupby
from math import sqrt

from app.documents.cover_lists import CoverLine, CoverList, add_cover_list
from app.documents.templates import clean, named, second_name, stylesheets, template_html
from app.domain.codes.number import show_number
from app.domain.codes.print_formats import PaperLanguage, Printable
from app.domain.codes.print_order import PrintedSheet, PrintOrder
from app.domain.places.place import BilingualName, PlaceKind
from app.domain.record.code_mark import code_mark
from app.formats.catalogue import catalogue
from app.formats.paper.pages import day
from app.formats.paper.stamping import WHERE_IT_IS, Paper, Stamper, Template, draw_template
from app.formats.pictures.qr import QrMatrix, encode_qr

_MM = 72 / 25.4
POSTER, TENT = "poster/poster.html", "tent-card/tent-card.html"
TEMPLATES = {
    Printable.POSTER_A4: POSTER,
    Printable.POSTER_A3: POSTER,
    Printable.TENT_A4: TENT,
    Printable.TENT_A5: TENT,
}
# Sizes of the A series (ISO 216) as designed; each size is the next one by the square root of two.
_LARGER, _SMALLER = sqrt(2), sqrt(0.5)


def draw_prints(order: PrintOrder) -> bytes:
    """The PDF: a page each; where they are many, those of each district behind a cover list of their own."""
    return finished(draw_step_by_step(order))


def draw_step_by_step(order: PrintOrder) -> Generator[int, None, bytes]:
    """The same, telling after each sheet how many are drawn; whoever stops asking has made nothing."""
    stamper, drawn = Stamper(), 0
    templates: dict[tuple[PlaceKind, BilingualName | None, bool, bool], Template] = {}
    for packet in packets(order):
        if packet.below is not None:
            add_cover_list(stamper, _cover(packet, packet.below))
        for sheet in packet.sheets:
            alike = sheet.place_kind, sheet.asked, sheet.names_place, sheet.results_open
            template = templates.get(alike)
            if template is None:
                flags = {"names_place": sheet.names_place, "results_open": sheet.results_open}
                html = sheet_html(order, sheet.place_kind, sheet.asked, **flags)
                template = templates[alike] = draw_template(html, stylesheets(TEMPLATES[order.what]))
            stamper.add_page(template, sheet_values(sheet, order.language), paper=paper_for(order))
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


def _cover(order: PrintOrder, below: BilingualName) -> CoverList:
    first = order.language.first
    heading = catalogue(first).gettext("Posters handed out: %(place)s") % {"place": below.in_language(first)}
    lines = [
        CoverLine(show_number(sheet.number), named(sheet.place, order.language), sheet.hung_at)
        for sheet in order.sheets
    ]
    return CoverList(
        order.department,
        order.domain,
        order.language,
        heading,
        len(order.sheets),
        order.made_on,
        lines,
        emblem=order.emblem,
    )


def sheet_html(
    order: PrintOrder,
    kind: PlaceKind,
    asked: BilingualName | None = None,
    slots: object = None,
    *,
    names_place: bool = False,
    results_open: bool = False,
) -> str:
    """The template of one kind of place, and of questions by their title unless they ask how one was treated.

    If it `names_place`, the question has boxes of its own. With `results_open` it says where results are. With
    `slots` of another kind than empty ones, a whole sheet.
    """
    flags = {"names_place": names_place, "results_open": results_open}
    return _html(TEMPLATES[order.what], order, slots, kind=kind.value, title=asked, **flags)


def sheet_values(sheet: PrintedSheet, language: PaperLanguage) -> dict[str, str | QrMatrix]:
    """What is stamped into the slots of one sheet."""
    both, first = language is PaperLanguage.BOTH, language.first
    questions = {"question": _question(sheet, first)} if sheet.names_place else {}
    if questions and both:
        questions["question-second"] = f"{_question(sheet, 'en')} {catalogue('en').gettext('Tell us.')}"
    return {
        **questions,
        "place": clean(sheet.place.in_language(first)),
        "place-second": clean(second_name(sheet.place)) if both else "",
        "above": clean(named(sheet.above, language)) if sheet.above else "",
        "code": encode_qr(sheet.code),
        "number": show_number(sheet.number),
        "serial": clean(_serial(sheet, first)),
    }


def paper_for(order: PrintOrder) -> Paper:
    """The page that the template is put on."""
    return replace(_PAPERS[order.what], crop_marks=order.crop_marks)


def _tent(width: float, height: float, scale: float) -> Paper:
    """One side upright below the fold, and the same upside down above it."""
    return Paper(width, height, ((scale, 0, 0, scale, 0, 0), (-scale, 0, 0, -scale, width, height)))


_PAPERS = {
    Printable.POSTER_A4: Paper(210 * _MM, 297 * _MM, (WHERE_IT_IS,)),
    Printable.POSTER_A3: Paper(297 * _MM, 420 * _MM, ((_LARGER, 0, 0, _LARGER, 0, 0),)),
    Printable.TENT_A4: _tent(210 * _MM, 297 * _MM, 1),
    Printable.TENT_A5: _tent(148 * _MM, 210 * _MM, _SMALLER),
}


def _html(template: str, order: PrintOrder, slots: object, **values: object) -> str:
    return template_html(template, order.department, order.domain, order.language, slots, order.emblem, **values)


def _question(sheet: PrintedSheet, language: str) -> str:
    """What a sheet asks where "this station" would be another one."""
    words, place = catalogue(language), {"place": clean(sheet.place.in_language(language))}
    if sheet.place_kind in (PlaceKind.STATION, PlaceKind.OUTPOST):
        return words.gettext("How were you treated at %(place)s?") % place
    return words.gettext("How were you treated at the police office of %(place)s?") % place


def _serial(sheet: PrintedSheet, language: str) -> str:
    words = catalogue(language)
    parts = [
        words.gettext("Code number %(number)s") % {"number": show_number(sheet.number)},
        words.gettext("Hangs at: %(spot)s") % {"spot": sheet.hung_at},
        day(sheet.issued_on, language),
    ]
    if sheet.expires_on:
        parts.append(words.gettext("valid until %(day)s") % {"day": day(sheet.expires_on, language)})
    else:
        parts.append(words.gettext("no last day"))
    parts.append(words.gettext("mark in the public record %(mark)s") % {"mark": _mark(sheet.code)})
    return " · ".join(parts)


def _mark(code: str) -> str:
    """In groups of four: whoever has the record finds the code in it, and whoever made one up is in none."""
    mark = code_mark(code.rpartition("/")[2])
    return " ".join(mark[at : at + 4] for at in range(0, len(mark), 4))

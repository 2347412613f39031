"""Sheets of slips: a pack of 24 for one place on each, drawn from the file that a batch left for an hour."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.documents.cover_lists import CoverLine, CoverList, add_cover_list
from app.documents.templates import clean, named, stylesheets, template_html
from app.domain.codes.number import show_number
from app.domain.codes.print_formats import PaperLanguage
from app.domain.installation.department_view import DepartmentView
from app.domain.places.place import BilingualName
from app.domain.slips.slip_batch import PACK, MadeSlip
from app.formats.catalogue import catalogue
from app.formats.paper.pages import day
from app.formats.paper.stamping import Matrix, Paper, Stamper, draw_template, fit_slot
from app.formats.pictures.qr import QrMatrix, encode_qr

SLIP = "slip/slip.html"
_MM = 72 / 25.4
_COLUMNS, _WIDTH, _HEIGHT = 3, 65 * _MM, 35.2 * _MM
_PAGE = (210 * _MM, 297 * _MM)


@dataclass(frozen=True, slots=True)
class SlipOrder:
    """Slips ready to be drawn, in the order of their packs."""

    department: DepartmentView
    #: what stands on the slips for people to type
    domain: str
    batch_id: int
    expires_on: date
    slips: Sequence[MadeSlip]
    language: PaperLanguage = PaperLanguage.BOTH
    #: the place whose stations get them, for the list on top; without it there is none
    below: BilingualName | None = None
    made_on: date = date.min
    #: what its questions are called, where they ask something else than how one was treated
    asked: BilingualName | None = None

    @property
    def sheets(self) -> int:
        return len({slip.pack for slip in self.slips})


def draw_slips(order: SlipOrder) -> Generator[int, None, bytes]:
    """The PDF, telling after each sheet how many are drawn. Problems `print.…` for a name that cannot be printed."""
    stamper, paper = Stamper(), _sheet()
    if order.below is not None:
        add_cover_list(stamper, _cover(order, order.below))
    html = template_html(SLIP, order.department, order.domain, order.language, title=order.asked)
    template = draw_template(html, stylesheets(SLIP))
    for drawn, (_, pack) in enumerate(groupby(order.slips, key=lambda slip: slip.pack), 1):
        slips = list(pack)
        own: list[dict[str, str | QrMatrix]] = [{"code": encode_qr(slip.link)} for slip in slips]
        stamper.add_page(template, _on_all(order, slips[0]), paper=paper, each=own)
        yield drawn
    return stamper.finish()


def require_printable_names(names: Sequence[BilingualName], asked: BilingualName | None = None) -> None:
    """Problems `print.…` for what no slip can hold, before a batch is made that could not be printed."""
    department = DepartmentView(BilingualName("", ""), demonstration=False)
    for language in PaperLanguage:
        template = draw_template(template_html(SLIP, department, "", language, title=asked), stylesheets(SLIP))
        for name in names:
            fit_slot(template.slots["place"], clean(named(name, language)))


def _cover(order: SlipOrder, below: BilingualName) -> CoverList:
    """Which packs go to which place; which slip lies where is written nowhere."""
    first = order.language.first
    words = catalogue(first)
    lines = []
    for (place, number), slips in groupby(order.slips, key=lambda slip: (slip.place, slip.number)):
        packs = [slip.pack for slip in slips]
        said = {"first": packs[0], "last": packs[-1], "count": len(packs)}
        if packs[0] == packs[-1]:
            spot = words.gettext("pack %(first)d, %(count)d slips") % said
        else:
            spot = words.gettext("packs %(first)d to %(last)d, %(count)d slips") % said
        lines.append(CoverLine(show_number(number or ""), named(place, order.language), spot))
    heading = words.gettext("Slips handed out: %(place)s, batch %(batch)d") % {
        "place": below.in_language(first),
        "batch": order.batch_id,
    }
    return CoverList(
        order.department, order.domain, order.language, heading, order.sheets, order.made_on, lines, slips=True
    )


def _on_all(order: SlipOrder, slip: MadeSlip) -> dict[str, str | QrMatrix]:
    return {
        "place": clean(named(slip.place, order.language)),
        "address": clean(order.domain),
        "number": show_number(slip.number or ""),
        "serial": clean(" · ".join(_serial(order, slip))),
    }


def _serial(order: SlipOrder, slip: MadeSlip) -> Iterator[str]:
    language = order.language.first
    words = catalogue(language)
    yield words.gettext("counts once")
    yield words.gettext("valid until %(day)s") % {"day": day(order.expires_on, language)}
    yield words.gettext("batch %(batch)d, pack %(pack)d") % {"batch": order.batch_id, "pack": slip.pack}


def _sheet() -> Paper:
    """Where the 24 lie on an A4 sheet: close together, so that one cut serves two."""
    width, height = _PAGE
    rows = PACK // _COLUMNS
    left, top = (width - _COLUMNS * _WIDTH) / 2, height - (height - rows * _HEIGHT) / 2
    shown: list[Matrix] = [
        (1, 0, 0, 1, left + at % _COLUMNS * _WIDTH, top - (at // _COLUMNS + 1) * _HEIGHT) for at in range(PACK)
    ]
    return Paper(width, height, tuple(shown))

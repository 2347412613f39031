"""A state's posters in one file, and what one document each would take."""

import time
from collections.abc import Iterator

from weasyprint import HTML

from app.documents.prints import POSTER, draw_prints, finished, sheet_html
from app.documents.slip_sheets import draw_slips
from app.documents.templates import stylesheets
from app.domain.codes.print_order import PrintedSheet
from app.domain.places.place import BilingualName
from app.domain.slips.slip_batch import PACK
from app.formats.paper.pdf import PRINTABLES, render_pdf
from tests.benchmarks.harness.measure import Figure, cpu_side_by_side, peak_memory
from tests.factories.codes.prints import CODE, make_order, make_sheet, make_slip_order, make_slips

SHEETS = 1100
ALONE = 20
PACKS = 100
_LETTERS = "ABCDEFGHIJ"


def figures() -> Iterator[Figure]:
    sheets = [_sheet(at) for at in range(SHEETS)]
    order = make_order(*sheets, below=BilingualName("नमूना प्रदेश", "Sample State"))
    one = make_order(sheets[0])
    began = time.process_time()
    draw_prints(one)
    yield Figure("single poster, template not yet drawn", time.process_time() - began, "s CPU", 0.5)
    with peak_memory() as grown:
        began = time.process_time()
        pdf = draw_prints(order)
        first = time.process_time() - began
        yield Figure(f"{SHEETS} posters with list, above idle", grown(), "MB", 150)
    yield Figure(f"{SHEETS} posters with list, first time", first, "s CPU", 3)
    yield Figure(f"{SHEETS} posters with list, file", len(pdf) / 1e6, "MB", 3)
    taken = cpu_side_by_side(
        {
            "stamped": lambda: draw_prints(order),
            "kept": lambda: _alone(sheets[:ALONE]),
            "plain": lambda: _plain(sheets[:ALONE]),
            "one": lambda: draw_prints(one),
        },
        rounds=3,
    )
    slips = make_slip_order(make_slips(PACKS))
    began = time.process_time()
    finished(draw_slips(slips))
    yield Figure(f"{PACKS * PACK} slips on {PACKS} sheets", time.process_time() - began, "s CPU", 4)
    stamped, plain, kept = taken["stamped"] / SHEETS, taken["plain"] / ALONE, taken["kept"] / ALONE
    yield Figure("single poster", taken["one"], "s CPU", 0.35)
    yield Figure(f"{SHEETS} posters with list", taken["stamped"], "s CPU", 3)
    yield Figure("one WeasyPrint document", plain, "s CPU")
    yield Figure("the same with fonts and style sheets kept", kept, "s CPU")
    yield Figure("a stamped poster costs, of a WeasyPrint document", 100 * stamped / plain, "%", 1)
    yield Figure("of one with fonts and style sheets kept", 100 * stamped / kept, "%")


def _sheet(at: int) -> PrintedSheet:
    last = "".join(_LETTERS[int(digit)] for digit in f"{at:04d}")
    return make_sheet(
        f"थाना क्षेत्र {at}, विद्यार्थी चौक", f"Kotwali {at}", number=str(10_000_000 + at), code=CODE[:-4] + last
    )


def _alone(sheets: list[PrintedSheet]) -> None:
    """A document a sheet, with what `render_pdf` keeps between prints."""
    for sheet in sheets:
        render_pdf(sheet_html(make_order(sheet), sheet.place_kind), stylesheets=stylesheets(POSTER))


def _plain(sheets: list[PrintedSheet]) -> None:
    """A document a sheet, as WeasyPrint is used where nothing is kept: fonts and style sheets are read each time."""
    for sheet in sheets:
        html = HTML(string=sheet_html(make_order(sheet), sheet.place_kind), base_url=PRINTABLES.as_uri() + "/")
        html.write_pdf(stylesheets=[PRINTABLES / name for name in stylesheets(POSTER)])

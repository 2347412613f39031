"""A state's posters in one file, and what one document each would take."""

import time
from collections.abc import Iterator

from app.domain.place import BilingualName
from app.formats.pdf import render_pdf
from app.formats.qr import encode_qr
from app.services.poster_sheets import STYLESHEETS, draw_posters, sheet_html
from app.services.posters import Sheet
from tests.benchmarks.measure import Figure, cpu_side_by_side, peak_memory
from tests.factories.posters import CODE, make_order, make_sheet

SHEETS = 1100
ALONE = 20
_LETTERS = "ABCDEFGHIJ"


def figures() -> Iterator[Figure]:
    sheets = [_sheet(at) for at in range(SHEETS)]
    order = make_order(*sheets, below=BilingualName("नमूना प्रदेश", "Sample State"))
    one = make_order(sheets[0])
    began = time.process_time()
    draw_posters(one)
    yield Figure("single poster, template not yet drawn", time.process_time() - began, "s CPU", 0.5)
    with peak_memory() as grown:
        began = time.process_time()
        pdf = draw_posters(order)
        first = time.process_time() - began
        yield Figure(f"{SHEETS} posters with list, above idle", grown(), "MB", 150)
    yield Figure(f"{SHEETS} posters with list, first time", first, "s CPU", 3)
    yield Figure(f"{SHEETS} posters with list, file", len(pdf) / 1e6, "MB", 3)
    taken = cpu_side_by_side(
        {
            "stamped": lambda: draw_posters(order),
            "alone": lambda: _alone(sheets[:ALONE]),
            "one": lambda: draw_posters(one),
        },
        rounds=3,
    )
    yield Figure("single poster", taken["one"], "s CPU", 0.5)
    yield Figure(f"{SHEETS} posters with list", taken["stamped"], "s CPU", 3)
    each = taken["alone"] / ALONE
    yield Figure("one WeasyPrint document", each, "s CPU")
    yield Figure("a stamped poster costs, of such a document", 100 * taken["stamped"] / SHEETS / each, "%", 1)


def _sheet(at: int) -> Sheet:
    last = "".join(_LETTERS[int(digit)] for digit in f"{at:04d}")
    return make_sheet(
        f"थाना क्षेत्र {at}, विद्यार्थी चौक", f"Kotwali {at}", number=str(10_000_000 + at), code=encode_qr(CODE[:-4] + last)
    )


def _alone(sheets: list[Sheet]) -> None:
    for sheet in sheets:
        render_pdf(sheet_html(make_order(sheet), sheet.place_kind), stylesheets=STYLESHEETS["poster"])

"""Tables of slips and invitations for spreadsheets: the register beside cases, the links of a batch or of a draw.

Of slips there is no table of links: it would be the list that says which slip went where.
"""

from collections.abc import Iterable

from app.domain.draws.invitation import Invitation
from app.domain.quarter import quarter_label
from app.domain.slips.register import RegisterLine, SlipRegister
from app.domain.slips.slip_batch import MadeSlip
from app.formats.tables.spreadsheets import write_csv

LINKS_HEADER = ("place_code", "place_hi", "place_en", "number", "link")
REGISTER_HEADER = (
    "quarter",
    "kind",
    "district",
    "code",
    "name_hi",
    "name_en",
    "issued",
    "used",
    "cancelled",
    "expired",
    "cases",
    "used_in_100_of_issued",
    "used_in_100_of_cases",
    "far_fewer",
)


def write_links_csv(made: Iterable[MadeSlip]) -> bytes:
    """For a gateway that sends one message a line."""
    rows = ((slip.place_code, slip.place.hi, slip.place.en, slip.number, slip.link) for slip in made)
    return write_csv(LINKS_HEADER, rows)


def write_invitations_csv(made: Iterable[Invitation]) -> bytes:
    """Of a draw, for whoever joins the telephone numbers: decoys look like all the others."""
    return write_csv(("case", "link"), ((one.case, one.slip.link) for one in made))


def write_cases_csv(cases: Iterable[str]) -> bytes:
    """Cases by their digests alone."""
    return write_csv(("case",), ((case,) for case in cases))


def write_register_csv(register: SlipRegister) -> bytes:
    """Districts first, then stations with their district's name."""
    label = quarter_label(register.quarter)
    rows = [(label, "district", None, *_cells(line)) for line in register.districts]
    rows += [
        (label, "station", district.in_language("en") if district else None, *_cells(line))
        for district, line in register.stations
    ]
    return write_csv(REGISTER_HEADER, rows)


def _cells(line: RegisterLine) -> tuple[str | int | None, ...]:
    """Below ten nothing is said: the cell is empty."""
    return (
        line.code,
        line.name.hi,
        line.name.en,
        line.issued,
        line.used,
        line.cancelled,
        line.expired,
        line.cases,
        line.answer_rate,
        line.case_rate,
        "yes" if line.far_fewer else None,
    )

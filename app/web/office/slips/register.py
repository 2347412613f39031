"""Slips and invitations beside visits and cases: for the auditor, on a page and as a table."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.quarter import quarter_label, read_quarter
from app.domain.slips.register import REGISTER_STATION, RegisterLine
from app.formats.tables.spreadsheets import write_csv
from app.services.slips.register import SlipRegister, read_register
from app.transaction import reading
from app.web.context import today
from app.web.office.guard import allowed, own_place_ids, require_above_station, signed_in

HEADER = (
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


def add_routes(office: Blueprint) -> None:
    office.add_url_rule("/slip-register", view_func=show_register)
    office.add_url_rule("/slip-register/register.csv", view_func=download_register)


@allowed(Permission.READ_AUDIT)
def show_register() -> ResponseReturnValue:
    with reading() as session:
        register = _register(session)
    return render_template(
        "office/slips/register/register.html",
        register=register,
        quarter_label=quarter_label,
        may_import=signed_in().may(Permission.MANAGE_PLACES),
    )


@allowed(Permission.READ_AUDIT)
def download_register() -> ResponseReturnValue:
    with reading() as session:
        register = _register(session)
    label = quarter_label(register.quarter)
    rows = [(label, "district", None, *_cells(line)) for line in register.districts]
    rows += [
        (label, "station", district.in_language("en") if district else None, *_cells(line))
        for district, line in register.stations
    ]
    headers = {"Content-Disposition": f'attachment; filename="slips-{label}.csv"'}
    return Response(write_csv(HEADER, rows), content_type="text/csv; charset=utf-8", headers=headers)


def _register(session: Session) -> SlipRegister:
    require_above_station(session, REGISTER_STATION)
    quarter = read_quarter(request.args.get("quarter", ""))
    return read_register(session, own_place_ids(session), quarter, today())


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

"""Slips and invitations beside visits and cases: for the auditor, on a page and as a table."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.documents.slip_tables import write_register_csv
from app.domain.accounts.role import Permission
from app.domain.quarter import quarter_label, read_quarter
from app.domain.slips.register import REGISTER_STATION, SlipRegister
from app.services.slips.register import read_register
from app.transaction import reading
from app.web.context import today
from app.web.languages import reader_language
from app.web.office.downloads import CSV, attachment
from app.web.office.guard import open_to, own_place_ids, require_above_station, signed_in


@open_to(Permission.READ_AUDIT, "/slip-register")
def show_register() -> ResponseReturnValue:
    with reading() as session:
        register = _register(session)
    return render_template(
        "office/slips/register/register.html",
        register=register,
        quarter_label=quarter_label,
        may_import=signed_in().may(Permission.MANAGE_PLACES),
    )


@open_to(Permission.READ_AUDIT, "/slip-register/register.csv")
def download_register() -> ResponseReturnValue:
    with reading() as session:
        register = _register(session)
    return attachment(write_register_csv(register), f"slips-{quarter_label(register.quarter)}.csv", CSV)


def _register(session: Session) -> SlipRegister:
    require_above_station(session, REGISTER_STATION)
    quarter = read_quarter(request.args.get("quarter", ""))
    return read_register(session, own_place_ids(session), quarter, today(), reader_language())

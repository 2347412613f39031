"""What comes of a batch, for an hour and for its maker alone: links of invitations, or sheets of slips to print.

Of slips there is no table: it would be the list that says which slip went where.
"""

from flask import Blueprint, Response, abort, request, stream_template, url_for
from flask.typing import ResponseReturnValue

from app.domain.batch import BATCH_STATION, PACK, MadeSlip
from app.domain.channel import Channel
from app.domain.problem import Problem
from app.domain.role import Permission
from app.formats.made_slips import read_slips
from app.formats.pdfium import picture_of_page
from app.formats.qr import one_time_code_text
from app.formats.spreadsheets import write_csv
from app.services import held_files
from app.services.addresses import printed_address
from app.services.batch_lists import BatchView
from app.services.batches import without_cancelled
from app.services.departments import describe_department
from app.services.places import find_place
from app.services.prints import finished
from app.services.slip_sheets import SlipOrder, draw_slips, lay_by_lot
from app.transaction import reading
from app.web.context import context, now, today
from app.web.office.batches import batch_within
from app.web.office.guard import allowed, require_above_station, require_within, signed_in
from app.web.office.making import Making, keeper
from app.web.office.print_choice import chosen_language
from app.web.office.prints import pdf_response

HEADER = ("place_code", "place_hi", "place_en", "number", "link")
_NOT_A_TOKEN = "A" * 36


def add_routes(office: Blueprint) -> None:
    batch = "/batches/<int:batch_id>"
    office.add_url_rule(f"{batch}/<token>.csv", "batch_file", download_table)
    office.add_url_rule(f"{batch}/<token>/sheets", "make_slip_sheets", make_sheets, methods=["POST"])
    office.add_url_rule(f"{batch}/<token>.pdf", "slip_sheets", download_sheets)
    office.add_url_rule("/batches/new/slip/<int:place_id>/preview.png", "slip_preview", show_specimen)


@allowed(Permission.ISSUE_BATCHES)
def download_table(batch_id: int, token: str) -> ResponseReturnValue:
    batch, made = _made(batch_id, token)
    if batch.channel is not Channel.INVITE:
        abort(404)
    rows = [(slip.place_code, slip.place.hi, slip.place.en, slip.number, slip.link) for slip in made]
    headers = {"Content-Disposition": f'attachment; filename="invitations-{batch_id}.csv"'}
    return Response(write_csv(HEADER, rows), content_type="text/csv; charset=utf-8", headers=headers)


@allowed(Permission.ISSUE_BATCHES)
def make_sheets(batch_id: int, token: str) -> ResponseReturnValue:
    """The sheets are drawn while the page is sent; whoever leaves can draw them again within the hour."""
    batch, made = _made(batch_id, token)
    with reading() as session:
        order = SlipOrder(
            department=describe_department(session),
            domain=printed_address(session, context().settings.address).partition("://")[2].lower(),
            batch_id=batch_id,
            expires_on=batch.expires_on,
            slips=lay_by_lot(made),
            language=chosen_language(request.form.get("language", "")),
            below=batch.place,
            made_on=batch.issued_on,
        )
    page = stream_template(
        "office/prints/making.html",
        making=Making(draw_slips(order), order.sheets, keeper()),
        fetch="office.slip_sheets",
        arguments={"batch_id": batch_id},
        back=url_for("office.batch", batch_id=batch_id, file=token),
    )
    return Response(page, headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"})


@allowed(Permission.ISSUE_BATCHES)
def download_sheets(batch_id: int, token: str) -> ResponseReturnValue:
    with reading() as session:
        batch_within(session, batch_id)
    content = held_files.held(context().settings.instance, token, owner=signed_in().id, now=now())
    return pdf_response(content, f"slips-{batch_id}.pdf")


@allowed(Permission.ISSUE_BATCHES)
def show_specimen(place_id: int) -> ResponseReturnValue:
    """A sheet before any slip is made. Its codes lead nowhere."""
    with reading() as session:
        require_above_station(session, BATCH_STATION)
        require_within(session, place_id)
        place = find_place(session, place_id)
        address = printed_address(session, context().settings.address)
        department = describe_department(session)
    slip = MadeSlip(1, place.code, place.name, "0" * 8, one_time_code_text(address, _NOT_A_TOKEN))
    order = SlipOrder(department, address.partition("://")[2].lower(), 0, today(), (slip,) * PACK)
    return Response(picture_of_page(finished(draw_slips(order))), mimetype="image/png")


def _made(batch_id: int, token: str) -> tuple[BatchView, tuple[MadeSlip, ...]]:
    """What of the file has not been cancelled since."""
    with reading() as session:
        batch = batch_within(session, batch_id)
    content = held_files.held(context().settings.instance, token, owner=signed_in().id, now=now())
    try:
        made = read_slips(content)
    except ValueError:
        raise Problem(held_files.HELD_GONE) from None
    with reading() as session:
        return batch, without_cancelled(session, batch_id, made, context().ingest)

"""What comes of a batch, for an hour and for its maker alone: links of invitations, or sheets of slips to print.

Of slips there is no table: it would be the list that says which slip went where.
"""

from flask import Blueprint, Response, abort, request, stream_template, url_for
from flask.typing import ResponseReturnValue

from app.documents.prints import finished
from app.documents.slip_sheets import SlipOrder, draw_slips, lay_by_lot
from app.domain.accounts.role import Permission
from app.domain.codes.channel import Channel
from app.domain.problem import Problem
from app.domain.slips.slip_batch import BATCH_STATION, PACK, MadeSlip
from app.formats.made_slips import read_slips
from app.formats.paper.pdfium import picture_of_page
from app.formats.pictures.qr import one_time_code_text
from app.formats.tables.spreadsheets import write_csv
from app.services import held_files
from app.services.codes.addresses import printed_address
from app.services.installation.department_queries import describe_department
from app.services.places.queries import find_place
from app.services.slips.slip_batch_queries import BatchView
from app.services.slips.slip_batches import without_cancelled
from app.transaction import reading
from app.web.context import context, now, today
from app.web.office.codes.print_choice import chosen_language
from app.web.office.codes.prints import pdf_response
from app.web.office.guard import allowed, require_above_station, require_within, signed_in
from app.web.office.progress import DrawingProgress, file_keeper
from app.web.office.slips.slip_batches import batch_within

HEADER = ("place_code", "place_hi", "place_en", "number", "link")
_NOT_A_TOKEN = "A" * 36


def add_routes(office: Blueprint) -> None:
    batch = "/batches/<int:batch_id>"
    office.add_url_rule(f"{batch}/<token>.csv", view_func=download_links)
    office.add_url_rule(f"{batch}/<token>/sheets", view_func=make_sheets, methods=["POST"])
    office.add_url_rule(f"{batch}/<token>.pdf", view_func=download_sheets)
    office.add_url_rule("/batches/new/slip/<int:place_id>/preview.png", view_func=show_slip_specimen)


@allowed(Permission.ISSUE_BATCHES)
def download_links(batch_id: int, token: str) -> ResponseReturnValue:
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
        "office/progress.html",
        making=DrawingProgress(draw_slips(order), order.sheets, file_keeper()),
        fetch="office.slips.download_sheets",
        arguments={"batch_id": batch_id},
        back=url_for("office.slips.show_batch", batch_id=batch_id, file=token),
    )
    return Response(page, headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"})


@allowed(Permission.ISSUE_BATCHES)
def download_sheets(batch_id: int, token: str) -> ResponseReturnValue:
    with reading() as session:
        batch_within(session, batch_id)
    content = held_files.read(context().settings.instance, token, owner=signed_in().id, now=now())
    return pdf_response(content, f"slips-{batch_id}.pdf")


@allowed(Permission.ISSUE_BATCHES)
def show_slip_specimen(place_id: int) -> ResponseReturnValue:
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
    content = held_files.read(context().settings.instance, token, owner=signed_in().id, now=now())
    try:
        made = read_slips(content)
    except ValueError:
        raise Problem(held_files.HELD_GONE) from None
    with reading() as session:
        return batch, without_cancelled(session, batch_id, made, context().codes)

"""What comes of a batch, for an hour and for its maker alone: links of invitations, or sheets of slips to print.

Of slips there is no table: it would be the list that says which slip went where.
"""

from flask import Response, abort, request, stream_template, url_for
from flask.typing import ResponseReturnValue

from app.documents.prints import finished
from app.documents.slip_sheets import draw_slips
from app.documents.slip_tables import write_links_csv
from app.domain.accounts.role import Permission
from app.domain.codes.channel import Channel
from app.domain.codes.print_formats import PaperLanguage
from app.domain.slips.slip_batch import BATCH_STATION, MadeSlip
from app.formats.paper.pdfium import picture_of_page
from app.services.held_files import HeldKind
from app.services.slips.slip_batch_queries import BatchView
from app.transaction import reading
from app.web.context import context, now, today
from app.web.office.downloads import CSV, PDF, attachment
from app.web.office.guard import open_to, require_above_station, require_within, signed_in
from app.web.office.held import file_keeper, held_file
from app.web.office.progress import DrawingProgress
from app.web.office.slips.slip_batches import batch_within
from app.workflows.links.slip_batches import order_sheets, order_specimen, take_held_slips


@open_to(Permission.ISSUE_BATCHES, "/batches/<int:batch_id>/<token>.csv")
def download_links(batch_id: int, token: str) -> ResponseReturnValue:
    batch, made = _made(batch_id, token)
    if batch.channel is not Channel.INVITE:
        abort(404)
    return attachment(write_links_csv(made), f"invitations-{batch_id}.csv", CSV)


@open_to(Permission.ISSUE_BATCHES, "/batches/<int:batch_id>/<token>/sheets", "POST")
def make_sheets(batch_id: int, token: str) -> ResponseReturnValue:
    """The sheets are drawn while the page is sent; whoever leaves can draw them again within the hour."""
    batch, made = _made(batch_id, token)
    language = request.form.get("language", PaperLanguage.BOTH, type=PaperLanguage)
    order = order_sheets(batch, made, language, context().settings.address)
    page = stream_template(
        "office/progress.html",
        making=DrawingProgress(draw_slips(order), order.sheets, file_keeper(HeldKind.SHEETS)),
        fetch="office.slips.download_sheets",
        arguments={"batch_id": batch_id},
        back=url_for("office.slips.show_batch", batch_id=batch_id, file=token),
    )
    return Response(page, headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"})


@open_to(Permission.ISSUE_BATCHES, "/batches/<int:batch_id>/<token>.pdf")
def download_sheets(batch_id: int, token: str) -> ResponseReturnValue:
    with reading() as session:
        batch_within(session, batch_id)
    content = held_file(token, HeldKind.SHEETS)
    return attachment(content, f"slips-{batch_id}.pdf", PDF)


@open_to(Permission.ISSUE_BATCHES, "/batches/new/slip/<int:place_id>/preview.png")
def show_slip_specimen(place_id: int) -> ResponseReturnValue:
    """A sheet before any slip is made. Its codes lead nowhere."""
    with reading() as session:
        require_above_station(session, BATCH_STATION)
        require_within(session, place_id)
    order = order_specimen(place_id, context().settings.address, today())
    return Response(picture_of_page(finished(draw_slips(order))), mimetype="image/png")


def _made(batch_id: int, token: str) -> tuple[BatchView, tuple[MadeSlip, ...]]:
    """What of the file has not been cancelled since."""
    with reading() as session:
        batch = batch_within(session, batch_id)
    instance, codes = context().settings.instance, context().codes
    return batch, take_held_slips(batch_id, token, owner=signed_in().id, instance=instance, codes=codes, now=now())

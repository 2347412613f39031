"""Files of answers that a phone saved, taken in at the office."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from app.domain.problem import Problem
from app.domain.response import Status
from app.domain.role import Permission
from app.formats.response_files import MOST_BYTES
from app.jobs.batches import import_responses
from app.web.context import context, now
from app.web.errors import sentence_of
from app.web.office.guard import allowed, signed_in

STATES = {
    Status.STORED: _l("New, taken in"),
    Status.DUPLICATE: _l("Was here already"),
    Status.REJECTED: _l("Not taken in"),
    Status.LATER: _l("Not taken in"),
}
STATE_KINDS = {Status.STORED: "good", Status.DUPLICATE: "info", Status.REJECTED: "bad", Status.LATER: "bad"}
#: lines of the table on the page; problems are all shown
MOST_SHOWN = 200


class ResponseFileForm(FlaskForm):  # type: ignore[misc]
    file = FileField(
        _l("File of answers"),
        [FileRequired(_l("Please choose a file."))],
        description=_l("The file that a phone saved, called samvad.json or similar. What is in it stays locked."),
    )


def add_routes(office: Blueprint) -> None:
    office.add_url_rule("/devices/import", "import_responses", take_file, methods=["GET", "POST"])


@allowed(Permission.MANAGE_DEVICES)
def take_file() -> ResponseReturnValue:
    form = ResponseFileForm()
    if not form.is_submitted():
        return render_template("office/devices/import.html", form=form)
    if not form.validate():
        return render_template("office/devices/import.html", form=form), 422
    with form.file.data.stream as stream:
        content = stream.read(MOST_BYTES)
    try:
        imported = import_responses(content, ingest=context().ingest, account_id=signed_in().id, now=now())
    except Problem as problem:
        form.file.errors = [sentence_of(problem)]
        return render_template("office/devices/import.html", form=form), problem.status
    numbered = list(enumerate(imported.receipts, 1))
    return render_template(
        "office/devices/imported.html",
        imported=imported,
        wrong=[(number, sentence_of(receipt.problem)) for number, receipt in numbered if receipt.problem],
        shown=numbered[:MOST_SHOWN],
        counts={status: imported.counts[status] for status in Status if imported.counts[status]},
        states=STATES,
        state_kinds=STATE_KINDS,
    )

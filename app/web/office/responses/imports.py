"""Files of answers that a phone saved, taken in at the office."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from app.domain.accounts.role import Permission
from app.domain.problem import Problem
from app.domain.responses.response import Status
from app.formats.wire.response_files import MOST_BYTES
from app.web.context import context, now
from app.web.errors import sentence_of
from app.web.office.guard import open_to, signed_in
from app.workflows.responses import import_responses

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


@open_to(Permission.MANAGE_DEVICES, "/devices/import", "GET", "POST")
def import_file() -> ResponseReturnValue:
    form = ResponseFileForm()
    if not form.is_submitted():
        return render_template("office/responses/import.html", form=form)
    if not form.validate():
        return render_template("office/responses/import.html", form=form), 422
    with form.file.data.stream as stream:
        content = stream.read(MOST_BYTES)
    try:
        imported = import_responses(content, ingest=context().ingest, actor_id=signed_in().id, now=now())
    except Problem as problem:
        form.file.errors = [sentence_of(problem)]
        return render_template("office/responses/import.html", form=form), problem.status
    numbered = list(enumerate(imported.receipts, 1))
    return render_template(
        "office/responses/imported.html",
        imported=imported,
        wrong=[(number, sentence_of(receipt.problem)) for number, receipt in numbered if receipt.problem],
        shown=numbered[:MOST_SHOWN],
        counts={status: imported.counts[status] for status in Status if imported.counts[status]},
        states=STATES,
        state_kinds=STATE_KINDS,
    )

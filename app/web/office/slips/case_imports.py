"""Importing visits and cases by quarter: choose a file, see what would change, confirm."""

from pathlib import Path

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.accounts.role import Permission
from app.domain.quarter import quarter_label
from app.formats.tables.reading import read_table
from app.services.held_files import HeldKind
from app.services.slips.case_counts import plan_case_import
from app.transaction import reading
from app.web.context import now
from app.web.errors import sentence_of
from app.web.office.guard import open_to, require_whole, signed_in
from app.web.office.held import MOST_SHOWN, ApplyForm, TableForm, apply_held, ask_for_table, held_file
from app.workflows.quarter_imports import import_held_cases


@open_to(Permission.MANAGE_PLACES, "/slip-register/import", "GET", "POST")
def upload_cases() -> ResponseReturnValue:
    with reading() as session:
        require_whole(session)
    form = TableForm(_("Visits or cases"), HeldKind.CASES)
    return ask_for_table(form, "office/slips/register/import.html", "office.slips.review_cases")


@open_to(Permission.MANAGE_PLACES, "/slip-register/import/<token>")
def review_cases(token: str) -> ResponseReturnValue:
    table = read_table(held_file(token, HeldKind.CASES))
    with reading() as session:
        require_whole(session)
        plan = plan_case_import(session, table, now=now())
    confirm = ApplyForm(formdata=None, digest=plan.digest)
    return render_template(
        "office/slips/register/review.html",
        plan=plan,
        confirm=confirm,
        token=token,
        most=MOST_SHOWN,
        sentence_of=sentence_of,
        quarter_label=quarter_label,
    )


@open_to(Permission.MANAGE_PLACES, "/slip-register/import/<token>", "POST")
def apply_cases(token: str) -> ResponseReturnValue:
    with reading() as session:
        require_whole(session)

    def bring(instance: Path, digest: str) -> int:
        return len(import_held_cases(instance, token, digest, actor_id=signed_in().id, now=now()).changes)

    here, there = url_for("office.slips.review_cases", token=token), url_for("office.slips.show_register")
    return apply_held(bring, review=here, done=there)

"""Calls by a body outside the police: what is known of them, and importing more after a look at what would change."""

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.domain.accounts.role import Permission
from app.domain.quarter import quarter_label
from app.formats.tables.reading import read_table
from app.services.draws.checks import list_checks, plan_check_import
from app.services.held_files import HeldKind
from app.transaction import reading
from app.web.context import now
from app.web.errors import sentence_of
from app.web.office.draws.call_scripts import script_choices, why_unscripted
from app.web.office.guard import is_whole, open_to, own_place_ids, require_whole, signed_in
from app.web.office.held import MOST_SHOWN, ApplyForm, TableForm, apply_held, ask_for_table, held_file
from app.workflows.quarter_imports import import_held_checks

#: by the name of a number, what is said of it
BELOW = {"checked": _l("Called back"), "unconfirmed": _l("Not confirmed")}
WHOLE = {**BELOW, "silent_asked": _l("Silent, asked"), "silent_good": _l("Of them content")}


@open_to(Permission.READ_AUDIT, "/draws/checks")
def show_checks() -> ResponseReturnValue:
    """Below the whole department without the silent: what a few of them said is told there in no number."""
    with reading() as session:
        found = list_checks(session, own_place_ids(session))
        whole = is_whole(session)
        surveys = script_choices(session)
        unprintable = why_unscripted(session)
    return render_template(
        "office/draws/checks/checks.html",
        quarters=[(quarter_label(first), list(checks)) for first, checks in groupby(found, lambda one: one.quarter)],
        surveys=surveys,
        unprintable=unprintable,
        **_columns(WHOLE if whole else BELOW),
        may_import=whole and signed_in().may(Permission.MANAGE_DRAWS),
    )


@open_to(Permission.MANAGE_DRAWS, "/draws/checks/import", "GET", "POST")
def upload_checks() -> ResponseReturnValue:
    with reading() as session:
        require_whole(session)
    form = TableForm(_("Numbers of calls"), HeldKind.CHECKS)
    return ask_for_table(form, "office/draws/checks/import.html", "office.draws.review_checks")


@open_to(Permission.MANAGE_DRAWS, "/draws/checks/import/<token>")
def review_checks(token: str) -> ResponseReturnValue:
    table = read_table(held_file(token, HeldKind.CHECKS))
    with reading() as session:
        require_whole(session)
        plan = plan_check_import(session, table, now=now())
    return render_template(
        "office/draws/checks/review.html",
        plan=plan,
        confirm=ApplyForm(formdata=None, digest=plan.digest),
        token=token,
        **_columns(WHOLE),
        most=MOST_SHOWN,
        sentence_of=sentence_of,
        quarter_label=quarter_label,
    )


@open_to(Permission.MANAGE_DRAWS, "/draws/checks/import/<token>", "POST")
def apply_checks(token: str) -> ResponseReturnValue:
    with reading() as session:
        require_whole(session)

    def bring(instance: Path, digest: str) -> int:
        return len(import_held_checks(instance, token, digest, actor_id=signed_in().id, now=now()).changes)

    here, there = url_for("office.draws.review_checks", token=token), url_for("office.draws.show_checks")
    return apply_held(bring, review=here, done=there)


def _columns(words: Mapping[str, str]) -> dict[str, object]:
    """Which numbers a table shows, and what stands above them."""
    return {"columns": words.keys(), "figures": [{"text": head} for head in words.values()]}

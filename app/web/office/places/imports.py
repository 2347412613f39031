"""Importing the list of places in the office: choose a file, see what would change, confirm; and exporting it."""

from pathlib import Path
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import Optional

from app.domain.accounts.role import Permission
from app.domain.places.importing import ImportOptions
from app.domain.places.place import PlaceKind
from app.domain.places.tree_checks import SECOND_TOP
from app.domain.problem import Problem
from app.formats.tables.reading import read_table
from app.services.held_files import HeldKind
from app.services.places.imports import export_places, plan_import
from app.services.places.queries import holders
from app.transaction import reading
from app.web.context import now, today
from app.web.errors import sentence_of
from app.web.languages import reader_language
from app.web.office.downloads import CSV, XLSX, attachment
from app.web.office.guard import open_to, own_place_ids, require_whole, signed_in
from app.web.office.held import MOST_SHOWN, ApplyForm, TableForm, apply_held, ask_for_table, held_file
from app.web.office.places.changes import parent_choices
from app.web.office.places.places import kind_name
from app.web.office.refusals import show_refusal
from app.workflows.place_import import import_held_places


class OptionsForm(FlaskForm):  # type: ignore[misc]
    """What the file does not say. Sent by GET: looking again changes nothing."""

    class Meta:
        csrf = False

    kind = SelectField(_l("What kind of place are rows that do not say it?"))
    parent_code = SelectField(_l("What do rows belong to that do not say it?"))
    from_on = DateField(
        _l("From which day does what the file says hold?"),
        [Optional()],
        description=_l("Answers from before that day stay with the place that was above it then."),
    )
    retire_missing = BooleanField(_l("Retire places of the same kind that the file leaves out"))

    def options(self) -> ImportOptions:
        return ImportOptions(
            PlaceKind(self.kind.data) if self.kind.data else None,
            self.parent_code.data or None,
            self.from_on.data,
            self.retire_missing.data,
        )


@open_to(Permission.MANAGE_PLACES, "/places/import", "GET", "POST")
def upload() -> ResponseReturnValue:
    with reading() as session:
        require_whole(session)
    form = TableForm(_("List of places"), HeldKind.PLACES)
    return ask_for_table(form, "office/places/imports/import.html", "office.places.review")


@open_to(Permission.MANAGE_PLACES, "/places/import/<token>")
def review(token: str) -> ResponseReturnValue:
    table = read_table(held_file(token, HeldKind.PLACES))
    with reading() as session:
        require_whole(session)
        form = _options_form(session)
        options = form.options() if form.validate() else ImportOptions()
        try:
            plan = plan_import(session, table, options, today())
        except Problem as problem:
            show_refusal(form, problem, form.from_on)
            plan = plan_import(session, table, ImportOptions(), today())
    confirm = ApplyForm(formdata=None, digest=plan.digest)
    # The state of somebody else's list: what it is here has to be chosen, and one click should be enough.
    top = next((problem.details for problem in plan.problems if problem.type is SECOND_TOP), None)
    into = url_for("office.places.review", token=token, **{**_kept(), "parent_code": top["code"]}) if top else None
    shown = {
        "plan": plan,
        "top": top,
        "into": into,
        "sheet": table.sheet,
        "most": MOST_SHOWN,
        "sentence_of": sentence_of,
    }
    return render_template("office/places/imports/review.html", form=form, confirm=confirm, token=token, **shown)


@open_to(Permission.MANAGE_PLACES, "/places/import/<token>", "POST")
def apply(token: str) -> ResponseReturnValue:
    confirm = ApplyForm()
    with reading() as session:
        require_whole(session)
        form = _options_form(session)
    if not (confirm.validate() and form.validate()):
        return redirect(_review_address(token), 303)

    def bring(instance: Path, digest: str) -> int:
        options = form.options()
        return import_held_places(instance, token, options, digest, actor_id=signed_in().id, now=now()).changes

    return apply_held(bring, review=_review_address(token), done=url_for("office.places.show_places"))


@open_to(Permission.MANAGE_PLACES, "/places/export.<any(csv, xlsx):ending>")
def export(ending: str) -> ResponseReturnValue:
    with reading() as session:
        require_whole(session)
        file = export_places(session, ending=ending)
    return attachment(file, f"places-{today().isoformat()}.{ending}", XLSX if ending == "xlsx" else CSV)


def _options_form(session: Session) -> OptionsForm:
    """From the address: what is looked at and what is confirmed are named in the same way."""
    form = OptionsForm(formdata=request.args)
    form.kind.choices = [("", _("As the file says")), *((kind.value, kind_name(kind)) for kind in PlaceKind)]
    parents = parent_choices(holders(session, own_place_ids(session), today(), language=reader_language()))
    form.parent_code.choices = [("", _("As the file says")), *parents]
    form.kind.data = form.kind.data or ""
    form.parent_code.data = form.parent_code.data or ""
    return form


def _review_address(token: str) -> str:
    return url_for("office.places.review", token=token, **_kept())


def _kept() -> dict[str, Any]:
    """What was chosen besides the file."""
    return {name: value for name, value in request.args.items() if name in OptionsForm()._fields}

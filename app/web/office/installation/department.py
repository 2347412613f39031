"""The department's own settings."""

from dataclasses import asdict

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.documents.prints import draw_prints
from app.domain.accounts.role import Permission
from app.domain.installation.helplines import parse_helplines
from app.domain.problem import Problem
from app.formats.paper.pdfium import picture_of_page
from app.formats.pictures.emblems import read_emblem
from app.services.codes.print_orders import specimen_order
from app.services.installation.department_queries import emblem_of
from app.services.installation.settings import (
    DepartmentSettings,
    confirm_helplines,
    confirm_host,
    read_settings,
    save_settings,
    set_emblem,
)
from app.transaction import reading, transaction
from app.web.context import context, now
from app.web.errors import sentence_of
from app.web.office.codes.placements import count_filled_in
from app.web.office.guard import open_to, signed_in

_FIELD_OF = {
    "department.host_invalid": "host",
    "department.helpline_invalid": "helplines",
    "department.name": "name_hi",
}


class DepartmentForm(FlaskForm):  # type: ignore[misc]
    name_hi = StringField(_l("Name in Hindi"), [InputRequired(_l("Write the name in Hindi.")), Length(max=120)])
    name_en = StringField(_l("Name in English"), [InputRequired(_l("Write the name in English.")), Length(max=120)])
    host = StringField(
        _l("Web address printed in codes"),
        [Length(max=120)],
        description=_l(
            "The address at which citizens reach Samvad, such as samvad.example.in. It must not change while any "
            "poster hangs."
        ),
    )
    helplines = TextAreaField(
        _l("Helplines"),
        [Length(max=2000)],
        description=_l("One a line: Hindi name | English name | number"),
        render_kw={"rows": 5},
    )
    free_text_reader = StringField(
        _l("Who reads answers in people's own words every day"),
        [Length(max=120)],
        description=_l(
            "A post. It is kept for later: until there is a page on which it is read, no questionnaire is published in "
            "which people write in their own words, and those published already do not ask it."
        ),
    )


class EmblemForm(FlaskForm):  # type: ignore[misc]
    emblem = FileField(
        _l("Emblem"), description=_l("A picture in PNG or JPEG, of at most 1 MB. Without one, none is printed.")
    )

    @property
    def is_removed(self) -> bool:
        return "remove" in request.form

    def validate_emblem(self, field: FileField) -> None:
        if not field.data and not self.is_removed:
            raise ValidationError(_("Choose a picture first."))


class HostForm(FlaskForm):  # type: ignore[misc]
    typed = StringField(
        _l("Type the web address once more"), [InputRequired(_l("Type the web address.")), Length(max=120)]
    )


class HelplinesForm(FlaskForm):  # type: ignore[misc]
    """A box for each number, so that each is looked at."""

    ticked = SelectMultipleField(
        _l("Each of these numbers is right, and somebody answers it"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def offer(self, settings: DepartmentSettings) -> "HelplinesForm":
        lines = settings.helplines
        self.ticked.choices = [(one.number, f"{one.label_hi} · {one.label_en}: {one.number}") for one in lines]
        return self


@open_to(Permission.MANAGE_DEPARTMENT, "/department", "GET", "POST")
def edit_department() -> ResponseReturnValue:
    with reading() as session:
        settings = read_settings(session)
    form, status = DepartmentForm(data=_as_fields(settings)), 200
    if form.validate_on_submit():
        try:
            return _save(form)
        except Problem as problem:
            field = form[_FIELD_OF.get(problem.code, "name_hi")]
            field.errors, status = [*field.errors, sentence_of(problem)], problem.status
    elif form.is_submitted():
        status = 422
    return _page(settings, form), status


@open_to(Permission.MANAGE_DEPARTMENT, "/department/host", "POST")
def confirm_typed_host() -> ResponseReturnValue:
    form, status = HostForm(), 422
    if form.validate_on_submit():
        try:
            with transaction() as session:
                here = context().settings
                confirm_host(session, form.typed.data, here.address, here.contact, signed_in().id, now())
            flash(_("What is printed is confirmed. Real posters can be printed now."), "good")
            return redirect(url_for("office.installation.edit_department"), 303)
        except Problem as problem:
            form.typed.errors, status = [sentence_of(problem)], problem.status
    with reading() as session:
        settings = read_settings(session)
    return _page(settings, host_form=form), status


@open_to(Permission.MANAGE_DEPARTMENT, "/department/helplines", "POST")
def confirm_ticked_helplines() -> ResponseReturnValue:
    with reading() as session:
        settings = read_settings(session)
    form, status = HelplinesForm().offer(settings), 422
    if form.validate_on_submit():
        try:
            with transaction() as session:
                confirm_helplines(session, form.ticked.data or (), signed_in().id, now())
            flash(_("The helplines are confirmed."), "good")
            return redirect(url_for("office.installation.edit_department"), 303)
        except Problem as problem:
            form.ticked.errors, status = [sentence_of(problem)], problem.status
    return _page(settings, helplines_form=form), status


@open_to(Permission.MANAGE_DEPARTMENT, "/department/emblem", "POST")
def keep_emblem() -> ResponseReturnValue:
    """The file that was chosen; or the emblem there is goes."""
    form, status = EmblemForm(), 422
    if form.validate_on_submit():
        try:
            emblem = None if form.is_removed else read_emblem(form.emblem.data.read())
            with transaction() as session:
                set_emblem(session, emblem, signed_in().id, now())
            flash(_("Saved."), "good")
            return redirect(url_for("office.installation.edit_department"), 303)
        except Problem as problem:
            form.emblem.errors, status = [sentence_of(problem)], problem.status
    with reading() as session:
        settings = read_settings(session)
    return _page(settings, emblem_form=form), status


@open_to(Permission.MANAGE_DEPARTMENT, "/department/specimen.png")
def show_poster_specimen() -> ResponseReturnValue:
    """A poster of no place, with all that is printed on every one."""
    with reading() as session:
        host = read_settings(session).host or "samvad.example.in"
        order = specimen_order(session, host, now=now())
    return Response(picture_of_page(draw_prints(order)), mimetype="image/png")


def _save(form: DepartmentForm) -> ResponseReturnValue:
    wanted = DepartmentSettings(
        form.name_hi.data,
        form.name_en.data,
        form.host.data or None,
        parse_helplines(form.helplines.data or ""),
        form.free_text_reader.data,
    )
    with transaction() as session:
        save_settings(session, wanted, signed_in().id, now())
    flash(_("Saved."), "good")
    return redirect(url_for("office.installation.edit_department"), 303)


def _page(
    settings: DepartmentSettings,
    form: DepartmentForm | None = None,
    *,
    host_form: HostForm | None = None,
    emblem_form: EmblemForm | None = None,
    helplines_form: HelplinesForm | None = None,
) -> str:
    """The one page with all its forms; the one that was sent comes back filled in."""
    with reading() as session:
        has_emblem = emblem_of(session) is not None
        filled_in = count_filled_in(session)
    return render_template(
        "office/installation/department.html",
        form=form or DepartmentForm(formdata=None, data=_as_fields(settings)),
        host_form=host_form or HostForm(formdata=None),
        emblem_form=emblem_form or EmblemForm(formdata=None),
        helplines_form=helplines_form or HelplinesForm(formdata=None).offer(settings),
        settings=settings,
        has_emblem=has_emblem,
        filled_in=filled_in,
        address=context().settings.address,
    )


def _as_fields(settings: DepartmentSettings) -> dict[str, object]:
    lines = "\n".join(f"{line.label_hi} | {line.label_en} | {line.number}" for line in settings.helplines)
    return {**asdict(settings), "helplines": lines}

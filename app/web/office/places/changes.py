"""Changing one place from the screen: add, rename, move, retire, open again, remove."""

from collections.abc import Callable, Collection

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.domain.accounts.role import Permission
from app.domain.places.place import BilingualName, Contact, PlaceGroup, PlaceKind
from app.domain.problem import Problem
from app.services.places.changes import (
    add_place,
    give_contact,
    give_group,
    move_place,
    remove_place,
    rename_place,
    restore_place,
    retire_place,
)
from app.services.places.contacts import contact_of
from app.services.places.queries import PlaceLine, describe_place, find_place, find_place_by_code, holders
from app.transaction import reading, transaction
from app.web.context import now, today
from app.web.languages import reader_language
from app.web.office.days import DayField
from app.web.office.guard import open_to, own_place_ids, require_within, signed_in
from app.web.office.places.places import group_name, kind_name
from app.web.office.refusals import show_refusal

_LONGEST = Length(max=400)


class NameForm(FlaskForm):  # type: ignore[misc]
    name_hi = StringField(_l("Name in Hindi"), [_LONGEST], render_kw={"lang": "hi"})
    name_en = StringField(_l("Name in English"), [_LONGEST], render_kw={"lang": "en"})


class ContactForm(FlaskForm):  # type: ignore[misc]
    contact_hi = StringField(_l("Address in Hindi"), [_LONGEST], render_kw={"lang": "hi"})
    contact_en = StringField(_l("Address in English"), [_LONGEST], render_kw={"lang": "en"})
    contact_phone = StringField(
        _l("Telephone"),
        [_LONGEST],
        description=_l("One number that somebody answers, such as 0755 2443000."),
        render_kw={"inputmode": "tel"},
    )


class GroupForm(FlaskForm):  # type: ignore[misc]
    group = SelectField(_l("Group"))


class NewPlaceForm(NameForm):
    kind = SelectField(_l("What kind of place?"), [InputRequired()])
    group = SelectField(_l("Group"), default="")
    code = StringField(
        _l("Code"),
        [InputRequired(_l("Write a code.")), _LONGEST],
        description=_l("A number or short word of your own that never changes, even if the name does."),
    )


class MoveForm(FlaskForm):  # type: ignore[misc]
    parent_code = SelectField(_l("Belongs to"), [InputRequired()])
    from_on = DayField(
        _l("From which day?"),
        [InputRequired(_l("Write a day."))],
        description=_l("Answers from before that day stay with the place that was above it then."),
    )


@open_to(Permission.MANAGE_PLACES, "/places/<int:place_id>/new", "GET", "POST")
def add_below(place_id: int) -> ResponseReturnValue:
    parent = _own(place_id)
    form = NewPlaceForm()
    form.group.choices = _group_choices()
    form.kind.choices = [(kind.value, kind_name(kind)) for kind in PlaceKind if parent.kind.may_hold(kind)]

    def add(session: Session) -> int:
        name = BilingualName(form.name_hi.data, form.name_en.data)
        new = {"code": form.code.data, "kind": PlaceKind(form.kind.data), "name": name, "parent_code": parent.code}
        return add_place(session, **new, group=_group_of(form), actor_id=signed_in().id, now=now())

    return _submit(form, "office/places/new.html", parent, add, _("The place was added."))


@open_to(Permission.MANAGE_PLACES, "/places/<int:place_id>/name", "GET", "POST")
def rename(place_id: int) -> ResponseReturnValue:
    place = _own(place_id)
    form = NameForm(name_hi=place.name.hi, name_en=place.name.en)

    def save(session: Session) -> None:
        rename_place(session, place_id, BilingualName(form.name_hi.data, form.name_en.data), signed_in().id, now())

    return _submit(form, "office/places/name.html", place, save, _("The name was changed."))


@open_to(Permission.MANAGE_PLACES, "/places/<int:place_id>/contact", "GET", "POST")
def change_contact(place_id: int) -> ResponseReturnValue:
    with reading() as session:
        require_within(session, place_id)
        place = find_place(session, place_id)
        known = contact_of(session, place_id)
    form = ContactForm(contact_hi=known.address.hi, contact_en=known.address.en, contact_phone=known.phone)

    def save(session: Session) -> None:
        address = BilingualName(form.contact_hi.data, form.contact_en.data)
        give_contact(session, place_id, Contact(address, form.contact_phone.data), signed_in().id, now())

    return _submit(form, "office/places/contact.html", place, save, _("The contact was saved."))


@open_to(Permission.MANAGE_PLACES, "/places/<int:place_id>/group", "GET", "POST")
def change_group(place_id: int) -> ResponseReturnValue:
    place = _own(place_id)
    form = GroupForm(group=place.group or "")
    form.group.choices = _group_choices()

    def save(session: Session) -> None:
        give_group(session, place_id, _group_of(form), signed_in().id, now())

    return _submit(form, "office/places/group.html", place, save, _("The group was saved."))


@open_to(Permission.MANAGE_PLACES, "/places/<int:place_id>/move", "GET", "POST")
def move(place_id: int) -> ResponseReturnValue:
    with reading() as session:
        require_within(session, place_id)
        view = describe_place(session, place_id, today(), language=reader_language())
        held = holders(session, own_place_ids(session), today(), language=reader_language())
        parents = [line for line in held if _may_hold(line, view.line)]
    form = MoveForm(parent_code=view.above[-1].code if view.above else None, from_on=today())
    form.parent_code.choices = parent_choices(parents)

    def save(session: Session) -> None:
        require_within(session, find_place_by_code(session, form.parent_code.data).id)
        move_place(session, place_id, form.parent_code.data, form.from_on.data, signed_in().id, now())

    return _submit(form, "office/places/move.html", view.line, save, _("The place was moved."))


@open_to(Permission.MANAGE_PLACES, "/places/<int:place_id>/retire", "GET", "POST")
def retire(place_id: int) -> ResponseReturnValue:
    return _confirmed(place_id, "retire", retire_place, _("The place is retired."))


@open_to(Permission.MANAGE_PLACES, "/places/<int:place_id>/restore", "POST")
def restore(place_id: int) -> ResponseReturnValue:
    return _confirmed(place_id, "restore", restore_place, _("The place is open again."))


@open_to(Permission.MANAGE_PLACES, "/places/<int:place_id>/remove", "GET", "POST")
def remove(place_id: int) -> ResponseReturnValue:
    return _confirmed(place_id, "remove", remove_place, _("The place was removed."))


def _group_choices() -> list[tuple[str, str]]:
    return [(group or "", group_name(group)) for group in (None, *PlaceGroup)]


def _group_of(form: GroupForm | NewPlaceForm) -> PlaceGroup | None:
    return PlaceGroup(form.group.data) if form.group.data else None


def parent_choices(lines: Collection[PlaceLine]) -> list[tuple[str, str]]:
    """Places as the options of a form: name, kind, and what they lie in."""
    return [(line.code, _with_surroundings(line)) for line in lines]


def _with_surroundings(line: PlaceLine) -> str:
    language = reader_language()
    own = f"{line.name.in_language(language)} ({kind_name(line.kind)})"
    return ", ".join([own, *(name.in_language(language) for name in line.within[:1])])


def _own(place_id: int) -> PlaceLine:
    with reading() as session:
        require_within(session, place_id)
        return find_place(session, place_id)


def _may_hold(parent: PlaceLine, child: PlaceLine) -> bool:
    return parent.id != child.id and parent.kind.may_hold(child.kind)


def _submit(
    form: FlaskForm, template: str, place: PlaceLine, save: Callable[[Session], int | None], done: str
) -> ResponseReturnValue:
    """Show the form, or save it and go to the place; refused, it comes back filled in with what is wrong."""
    status = 200
    if form.validate_on_submit():
        try:
            with transaction() as session:
                saved = save(session)
            flash(done, "good")
            return redirect(url_for("office.places.show_place", place_id=saved or place.id), 303)
        except Problem as problem:
            show_beside_fields(form, problem)
            status = problem.status
    elif form.is_submitted():
        status = 422
    return render_template(template, form=form, place=place), status


def show_beside_fields(form: FlaskForm, problem: Problem) -> None:
    """Each part beside the field it is about, the rest above the form."""
    for part in problem.parts or (problem,):
        show_refusal(form, part, form._fields.get(str(part.details.get("column", ""))))


def _confirmed(place_id: int, name: str, change: Callable[..., None], done: str) -> ResponseReturnValue:
    """Ask on GET, do it on POST; refused, the same page says why."""
    place = _own(place_id)
    form = FlaskForm()
    status = 200
    if form.validate_on_submit():
        try:
            with transaction() as session:
                change(session, place_id, signed_in().id, now())
            flash(done, "good")
            gone = name == "remove"
            return redirect(
                url_for("office.places.show_places")
                if gone
                else url_for("office.places.show_place", place_id=place_id),
                303,
            )
        except Problem as problem:
            show_beside_fields(form, problem)
            status = problem.status
    return render_template("office/places/confirm.html", form=form, place=place, action=name), status

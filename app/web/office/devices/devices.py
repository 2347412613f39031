"""The register of devices: tablets on counters and interviewers' phones. Each is added here, and revoked alone.

Whom the answers are about does not manage the device that holds them: that is for the district and above.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.domain.accounts.role import Permission
from app.domain.codes.placement import SPOT_LENGTH, SPOT_MISSING, SPOT_TOO_LONG
from app.domain.devices.device import DeviceKind, DeviceView, show_device_code
from app.domain.problem import Problem
from app.domain.surveys.survey import SurveyKind
from app.services.devices.changes import NewDevice, add_device, give_code, revoke_device
from app.services.devices.queries import get_device, list_devices
from app.services.devices.refusals import contacts_of_device
from app.services.places.queries import find_place
from app.services.surveys.titles import titles_of
from app.transaction import reading, transaction
from app.web.context import context, now
from app.web.errors import sentence_of
from app.web.languages import reader_language
from app.web.office.devices.words import KIND_WORDS, WORDS, missing_words, waiting_words
from app.web.office.guard import open_to, own_place_ids, require_within, signed_in
from app.web.office.places.choice import choose_place
from app.web.office.refusals import show_refusal
from app.web.office.surveys.choice import survey_choices


class DeviceForm(FlaskForm):  # type: ignore[misc]
    kind = RadioField(
        _l("What is it?"),
        choices=[SelectChoice(kind.value, words) for kind, words in KIND_WORDS.items()],
        default=DeviceKind.KIOSK.value,
    )
    label = StringField(
        _l("What is it called?"),
        [
            InputRequired(_l("Please say what it is called, so that it can be found again.")),
            Length(max=4 * SPOT_LENGTH),
        ],
        description=_l("Write the same on its back. Citizens read it too, for example: tablet 1, help desk."),
    )
    survey = SelectField(_l("Questions"), coerce=int)

    def device(self) -> NewDevice:
        return NewDevice(
            kind=DeviceKind(self.kind.data),
            label=self.label.data,
            survey_id=self.survey.data,
            key_id=context().settings.secrets.newest_key_id,
            actor_id=signed_in().id,
        )


@open_to(Permission.MANAGE_DEVICES, "/devices")
def show_devices() -> ResponseReturnValue:
    with reading() as session:
        wanted = request.args.get("page", 1, type=int)
        found = list_devices(session, own_place_ids(session), language=reader_language(), page=wanted)
        surveys = titles_of(session, {one.survey_id for one in found.rows})
    return render_template("office/devices/register.html", found=found, surveys=surveys, **_words())


@open_to(Permission.MANAGE_DEVICES, "/devices/new")
def find_for_device() -> ResponseReturnValue:
    return choose_place("office/devices/find.html")


@open_to(Permission.MANAGE_DEVICES, "/devices/new/<int:place_id>", "GET", "POST")
def add_one_device(place_id: int) -> ResponseReturnValue:
    form = DeviceForm()
    with reading() as session:
        require_within(session, place_id)
        place = find_place(session, place_id)
        # What can be asked without network: no quiz, since the server marks it.
        form.survey.choices = survey_choices(session, but=SurveyKind.QUIZ)
    if form.validate_on_submit():
        try:
            with transaction() as session:
                device_id = add_device(session, place_id, form.device(), now=now())
        except Problem as problem:
            is_spot = problem.type in (SPOT_MISSING, SPOT_TOO_LONG)
            show_refusal(form, problem, form.label if is_spot else None)
        else:
            flash(_("The device is in the register. Take it into your hand now and set it up."), "good")
            return redirect(url_for("office.devices.show_device", device_id=device_id))
    return render_template("office/devices/add.html", form=form, place=place), 422 if form.is_submitted() else 200


@open_to(Permission.MANAGE_DEVICES, "/devices/<drawn:device_id>")
def show_device(device_id: int) -> ResponseReturnValue:
    with reading() as session:
        device = device_within(session, device_id)
        contacts = contacts_of_device(session, device_id)
        surveys = titles_of(session, {device.survey_id})
    shown = {"device": device, "contacts": contacts, "surveys": surveys}
    return render_template("office/devices/device.html", **shown, **_words())


@open_to(Permission.MANAGE_DEVICES, "/devices/<drawn:device_id>/code", "POST")
def show_set_up_code(device_id: int) -> ResponseReturnValue:
    """A new code each time: it stands in no address, and loading the page again makes another."""
    try:
        with transaction() as session:
            device = device_within(session, device_id)
            given = give_code(session, device_id, actor_id=signed_in().id, now=now())
    except Problem as problem:
        if problem.status != 409:
            raise
        flash(sentence_of(problem), "bad")
        return redirect(url_for("office.devices.show_device", device_id=device_id))
    return render_template(
        "office/devices/code.html",
        device=device,
        code=show_device_code(given.code),
        expires_at=given.expires_at,
        address=f"{context().settings.address}/k",
    )


@open_to(Permission.MANAGE_DEVICES, "/devices/<drawn:device_id>/revoke", "GET", "POST")
def revoke(device_id: int) -> ResponseReturnValue:
    form = FlaskForm()
    with reading() as session:
        device = device_within(session, device_id)
    if not form.validate_on_submit():
        return render_template("office/devices/revoke.html", device=device)
    try:
        with transaction() as session:
            revoke_device(session, device_id, actor_id=signed_in().id, now=now())
    except Problem as problem:
        flash(sentence_of(problem), "bad")
    else:
        flash(_("The device has been revoked. What it sends from now on is set aside."), "good")
    return redirect(url_for("office.devices.show_device", device_id=device_id))


def device_within(session: Session, device_id: int) -> DeviceView:
    """Problem `device.unknown`, or `place.foreign` if it does not stand at a place of this account."""
    device = get_device(session, device_id)
    require_within(session, device.place_id)
    return device


def _words() -> dict[str, object]:
    exact = signed_in().may(Permission.READ_TALLIES)
    return {
        **WORDS,
        "waiting_words": lambda device: waiting_words(device, exact),
        "missing_words": lambda device: missing_words(device, exact),
    }

"""Lists of cases that were closed: all of them, and one with its next step."""

from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from app.domain.accounts.role import Permission
from app.domain.draws.case_list import LIST_STATION
from app.domain.draws.draw import THROWS
from app.domain.quarter import quarter_label
from app.services.draws.draw_queries import ListView, get_list, list_lists
from app.services.draws.foresight import reasons_so_far
from app.services.draws.links import links_of
from app.transaction import reading
from app.web.context import context, now, today
from app.web.office.codes.placements import why_unpublished
from app.web.office.days import DayField
from app.web.office.draws.words import EVIDENCE_WORDS, SEED_WORDS, STATE_KINDS, STATE_WORDS, said_against
from app.web.office.guard import open_to, own_place_ids, require_above_station, require_within, signed_in
from app.web.office.surveys.choice import survey_choices
from app.workflows.links.draws import held_invitations

#: days until which an invitation is good, unless another is chosen
LIVES = timedelta(days=30)


def sure_field() -> BooleanField:
    """To be ticked before what cannot be undone."""
    needed = InputRequired(_l("This cannot be undone: tick the box if that is what you want."))
    return BooleanField(_l("I know that this cannot be undone."), [needed])


class SeedForm(FlaskForm):  # type: ignore[misc]
    seed = TextAreaField(
        _l("Seed"),
        [InputRequired(_l("Please write the seed."))],
        render_kw={"rows": 5, "maxlength": 1000, "autocomplete": "off"},
    )
    sure = sure_field()


class InvitationForm(FlaskForm):  # type: ignore[misc]
    survey = SelectField(_l("Questions"), coerce=int)
    expires_on = DayField(
        _l("Last day"), [InputRequired()], description=_l("What is answered after this day is kept, but not counted.")
    )
    sure = sure_field()


@open_to(Permission.READ_AUDIT, "/draws")
def show_lists() -> ResponseReturnValue:
    with reading() as session:
        require_above_station(session, LIST_STATION)
        found = list_lists(session, own_place_ids(session), keeps_record=keeps_record(), now=now())
    return render_template(
        "office/draws/lists.html",
        found=found,
        quarter_label=quarter_label,
        states=STATE_WORDS,
        state_kinds=STATE_KINDS,
        may_draw=signed_in().may(Permission.MANAGE_DRAWS),
    )


@open_to(Permission.READ_AUDIT, "/draws/<int:list_id>")
def show_list(list_id: int) -> ResponseReturnValue:
    return list_page(list_id)


def list_page(list_id: int, form: SeedForm | InvitationForm | None = None) -> str:
    """A list with what can be done next, or the form in which that was refused."""
    with reading() as session:
        found = list_within(session, list_id)
        used = links_of(session, list_id).decoys_used
        against = reasons_so_far(session, list_id, now())
        unpublished = why_unpublished(session)
        invitations = form if isinstance(form, InvitationForm) else InvitationForm(expires_on=today() + LIVES)
        invitations.survey.choices = survey_choices(session)
    return render_template(
        "office/draws/list.html",
        list=found,
        used=used,
        against=None if against is None else said_against(against),
        quarter_label=quarter_label,
        evidence=EVIDENCE_WORDS,
        seeds=SEED_WORDS,
        states=STATE_WORDS,
        state_kinds=STATE_KINDS,
        throws=THROWS,
        may_draw=signed_in().may(Permission.MANAGE_DRAWS),
        keeps_record=keeps_record(),
        unprintable=unpublished,
        seed_form=form if isinstance(form, SeedForm) else SeedForm(),
        invitation_form=invitations,
        file=_held_links(found),
    )


def _held_links(found: ListView) -> str | None:
    """Under which name the links wait for whoever looks, however often they come back within the hour."""
    if found.batch_id is None or not signed_in().may(Permission.MANAGE_DRAWS):
        return None
    return held_invitations(
        found.batch_id,
        owner=signed_in().id,
        instance=context().settings.instance,
        codes=context().codes,
        now=now(),
    )


def list_within(session: Session, list_id: int) -> ListView:
    """Problem `case_list.unknown`, `place.foreign`, or `case_list.station` for an account of a single station."""
    require_above_station(session, LIST_STATION)
    found = get_list(session, list_id, keeps_record=keeps_record(), now=now())
    require_within(session, found.place_id)
    return found


def keeps_record() -> bool:
    """Whether this installation keeps a public record, in which anybody could check a draw."""
    return bool(context().settings.secrets.record)

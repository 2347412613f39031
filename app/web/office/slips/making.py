"""Making a batch: choose the area, say how many for each station, get its links for an hour."""

from collections.abc import Mapping
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms.validators import InputRequired

from app.documents.slip_sheets import require_printable_names
from app.domain.accounts.role import Permission
from app.domain.codes.channel import Channel
from app.domain.codes.placement import EXPIRY_PAST
from app.domain.free_text import ascii_digits
from app.domain.problem import Problem
from app.domain.slips.slip_batch import (
    BATCH_NOT_ASSURED,
    BATCH_NUMBER,
    BATCH_STATION,
    MOST_SERIALS,
    Assurance,
    SlipBatchOrder,
)
from app.services.codes.placements import stations_below
from app.services.places.queries import PlaceLine, children_of, find_place
from app.services.surveys.titles import titles_of
from app.transaction import reading
from app.web.context import context, now, today
from app.web.languages import reader_language
from app.web.office.codes.issuing import RunForm
from app.web.office.codes.placements import why_unprintable, why_unpublished
from app.web.office.codes.words import CHANNEL_WORDS
from app.web.office.days import DayField
from app.web.office.guard import open_to, require_above_station, require_within, signed_in
from app.web.office.refusals import show_refusal
from app.web.office.slips.assurances import left_out_field
from app.web.office.surveys.choice import survey_choices
from app.workflows.links.slip_batches import make_held_batch

#: of more stations than this not each is asked about; all of them get the same number, or a smaller area is chosen
MOST_STATIONS = 120
LIVES = {Channel.SLIP: timedelta(days=180), Channel.INVITE: timedelta(days=30)}


class BatchForm(RunForm):
    hung_at = None
    expires_on = DayField(
        _l("Last day"), [InputRequired()], description=_l("What is answered after this day is kept, but not counted.")
    )
    left_out = left_out_field()

    def order(self, channel: Channel, place_id: int, counts: Mapping[int, int]) -> SlipBatchOrder:
        return SlipBatchOrder(
            channel=channel,
            place_id=place_id,
            survey_id=self.survey.data,
            counts=counts,
            expires_on=self.expires_on.data,
            key_id=context().settings.secrets.newest_key_id,
            actor_id=signed_in().id,
            assured=frozenset(map(Assurance, self.left_out.data or ())),
        )

    def show(self, problem: Problem) -> None:
        fields = {BATCH_NOT_ASSURED: self.left_out, EXPIRY_PAST: self.expires_on}
        show_refusal(self, problem, fields.get(problem.type))


@open_to(Permission.ISSUE_BATCHES, "/batches/new/<any(slip, invite):kind>")
def choose_own(kind: str) -> ResponseReturnValue:
    return redirect(url_for("office.slips.make", kind=kind, place_id=signed_in().place_id))


@open_to(Permission.ISSUE_BATCHES, "/batches/new/<any(slip, invite):kind>/<int:place_id>", "GET", "POST")
def make(kind: str, place_id: int) -> ResponseReturnValue:
    channel = Channel(kind)
    form = BatchForm(expires_on=today() + LIVES[channel])
    with reading() as session:
        require_above_station(session, BATCH_STATION)
        require_within(session, place_id)
        form.survey.choices = survey_choices(session)
        stations = [find_place(session, id_) for id_ in stations_below(session, place_id, today())]
        parts = [part for part in children_of(session, place_id, today(), language=reader_language()) if part.holds]
        page = _page(session, kind, place_id, stations, parts)
    if form.validate_on_submit():
        try:
            batch_id, token = _make(channel, place_id, form, stations)
        except Problem as problem:
            form.show(problem)
        else:
            flash(_("The batch is ready. Take its links now: after an hour nobody can get them again."), "good")
            return redirect(url_for("office.slips.show_batch", batch_id=batch_id, file=token), 303)
    return render_template("office/slips/batches/make.html", form=form, **page), 422 if form.is_submitted() else 200


def _make(channel: Channel, place_id: int, form: BatchForm, stations: list[PlaceLine]) -> tuple[int, str]:
    """The batch, and the name under which its links are held."""
    counts = read_counts(stations)
    if channel is Channel.SLIP:
        with reading() as session:
            asked = titles_of(session, {form.survey.data})[form.survey.data].on_paper
        require_printable_names([station.name for station in stations if counts[station.id]], asked)
    return make_held_batch(
        form.order(channel, place_id, counts),
        owner=signed_in().id,
        instance=context().settings.instance,
        address=context().settings.address,
        signer=context().tokens,
        codes=context().codes,
        now=now(),
    )


def read_counts(stations: list[PlaceLine]) -> dict[int, int]:
    """How many were typed for each station, or else for all; Problem `slip_batch.number` for what is no number."""
    counts = {}
    for station in stations:
        typed = request.form.get(f"count/{station.id}", "").strip() or request.form.get("count", "").strip()
        digits = ascii_digits(typed) or "0"
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 7):
            raise Problem(BATCH_NUMBER, place=station.name.in_language(reader_language()), value=typed[:40])
        counts[station.id] = int(digits)
    return counts


def _page(
    session: Session, kind: str, place_id: int, stations: list[PlaceLine], parts: list[PlaceLine]
) -> dict[str, object]:
    return {
        "kind": kind,
        "place": find_place(session, place_id),
        "stations": stations,
        "one_by_one": len(stations) <= MOST_STATIONS,
        "parts": parts,
        "most": MOST_SERIALS,
        "unprintable": why_unprintable(session) if kind == Channel.SLIP else why_unpublished(session),
        "channels": CHANNEL_WORDS,
        "typed": request.form,
    }

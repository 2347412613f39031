"""Links for official accounts in social media: one for each account or post, so that they can be told apart."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.documents.links.share_kits import caption
from app.domain.accounts.role import Permission
from app.domain.codes.channel import Channel
from app.domain.codes.placement import SPOT_LENGTH, PlacementState, PlacementView
from app.domain.codes.print_formats import ShareShape
from app.domain.codes.share_kit import ShareKit
from app.domain.installation.quiet_period import QUIET_BLOCKED
from app.domain.problem import Problem
from app.services.codes.placement_queries import PlacementFilter, get_placement, list_placements
from app.services.codes.placements import issue_placement, retire_placement
from app.services.codes.printed_addresses import NOT_A_LINK, handle_link
from app.services.places.queries import children_of, find_place
from app.services.responses.placement_counts import responses_by_placement
from app.services.surveys.round_queries import days_of_results
from app.services.surveys.titles import titles_of
from app.transaction import reading, transaction
from app.web.context import context, now, today
from app.web.errors import sentence_of
from app.web.languages import reader_language
from app.web.office.codes.issuing import RunForm
from app.web.office.codes.placements import why_unpublished
from app.web.office.codes.share_kits import kit_of
from app.web.office.codes.words import WORDS
from app.web.office.guard import open_to, own_place_ids, require_within, signed_in
from app.web.office.surveys.choice import survey_choices

#: what each picture is for
SHAPE_WORDS = {
    ShareShape.WIDE: _l("Wide, for X and Facebook"),
    ShareShape.SQUARE: _l("Square, for Instagram and WhatsApp"),
    ShareShape.TALL: _l("Upright, for stories and status"),
}


class HandleForm(RunForm):
    place = SelectField(_l("About which place?"), coerce=int)
    hung_at = StringField(
        _l("Which account, which post?"),
        [
            InputRequired(_l("Please say which account or post it is for, so that links can be told apart.")),
            Length(max=4 * SPOT_LENGTH),
        ],
        description=_l("Shown to citizens, for example: our page on Facebook, 23 November."),
    )


@open_to(Permission.ISSUE_HANDLES, "/handles")
def show_links() -> ResponseReturnValue:
    with reading() as session:
        which, wanted = PlacementFilter(own_place_ids(session), Channel.HANDLE), request.args.get("page", 1, type=int)
        found = list_placements(session, which, now=now(), language=reader_language(), page=wanted)
        counts = None
        if signed_in().may(Permission.READ_TALLIES):
            counts = responses_by_placement(session, [one.id for one in found.rows])
        surveys, results_days = titles_of(session, {one.survey_id for one in found.rows}), days_of_results(session)
    shown = {"found": found, "counts": counts, "surveys": surveys, "results_days": results_days}
    return render_template("office/codes/links/links.html", **shown, **WORDS)


@open_to(Permission.ISSUE_HANDLES, "/handles/new", "GET", "POST")
def issue_link() -> ResponseReturnValue:
    form, language = HandleForm(), reader_language()
    with reading() as session:
        form.survey.choices = survey_choices(session)
        below = children_of(session, signed_in().place_id, today(), language=language)
        own = [find_place(session, signed_in().place_id), *below]
        form.place.choices = [SelectChoice(str(place.id), place.name.in_language(language)) for place in own]
    if form.validate_on_submit():
        try:
            with transaction() as session:
                made = issue_placement(session, form.place.data, form.request(Channel.HANDLE), now=now())
        except Problem as problem:
            form.show(problem)
        else:
            flash(_("The link is ready."), "good")
            return redirect(url_for("office.codes.show_link", placement_id=made.id))
    return render_template("office/codes/links/issue.html", form=form), 422 if form.is_submitted() else 200


@open_to(Permission.ISSUE_HANDLES, "/handles/<drawn:placement_id>")
def show_link(placement_id: int) -> ResponseReturnValue:
    with reading() as session:
        placement = handle_within(session, placement_id)
        unprintable = why_unpublished(session)
        is_live = placement.state is PlacementState.ACTIVE
        link, kit = _link_and_kit(session, placement_id) if is_live and not unprintable else (None, None)
        surveys = titles_of(session, {placement.survey_id})
    return render_template(
        "office/codes/links/link.html",
        placement=placement,
        surveys=surveys,
        link=link,
        kit=kit,
        captions={} if kit is None else {language: caption(kit, language) for language in ("hi", "en")},
        shapes=SHAPE_WORDS,
        unprintable=unprintable,
        **WORDS,
    )


@open_to(Permission.ISSUE_HANDLES, "/handles/<drawn:placement_id>/end", "GET", "POST")
def end_one_link(placement_id: int) -> ResponseReturnValue:
    """Whoever publishes a link ends it; the register of codes is for those who issue paper."""
    form = FlaskForm()
    with reading() as session:
        placement = handle_within(session, placement_id)
    if not form.validate_on_submit():
        return render_template("office/codes/links/end.html", placement=placement)
    try:
        with transaction() as session:
            retire_placement(session, placement_id, actor_id=signed_in().id, now=now())
    except Problem as problem:
        flash(sentence_of(problem), "bad")
    else:
        flash(_("The link has been ended. Please take it out of the post too."), "good")
    return redirect(url_for("office.codes.show_link", placement_id=placement_id))


def _link_and_kit(session: Session, placement_id: int) -> tuple[str, ShareKit | None]:
    """A quiet period keeps the kit back: the link and its page go on."""
    address, signer = context().settings.address, context().tokens
    link = handle_link(session, placement_id, address=address, signer=signer, now=now())
    try:
        return link, kit_of(session, placement_id)
    except Problem as problem:
        if problem.type is not QUIET_BLOCKED:
            raise
        flash(sentence_of(problem), "warning")
        return link, None


def handle_within(session: Session, placement_id: int) -> PlacementView:
    """Problem `placement.unknown`, `placement.not_a_link`, or `place.foreign`."""
    placement = get_placement(session, placement_id, now=now())
    require_within(session, placement.place_id)
    if placement.channel is not Channel.HANDLE:
        raise Problem(NOT_A_LINK)
    return placement

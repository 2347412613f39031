"""Answers that were set aside because too many are alike: looked at, and decided about by two accounts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired

from app.domain.accounts.role import Permission
from app.domain.codes.channel import Evidence
from app.domain.figures.report import Label
from app.domain.figures.wording import HEADINGS
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.domain.responses.answer_words import in_words
from app.domain.responses.screening.decision import LONGEST_REASON, Copies, CopyDecision, decide_before
from app.domain.sentence import Sentence
from app.domain.weeks import week_of
from app.services.figures.counting.survey_counters import counter_of
from app.services.places.queries import find_place
from app.services.responses.screening.copies import (
    CopyGroup,
    alike_answers,
    confirm,
    copy_groups,
    find_group,
    propose,
    withdraw,
)
from app.transaction import reading, transaction
from app.web.context import now, today
from app.web.figures.reader import FigureReader
from app.web.languages import reader_language
from app.web.office.guard import open_to, own_place_ids, require_within, signed_in
from app.web.office.refusals import do_and_say, show_refusal

ADDRESS = "/copies/<int:place_id>/<int:version_id>/<evidence>/<week>"
DECISION_WORDS = {
    CopyDecision.COUNT: _l("Count them after all: people gave these answers"),
    CopyDecision.KEEP: _l("Keep them set aside"),
}
#: of a group, as many different answers are shown
MOST_SHOWN = 50


class CopiesForm(FlaskForm):  # type: ignore[misc]
    decision = RadioField(
        _l("What should become of them?"),
        [InputRequired(_l("Please choose one of the two."))],
        choices=[SelectChoice(one.value, words) for one, words in DECISION_WORDS.items()],
    )
    reason = TextAreaField(
        _l("Why?"),
        [InputRequired(_l("Please give a reason."))],
        description=_l("Whoever confirms reads it. Name no person."),
        render_kw={"maxlength": LONGEST_REASON, "rows": 3},
    )


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group with its names. `last_day` is the last on which it can be decided."""

    group: CopyGroup
    place: BilingualName
    survey: Label
    evidence: Sentence
    last_day: date

    @property
    def is_mine(self) -> bool:
        return self.group.proposal is not None and self.group.proposal.proposed_by == signed_in().id

    @property
    def arguments(self) -> dict[str, object]:
        """What its addresses hold."""
        copies = self.group.copies
        return {
            "place_id": copies.place_id,
            "version_id": copies.survey_version_id,
            "evidence": copies.evidence,
            "week": copies.found_week.isoformat(),
        }


@open_to(Permission.JUDGE_COPIES, "/copies")
def show_copies() -> ResponseReturnValue:
    with reading() as session:
        groups = [_shown(session, one) for one in copy_groups(session, own_place_ids(session), week_of(today()))]
    return render_template("office/responses/copies.html", groups=groups, reader=FigureReader())


@open_to(Permission.JUDGE_COPIES, ADDRESS, "GET", "POST")
def show_copy_group(place_id: int, version_id: int, evidence: str, week: str) -> ResponseReturnValue:
    """What is alike, and the form in which somebody proposes what becomes of it."""
    copies = _read(place_id, version_id, evidence, week)
    form = CopiesForm()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                propose(session, copies, CopyDecision(form.decision.data), form.reason.data, signed_in().id, now())
        except Problem as problem:
            show_refusal(form, problem, form.reason)
        else:
            flash(_("Proposed. It holds as soon as another account of headquarters has confirmed it."), "good")
            return redirect(url_for("office.responses.show_copies"), 303)
    with reading() as session:
        shown = _shown(session, find_group(session, copies, week_of(today())))
        alike = alike_answers(session, copies, week_of(today()))
        definition = counter_of(session, version_id).definition
    page = render_template(
        "office/responses/copy_group.html",
        form=form,
        shown=shown,
        words=DECISION_WORDS,
        alike=[
            (one.responses, in_words([definition], one.answers, {}, reader_language())) for one in alike[:MOST_SHOWN]
        ],
        further=len(alike) - MOST_SHOWN,
        reader=FigureReader(),
    )
    return page, 422 if form.is_submitted() else 200


@open_to(Permission.JUDGE_COPIES, f"{ADDRESS}/confirm", "POST")
def confirm_copies(place_id: int, version_id: int, evidence: str, week: str) -> ResponseReturnValue:
    return _act(confirm, _read(place_id, version_id, evidence, week), _("Decided. Counts follow within a minute."))


@open_to(Permission.JUDGE_COPIES, f"{ADDRESS}/withdraw", "POST")
def withdraw_copies(place_id: int, version_id: int, evidence: str, week: str) -> ResponseReturnValue:
    return _act(withdraw, _read(place_id, version_id, evidence, week), _("The proposal is taken back."))


def _act(action: Callable[..., None], copies: Copies, done: str) -> ResponseReturnValue:
    back = url_for("office.responses.show_copies")
    return do_and_say(lambda session: action(session, copies, signed_in().id, now()), done, back)


def _read(place_id: int, version_id: int, evidence: str, week: str) -> Copies:
    """What the address names: of a place of one's own. An address that names nothing leads to no page."""
    with reading() as session:
        require_within(session, place_id)
    try:
        return Copies(place_id, version_id, Evidence(evidence).value, date.fromisoformat(week))
    except ValueError:
        abort(404)


def _shown(session: Session, group: CopyGroup) -> ShownGroup:
    copies = group.copies
    definition = counter_of(session, copies.survey_version_id).definition
    return ShownGroup(
        group,
        find_place(session, copies.place_id).name,
        Label(texts=definition.title),
        HEADINGS[Evidence(copies.evidence)],
        decide_before(copies.found_week) - timedelta(days=1),
    )

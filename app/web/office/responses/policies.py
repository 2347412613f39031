"""The policies by which alike answers are set aside: read, tried on the last quarter, and chosen by two accounts."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from app.domain.accounts.role import Permission
from app.domain.problem import Problem
from app.domain.responses.screening.dated_policies import BUILT_IN, DatedPolicy
from app.domain.responses.screening.policy import Policy
from app.domain.responses.screening.policy_choice import BOUNDS, LONGEST_REASON, mondays, read_values
from app.domain.weeks import week_of
from app.services.responses.policies.choosing import (
    confirm_policy,
    confirmed,
    find_proposal,
    open_proposal,
    propose_policy,
    withdraw_policy,
)
from app.services.responses.policies.dated import read_policies
from app.services.responses.screening.preview import PolicyPreview, preview_policy
from app.transaction import reading, transaction
from app.web.context import now, today
from app.web.figures.reader import FigureReader
from app.web.office.guard import is_whole, open_to, own_place_ids, require_whole, signed_in
from app.web.office.refusals import do_and_say, show_refusal

ADDRESS = "/screening/<int:proposal_id>"
#: as many characters of a value as anybody needs to type one
_LONGEST_VALUE = 20


class ValuesForm(FlaskForm):  # type: ignore[misc]
    """What is tried; sent by its address, so that it can be shown to others."""

    fewest_alike = StringField(_l("How many alike answers at least"), [InputRequired()])
    fewest_written_alike = StringField(
        _l("How many texts written alike at least"),
        [InputRequired()],
        description=_l(
            "Long texts are not compared yet. Once they are, this holds: two people do not write the same sentence."
        ),
    )
    least_tail = StringField(
        _l("How rare: a 1 with how many zeros"),
        [InputRequired()],
        description=_l(
            "6 means that people who do not know each other give so many less than once in 1,000,000 times."
            " With each further zero fewer answers are set aside."
        ),
    )


class ProposalForm(FlaskForm):  # type: ignore[misc]
    since = SelectField(_l("From which Monday on?"), [InputRequired()], validate_choice=False)
    reason = TextAreaField(
        _l("Why?"),
        [InputRequired(_l("Please give a reason."))],
        description=_l("Whoever confirms reads it. Name no person."),
        render_kw={"maxlength": LONGEST_REASON, "rows": 3},
    )


@open_to(Permission.READ_AUDIT, "/screening")
def show_policies() -> ResponseReturnValue:
    with reading() as session:
        policies, waiting, chosen = read_policies(session), open_proposal(session), confirmed(session)
        may_choose = _may_choose(session)
    in_force = policies.of(week_of(today()))
    return render_template(
        "office/responses/policies.html",
        in_force=in_force,
        coming=[one for one in policies.all if one.since > in_force.since],
        built_in=BUILT_IN,
        waiting=waiting,
        chosen=chosen,
        may_choose=may_choose,
        reader=FigureReader(),
    )


@open_to(Permission.JUDGE_COPIES, "/screening/try", "GET", "POST")
def try_policy() -> ResponseReturnValue:
    """What other values would have done, and then the form in which somebody proposes them."""
    with reading() as session:
        require_whole(session)
        policies = read_policies(session)
    values, values_form = _tried(policies.newest)
    form = ProposalForm()
    form.since.choices = [(day.isoformat(), FigureReader().day(day)) for day in mondays(policies, today())]
    if values is not None and form.validate_on_submit():
        proposed = _propose(values, form)
        if proposed is not None:
            flash(_("Proposed. It holds as soon as another account of headquarters has confirmed it."), "good")
            return redirect(url_for("office.responses.show_proposal", proposal_id=proposed), 303)
    with reading() as session:
        waiting = open_proposal(session)
        preview = _preview(session, values) if values and request.args else None
    page = render_template(
        "office/responses/policy_try.html",
        values_form=values_form,
        values=values,
        form=form,
        before=policies.newest,
        preview=preview,
        waiting=waiting,
        reader=FigureReader(),
    )
    return page, 422 if form.is_submitted() or values is None else 200


@open_to(Permission.READ_AUDIT, ADDRESS)
def show_proposal(proposal_id: int) -> ResponseReturnValue:
    """What was proposed and what it would have done, for who confirms."""
    with reading() as session:
        proposal = find_proposal(session, proposal_id)
        preview = _preview(session, proposal.values)
        before, may_choose = read_policies(session).newest, _may_choose(session)
    return render_template(
        "office/responses/policy_proposal.html",
        proposal=proposal,
        before=before,
        preview=preview,
        may_choose=may_choose,
        is_mine=proposal.proposer_id == signed_in().id,
        reader=FigureReader(),
    )


@open_to(Permission.JUDGE_COPIES, f"{ADDRESS}/confirm", "POST")
def confirm_proposal(proposal_id: int) -> ResponseReturnValue:
    return _act(confirm_policy, proposal_id, _("Confirmed. It holds from that Monday on."))


@open_to(Permission.JUDGE_COPIES, f"{ADDRESS}/withdraw", "POST")
def withdraw_proposal(proposal_id: int) -> ResponseReturnValue:
    return _act(withdraw_policy, proposal_id, _("The proposal is taken back."))


def _act(action: Callable[..., object], proposal_id: int, done: str) -> ResponseReturnValue:
    def act(session: Session) -> None:
        require_whole(session)
        action(session, proposal_id, signed_in().id, now())

    return do_and_say(act, done, url_for("office.responses.show_policies"))


def _tried(newest: DatedPolicy) -> tuple[Policy | None, ValuesForm]:
    """The values of the address, or those that hold; None if they cannot be chosen. With them, the form to show."""
    texts = {name: request.args.get(name, str(getattr(newest.values, name)))[:_LONGEST_VALUE] for name in BOUNDS}
    form = ValuesForm(formdata=None, data=texts, meta={"csrf": False})
    try:
        return read_values(texts), form
    except Problem as problem:
        for part in problem.parts:
            show_refusal(form, part, form[part.details["field"]])
        return None, form


def _propose(values: Policy, form: ProposalForm) -> int | None:
    """The id of the proposal; None with the reason in the form if it was refused."""
    try:
        with transaction() as session:
            return propose_policy(session, values, form.since.data, form.reason.data, signed_in().id, now())
    except Problem as problem:
        for part in problem.parts or (problem,):
            field = part.details.get("field")
            show_refusal(form, part, form[field] if isinstance(field, str) else None)
        return None


def _preview(session: Session, values: Policy) -> PolicyPreview:
    return preview_policy(session, read_policies(session).newest.values, values, own_place_ids(session), now())


def _may_choose(session: Session) -> bool:
    return signed_in().may(Permission.JUDGE_COPIES) and is_whole(session)

"""What is decided about a post: sent, published, given back, withdrawn, hidden, removed by two."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.dialogue.post import RemovalCause
from app.domain.problem import Problem
from app.services.dialogue.posts.events import ask_removal, decline_removal, hide_post, remove_post, withdraw_post
from app.services.dialogue.posts.publishing import publish_post, send_back
from app.services.dialogue.posts.writing import drop_draft, send_post, take_back
from app.transaction import transaction
from app.web.context import now
from app.web.errors import sentence_of
from app.web.languages import LANGUAGES
from app.web.office.dialogue.post_forms import RemovalForm, TickedForm, WhyForm, reason_form, show_parts
from app.web.office.dialogue.post_writing import ground
from app.web.office.dialogue.posts import Forms, post_page, require_own_post
from app.web.office.guard import open_to, signed_in

ADDRESS = "/posts/<int:post_id>"
Step = Callable[[Session], object]


@open_to(Permission.WRITE_POSTS, f"{ADDRESS}/send", "POST")
def send_for_approval(post_id: int) -> ResponseReturnValue:
    def step(session: Session) -> None:
        send_post(session, post_id, ground(), signed_in().id, now())

    return _do(post_id, step, _("It waits now for somebody else who publishes it."))


@open_to(Permission.WRITE_POSTS, f"{ADDRESS}/take-back", "POST")
def take_post_back(post_id: int) -> ResponseReturnValue:
    return _do(post_id, lambda session: take_back(session, post_id, signed_in().id, now()), _("It is a draft again."))


@open_to(Permission.WRITE_POSTS, f"{ADDRESS}/drop", "POST")
def drop_post(post_id: int) -> ResponseReturnValue:
    is_gone = []

    def step(session: Session) -> None:
        is_gone.append(drop_draft(session, post_id, signed_in().id, now()))

    done = _do(post_id, step, _("The draft is deleted."))
    return redirect(url_for("office.dialogue.show_posts"), 303) if any(is_gone) else done


@open_to(Permission.APPROVE_POSTS, f"{ADDRESS}/publish", "POST")
def publish(post_id: int) -> ResponseReturnValue:
    """With the revision that was read: what was changed since is read again first."""
    form = TickedForm()
    revision = request.form.get("revision", -1, type=int)

    def step(session: Session) -> None:
        publish_post(session, post_id, revision, form.ticked.data or (), ground(), signed_in().id, now())

    return _do(post_id, step, _("Published. Everybody can read it now."), Forms(ticked=form), form.ticked.name)


@open_to(Permission.APPROVE_POSTS, f"{ADDRESS}/send-back", "POST")
def send_post_back(post_id: int) -> ResponseReturnValue:
    form = WhyForm(prefix="back-")

    def step(session: Session) -> None:
        send_back(session, post_id, form.why.data or "", signed_in().id, now())

    return _do(post_id, step, _("It is a draft of its author again."))


@open_to(Permission.APPROVE_POSTS, f"{ADDRESS}/withdraw", "POST")
def withdraw(post_id: int) -> ResponseReturnValue:
    form = reason_form()

    def step(session: Session) -> None:
        withdraw_post(session, post_id, form.reason(), LANGUAGES, signed_in().id, now())

    done = _(
        "Withdrawn. The text stays, with the reason above it. A link that was shared shows its old words for a week."
    )
    return _do(post_id, step, done, Forms(reason=form))


@open_to(Permission.HIDE, f"{ADDRESS}/hide", "POST")
def hide(post_id: int) -> ResponseReturnValue:
    form = WhyForm(prefix="hide-")

    def step(session: Session) -> None:
        until_at = hide_post(session, post_id, form.why.data or "", signed_in().id, now())
        flash(_("Hidden until %(moment)s.", moment=format_datetime(until_at, "d MMMM, HH:mm")), "good")

    return _do(post_id, step, None)


@open_to(Permission.REMOVE, f"{ADDRESS}/ask-removal", "POST")
def ask_for_removal(post_id: int) -> ResponseReturnValue:
    form = RemovalForm(prefix="remove-")

    def step(session: Session) -> None:
        cause = RemovalCause(form.cause.data)
        ask_removal(session, post_id, cause, form.why.data or "", signed_in().id, now())

    if form.cause.data not in set(RemovalCause):
        form.validate()
        return post_page(post_id, Forms(removal=form)), 422
    return _do(
        post_id,
        step,
        _("Another state administrator has to confirm it. Until then it can be read, unless it is hidden."),
    )


@open_to(Permission.REMOVE, f"{ADDRESS}/decline-removal", "POST")
def decline_to_remove(post_id: int) -> ResponseReturnValue:
    return _do(post_id, lambda session: decline_removal(session, post_id, signed_in().id, now()), _("It stays."))


@open_to(Permission.REMOVE, f"{ADDRESS}/remove", "POST")
def remove(post_id: int) -> ResponseReturnValue:
    done = _("Removed, with its picture and all versions. Whoever made a picture of it still has that.")
    return _do(post_id, lambda session: remove_post(session, post_id, signed_in().id, now()), done)


def _do(
    post_id: int, step: Step, done: str | None, forms: Forms | None = None, field: str | None = None
) -> ResponseReturnValue:
    """One step in one transaction, and back to the post. A refused form comes back; other refusals stand above it."""
    try:
        with transaction() as session:
            require_own_post(session, post_id)
            step(session)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        form = forms and (forms.ticked or forms.reason)
        if form is None or problem.status != 422:
            flash(sentence_of(problem), "bad")
            return redirect(url_for("office.dialogue.show_post", post_id=post_id), 303)
        problem.details.setdefault("field", field)
        show_parts(form, problem)
        return post_page(post_id, forms or Forms()), problem.status
    if done:
        flash(done, "good")
    return redirect(url_for("office.dialogue.show_post", post_id=post_id), 303)

"""Writing a post: a first draft, the same draft again, and the correction of what is published."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.accounts.role import Permission
from app.domain.dialogue.post import KIND_FOREIGN, PostKind, kinds_of, last_review_day
from app.domain.dialogue.post_state import PostState
from app.domain.problem import Problem
from app.formats.pictures.post_pictures import KeptPicture, read_post_picture
from app.services.dialogue.posts.holding import Ground
from app.services.dialogue.posts.queries import PostView, find_post
from app.services.dialogue.posts.writing import SAME_PICTURE, change_draft, write_post
from app.transaction import reading, transaction
from app.web.context import context, now, today
from app.web.languages import LANGUAGES
from app.web.office.dialogue.post_forms import PostForm, language_name, post_form, show_parts
from app.web.office.dialogue.posts import require_own_post
from app.web.office.guard import open_to, signed_in, takes_up_to
from app.web.office.refusals import show_refusal

#: of a form with a picture: where that is a little too large, all that was typed comes back
MOST_BYTES = 8 * 1024 * 1024


@open_to(Permission.WRITE_POSTS, "/posts/new", "GET", "POST")
@takes_up_to(MOST_BYTES)
def new_post() -> ResponseReturnValue:
    form = post_form(kinds_of(signed_in().role), None, is_correction=False)
    if form.validate_on_submit():
        post_id = _save(form, None)
        if post_id is not None:
            flash(_("Kept as a draft. Look at it in every language, then send it for approval."), "good")
            return redirect(url_for("office.dialogue.show_post", post_id=post_id), 303)
    return _page(form, None)


@open_to(Permission.WRITE_POSTS, "/posts/<int:post_id>/edit", "GET", "POST")
@takes_up_to(MOST_BYTES)
def edit_post(post_id: int) -> ResponseReturnValue:
    with reading() as session:
        require_own_post(session, post_id)
        post = find_post(session, post_id, now())
    is_correction = post.state is PostState.PUBLISHED
    form = post_form((), post.newest.text, is_correction=is_correction)
    if form.validate_on_submit() and _save(form, post) is not None:
        flash(_("Kept as a draft. Look at it in every language, then send it for approval."), "good")
        return redirect(url_for("office.dialogue.show_post", post_id=post_id), 303)
    return _page(form, post)


def ground() -> Ground:
    """What a version must satisfy here."""
    return Ground(LANGUAGES, context().settings.address)


def _save(form: PostForm, post: PostView | None) -> int | None:
    """The id of the post; None with the reason in the form if it was refused."""
    try:
        picture = _picture(form)
    except Problem as problem:
        show_refusal(form, problem, form.picture)
        return None
    actor = signed_in().id
    try:
        with transaction() as session:
            if post is not None:
                change_draft(session, post.id, form.text(), picture, ground(), actor, now())
                return post.id
            kept = None if isinstance(picture, str) else picture
            return write_post(session, _kind(form), form.text(), kept, ground(), actor, now())
    except Problem as problem:
        show_parts(form, problem)
    return None


def _kind(form: PostForm) -> PostKind:
    """Problem `post.kind_foreign` for what is no kind at all, too."""
    try:
        return PostKind(form.kind.data)
    except ValueError:
        raise Problem(KIND_FOREIGN, field="kind") from None


def _picture(form: PostForm) -> KeptPicture | str | None:
    """What was chosen now, else what there is, unless it is to go."""
    content = None
    if form.picture.data:
        with form.picture.data.stream as stream:
            content = stream.read(MOST_BYTES)
    if form.without_picture.data:
        return None
    return SAME_PICTURE if content is None else read_post_picture(content)


def _page(form: PostForm, post: PostView | None) -> ResponseReturnValue:
    page = render_template(
        "office/dialogue/posts/write.html",
        form=form,
        post=post,
        language_name=language_name,
        last_day=last_review_day(today()),
    )
    return page, 422 if form.is_submitted() else 200

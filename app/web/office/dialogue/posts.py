"""Posts in the office: the register, and one as it will be read, beside what can be done about it now."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.dialogue.post import PostKind, PostText
from app.domain.dialogue.post_state import EventKind, PostState, VersionState
from app.domain.shortening import shortened
from app.formats.marked_text import plain, render
from app.services.dialogue.posts.pages import ShownText
from app.services.dialogue.posts.pictures import draft_picture
from app.services.dialogue.posts.queries import find_post, list_rows, place_of_post
from app.transaction import reading
from app.web.context import context, now, today
from app.web.dialogue.words import CAUSES, KINDS, as_markup
from app.web.figures.reader import FigureReader
from app.web.languages import LANGUAGES
from app.web.office.dialogue.post_forms import (
    ReasonForm,
    RemovalForm,
    TickedForm,
    WhyForm,
    language_name,
    reason_form,
)
from app.web.office.guard import open_to, own_place_ids, require_within, signed_in

#: characters below a title, as messengers show them
ABOUT_MOST = 160
#: so long before its day a tip is marked as one to look at again
_SOON = timedelta(days=30)
STATES = {
    PostState.DRAFT: (_l("Draft"), "info"),
    PostState.PUBLISHED: (_l("Published"), "good"),
    PostState.WITHDRAWN: (_l("Withdrawn"), "warning"),
    PostState.REMOVED: (_l("Removed"), "bad"),
}
OPEN_STATES = {
    VersionState.DRAFT: (_l("Draft"), "info"),
    VersionState.WAITING: (_l("Waits for approval"), "warning"),
}
EVENTS = {
    EventKind.WITHDRAWN: _l("Withdrawn"),
    EventKind.HIDDEN: _l("Hidden"),
    EventKind.REMOVAL_ASKED: _l("Removal asked for"),
    EventKind.REMOVAL_DECLINED: _l("Removal declined"),
    EventKind.REMOVED: _l("Removed"),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """A version in one language, as its page and a messenger will show it."""

    language: str
    name: str
    kind: str
    #: the heading above its sources
    sources: str
    text: ShownText
    about: str


@dataclass(slots=True)
class Forms:
    """Of a post's page: the one that was refused comes back filled in, the others are empty."""

    ticked: TickedForm | None = None
    reason: ReasonForm | None = None
    hiding: WhyForm | None = None
    removal: RemovalForm | None = None
    returned: WhyForm | None = None


@open_to(Permission.WRITE_POSTS, "/posts")
def show_posts() -> ResponseReturnValue:
    with reading() as session:
        listing = list_rows(session, own_place_ids(session), request.args.get("page", 1, type=int))
    return render_template(
        "office/dialogue/posts/list.html",
        listing=listing,
        kinds=KINDS,
        states=STATES,
        open_states=OPEN_STATES,
        soon=today() + _SOON,
        today=today(),
        reader=FigureReader(),
    )


@open_to(Permission.WRITE_POSTS, "/posts/<int:post_id>")
def show_post(post_id: int) -> ResponseReturnValue:
    return post_page(post_id, Forms())


@open_to(Permission.WRITE_POSTS, "/posts/<int:post_id>/<int:number>.jpg")
def show_picture(post_id: int, number: int) -> ResponseReturnValue:
    """The picture of a version, which may not be public yet."""
    with reading() as session:
        require_own_post(session, post_id)
        return Response(draft_picture(session, post_id, number), mimetype="image/jpeg")


def require_own_post(session: Session, post_id: int) -> None:
    """Problems `post.unknown`, `place.foreign`."""
    require_within(session, place_of_post(session, post_id))


def post_page(post_id: int, forms: Forms) -> str:
    with reading() as session:
        require_own_post(session, post_id)
        post = find_post(session, post_id, now())
    me = signed_in()
    return render_template(
        "office/dialogue/posts/post.html",
        post=post,
        previews=previews_of(post.kind, post.newest.text),
        before=previews_of(post.kind, post.shown.text) if post.open and post.shown else [],
        language_name=language_name,
        kind=KINDS[post.kind],
        state=STATES[post.state],
        open_state=OPEN_STATES[post.open.state] if post.open else None,
        events=EVENTS,
        causes=CAUSES,
        me=me,
        may_approve=me.may(Permission.APPROVE_POSTS),
        may_hide=me.may(Permission.HIDE),
        may_remove=me.may(Permission.REMOVE),
        ticked=forms.ticked or TickedForm(formdata=None),
        reason=forms.reason or reason_form(),
        hiding=forms.hiding or WhyForm(formdata=None, prefix="hide-"),
        removal=forms.removal or RemovalForm(formdata=None, prefix="remove-"),
        returned=forms.returned or WhyForm(formdata=None, prefix="back-"),
        host=context().settings.host,
        reader=FigureReader(),
    )


def previews_of(kind: PostKind, text: PostText) -> list[Preview]:
    """In every language in which there is something to read."""
    return [_preview(kind, text, language) for language in LANGUAGES if language in text.title]


def _preview(kind: PostKind, text: PostText, language: str) -> Preview:
    def made(words: str) -> str:
        return render(words, context().settings.address)

    body = made(text.body.get(language, ""))
    shown = ShownText(
        text.title[language],
        body,
        made(text.sources.get(language, "")),
        text.alt.get(language, ""),
        text.change_note.get(language, ""),
    )
    with force_locale(language):
        words = str(KINDS[kind]), gettext("Sources")
    return Preview(language, language_name(language), *words, as_markup(shown), shortened(plain(body), ABOUT_MOST))

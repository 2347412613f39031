"""Posts for everybody: the list, one with all its versions, and what became of it."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from flask import Response, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.dialogue.post_state import PostState
from app.formats.marked_text import plain
from app.services.dialogue.posts.pages import PostLine, PostPage, ShownText, list_posts, newest_tips, read_post
from app.transaction import reading
from app.web.context import context, now, today
from app.web.department import current_department
from app.web.dialogue.words import CAUSES, KINDS, as_markup
from app.web.figures.reader import FigureReader
from app.web.languages import DEFAULT, reader_language
from app.web.public.rendered import rendered_pages
from app.web.views import at

_GONE = 410
#: of what is not to be read now, and not to be found
_UNKEPT = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@at("/p")
@at("/P")
def show_posts() -> ResponseReturnValue:
    page = request.args.get("page", 1, type=int)
    with reading() as session:
        listing, department = list_posts(session, page, now()), current_department(session)
    language = reader_language()

    def render() -> str:
        return render_template(
            "public/dialogue/posts/list.html",
            listing=listing,
            groups=[(KINDS[kind], list(lines)) for kind, lines in groupby(listing.rows, lambda line: line.kind)],
            own=context().settings.address + url_for("public.dialogue.show_posts"),
            reader=FigureReader(),
        )

    return rendered_pages().get(("posts", language, listing, department), render).response()


@at("/p/<int:number>")
@at("/P/<int:number>")
def show_post(number: int) -> ResponseReturnValue:
    return _show(number, None)


@at("/p/<int:number>/v<int:version>")
@at("/P/<int:number>/V<int:version>")
def show_version(number: int, version: int) -> ResponseReturnValue:
    """As it was then, with a way to the newest: nothing that was published changes."""
    return _show(number, version)


def title_of(line: PostLine) -> tuple[str, str]:
    """In the reader's language or the first there is, with its language."""
    return pick(dict(line.titles))


def pick(texts: Mapping[str, str]) -> tuple[str, str]:
    language = _language_of(texts)
    return language, texts[language]


def pinned_tips() -> tuple[PostLine, ...]:
    """What other pages lead to; looked up once a request."""
    if "pinned_tips" not in g:
        with reading() as session:
            g.pinned_tips = newest_tips(session, now())
    found: tuple[PostLine, ...] = g.pinned_tips
    return found


def _language_of(texts: Mapping[str, object]) -> str:
    wanted = (reader_language(), DEFAULT, *texts)
    return next(language for language in wanted if language in texts)


def _show(number: int, version: int | None) -> Response:
    with reading() as session:
        post, department = read_post(session, number, version, now()), current_department(session)

    def render() -> str:
        return _page(post, is_newest=version is None, day=today())

    if post.state is PostState.REMOVED:
        return Response(render(), _GONE, _UNKEPT)
    key = "post", reader_language(), post, version is None, post.is_overdue(today()), department
    response = rendered_pages().get(key, render).response()
    if post.hidden_until is not None:
        response.headers.update(_UNKEPT)
    return response


def _page(post: PostPage, *, is_newest: bool, day: date) -> str:
    texts = dict(post.texts)
    language = _language_of(texts) if texts else reader_language()
    text: ShownText | None = texts.get(language)
    address, picture = context().settings.address, None
    if post.picture is not None:
        picture = url_for("public.dialogue.show_post_picture", digest=post.picture.digest)
    return render_template(
        _template(post),
        post=post,
        text=text and as_markup(text),
        text_language=language,
        about=plain(text.body_html) if text else "",
        kind=KINDS[post.kind],
        cause=CAUSES[post.cause] if post.cause else None,
        reason=pick(dict(post.reason)) if post.reason else None,
        is_overdue=post.is_overdue(day),
        picture_path=picture,
        own=address + _path(post, is_newest=is_newest),
        reader=FigureReader(),
    )


def _template(post: PostPage) -> str:
    if post.state is PostState.REMOVED:
        return "public/dialogue/posts/removed.html"
    return "public/dialogue/posts/hidden.html" if post.hidden_until else "public/dialogue/posts/post.html"


def _path(post: PostPage, *, is_newest: bool) -> str:
    """The one address by which a version is known: the newest has that of the post."""
    if is_newest or post.version == post.newest:
        return url_for("public.dialogue.show_post", number=post.number)
    return url_for("public.dialogue.show_version", number=post.number, version=post.version)

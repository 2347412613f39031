"""What goes with posts: their pictures, the documents that their fingerprints are made of, and the feed."""

from datetime import UTC, datetime

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.dialogue.post import POST_UNKNOWN
from app.domain.dialogue.post_state import REMOVED, PostState
from app.domain.problem import Problem
from app.formats.feeds import MEDIA_TYPE, Feed, FeedEntry, write_feed
from app.services.dialogue.posts.pages import PostNews, document_bytes, news, read_post
from app.services.dialogue.posts.pictures import public_picture
from app.transaction import reading
from app.web.context import context, now
from app.web.department import current_department
from app.web.languages import DEFAULT, reader_language
from app.web.public.dialogue.posts import pick
from app.web.views import at

#: nobody publishes more between two looks
_MOST = 30
#: of a feed in which nothing stands yet
_SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@at("/p/picture/<digest>.jpg")
@at("/P/picture/<digest>.jpg")
def show_post_picture(digest: str) -> ResponseReturnValue:
    """As long as a page shows it. Asked for again each time, since it may have had to go."""
    with reading() as session:
        content = public_picture(session, digest, now())
    response = Response(content, mimetype="image/jpeg")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(digest)
    response.make_conditional(request)
    return response


@at("/p/<int:number>/v<int:version>.json")
@at("/P/<int:number>/V<int:version>.json")
def show_post_document(number: int, version: int) -> ResponseReturnValue:
    """SHA-256 of what is sent is the fingerprint that the page names and the record holds. Problem `post.removed`."""
    with reading() as session:
        post = read_post(session, number, version, now())
        if not post.texts:
            raise Problem(REMOVED if post.state is PostState.REMOVED else POST_UNKNOWN)
        content = document_bytes(session, number, version)
    return _open(Response(content, content_type="application/json; charset=utf-8"))


@at("/p/feed.atom")
@at("/P/feed.atom")
def show_post_feed() -> ResponseReturnValue:
    with reading() as session:
        found, department = news(session, _MOST, now()), current_department(session)
    address, language = context().settings.address, reader_language()
    page = address + url_for("public.dialogue.show_posts", lang=_said(language))
    feed = Feed(
        id=address + url_for("public.dialogue.show_post_feed"),
        own=address + url_for("public.dialogue.show_post_feed", lang=_said(language)),
        page=page,
        title=f"{gettext('Good to know')} · {department.name.in_language(language)}",
        author=department.name.in_language(language),
        language=language,
        since=_SINCE,
        entries=[_entry(one, address) for one in found],
    )
    response = _open(Response(write_feed(feed), content_type=f"{MEDIA_TYPE}; charset=utf-8"))
    # Readers of feeds ask every hour, and there is rarely anything new.
    response.add_etag()
    response.make_conditional(request)
    return response


def _entry(one: PostNews, address: str) -> FeedEntry:
    """Links in it lead somewhere wherever it is read."""
    own = address + url_for("public.dialogue.show_post", number=one.number)
    if not one.titles:
        return FeedEntry(own, own, gettext("Removed"), one.published_at, one.updated_at)
    html = pick(one.bodies_html)[1].replace('href="/', f'href="{address}/')
    return FeedEntry(own, own, pick(one.titles)[1], one.published_at, one.updated_at, html=html)


def _said(language: str) -> str | None:
    return None if language == DEFAULT else language


def _open(response: Response) -> Response:
    """For programs of anybody; asked for again each time, since something else may hold by then."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-cache"
    return response

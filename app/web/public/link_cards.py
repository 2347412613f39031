"""What a page shows of itself wherever its address is passed on: a title, two sentences and a picture of both.

The address of a picture has a digest of all that is drawn, since messengers keep one for a week: what is corrected has
another one. It is drawn from what the page says when it is fetched, so that nothing is kept for it, and a page that was
taken down has none.
"""

import hashlib
import re
from dataclasses import dataclass
from html import unescape

from flask import Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue

from app.documents.links.page_cards import draw_page_card
from app.domain.codes.print_formats import PaperLanguage
from app.domain.shortening import shortened
from app.formats.canonical_json import write_json
from app.services.installation.department_queries import emblem_of
from app.transaction import reading
from app.web.context import context
from app.web.department import current_department
from app.web.languages import LANGUAGES, reader_language
from app.web.static import FOR_EVER
from app.web.views import at

TITLE_MOST, ABOUT_LEAST, ABOUT_MOST = 60, 50, 160
#: raised when the drawing changes, so that every picture gets another address
DRAWING = 1
FOR_AN_HOUR = "public, max-age=3600"
#: pages that may have a card: none is asked for with anything but its own letters, nor a card by a card
_PATH = re.compile(r"(?!about/card)[A-Za-z0-9/_.-]*")
_TAG = re.compile(r'<meta property="og:(title|description|url|image)" content="([^"]*)">')


@dataclass(frozen=True, slots=True)
class PageCard:
    title: str
    about: str
    #: of the page and of the picture, in full: messengers follow nothing else. That of the page names no language
    address: str
    picture: str


def page_card(title: str, about: str, own: str | None = None) -> PageCard:
    """Of the page that is being made, in the reader's language. `own` is the one address by which it is known."""
    site = context().settings.address
    address = own or site + url_for(request.endpoint or "", **(request.view_args or {}))
    title, about = shortened(title, TITLE_MOST), shortened(about, ABOUT_MOST)
    if len(about) < ABOUT_LEAST:
        about = shortened(
            f"{about} · {current_department().name.in_language(reader_language())} · {_domain()}", ABOUT_MOST
        )
    path, language = address.removeprefix(site).strip("/"), reader_language()
    digest = drawing_digest(language, title, about)
    if path:
        picture = url_for("public.show_page_card", digest=digest, language=language, path=path)
    else:
        picture = url_for("public.show_page_card", digest=digest, language=language)
    return PageCard(title, about, address, site + picture)


def drawing_digest(language: str, *texts: str) -> str:
    """Of all that a picture shows."""
    department = current_department()
    owner = department.name.in_language(language), department.demonstration, department.emblem_mark
    drawn = write_json([DRAWING, language, _domain(), *owner, *texts])
    return hashlib.sha256(drawn).hexdigest()[:16]


def picture_response(picture: bytes, *, is_current: bool) -> Response:
    """Kept for ever under the digest of what it shows; who asks by an older one gets what holds now, for an hour."""
    life = FOR_EVER if is_current else FOR_AN_HOUR
    return Response(picture, mimetype="image/png", headers={"Cache-Control": life})


@at("/about/card/<digest>/<language>.png")
@at("/about/card/<digest>/<language>/<path:path>.png")
def show_page_card(digest: str, language: str, path: str = "") -> ResponseReturnValue:
    said = _said(f"/{path}", language) if language in LANGUAGES and _PATH.fullmatch(path) else {}
    if "url" not in said:
        abort(404)
    with reading() as session:
        department, emblem = current_department(session), emblem_of(session)
    title, about = said["title"], said["description"]
    picture = draw_page_card(title, about, department, _domain(), PaperLanguage(language), emblem)
    # What was removed for somebody's sake is not kept for years by those who stand between.
    lasts = not path.startswith("p/") and digest == drawing_digest(language, title, about)
    return picture_response(picture, is_current=lasts)


def _said(path: str, language: str) -> dict[str, str]:
    """The tags of the page that stands there, as a fetcher reads them; none of a page that has none, or is none."""
    site = context().settings.address
    reader = {"REMOTE_ADDR": request.remote_addr}
    asked = current_app.test_request_context(path, base_url=site, query_string={"lang": language}, environ_base=reader)
    # What a request remembers of its reader belongs to it alone.
    with current_app.app_context(), asked:
        page = current_app.full_dispatch_request()
    if page.status_code != 200 or page.mimetype != "text/html":
        return {}
    return {name: unescape(content) for name, content in _TAG.findall(page.get_data(as_text=True))}


def _domain() -> str:
    return context().settings.address.partition("://")[2].lower()

"""Words about posts that citizens' pages and the office share."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.domain.dialogue.post import PostKind, RemovalCause
from app.services.dialogue.posts.pages import ShownText

KINDS = {
    PostKind.TIP: _l("Safety tip"),
    PostKind.LAW: _l("Law and rights"),
    PostKind.NOTICE: _l("Notice"),
    PostKind.STORY: _l("What was achieved"),
    PostKind.MILESTONE: _l("Milestone"),
}
CAUSES = {
    RemovalCause.LAW: _l("A law or a court does not let it be published."),
    RemovalCause.PERSON: _l("A person who must not be known could have been recognised."),
}


def as_markup(text: ShownText) -> ShownText:
    """The same with its HTML as what templates do not escape: `formats/marked_text.py` made it."""
    body, sources = Markup(text.body_html), Markup(text.sources_html)  # noqa: S704
    return replace(text, body_html=body, sources_html=sources)

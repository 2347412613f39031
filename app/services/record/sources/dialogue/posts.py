"""Posts as the record tells them: that a version was published, and what became of it; no text of any."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dialogue.post_state import EventKind, VersionState
from app.domain.record.canonical import Value
from app.models import Post, PostEvent, PostVersion
from app.services.record.log.entries import NewEntry, is_entered

VERSION, EVENT = "post_version", "post_event"
#: what is told of events; that a removal was asked for is nobody's before it is done
_TOLD = (EventKind.WITHDRAWN, EventKind.HIDDEN, EventKind.REMOVED)


def new_posts(session: Session, most: int) -> list[NewEntry]:
    """Versions and events that are in no entry yet, at most so many of each."""
    versions = (
        select(PostVersion, Post.number)
        .join(Post, Post.id == PostVersion.post_id)
        .where(PostVersion.state == VersionState.PUBLISHED, ~is_entered(VERSION, PostVersion.id))
        .order_by(PostVersion.published_at, PostVersion.id)
        .limit(most)
    )
    entries = [
        _entry(VERSION, row.id, number, row.number, "published" if row.number == 1 else "corrected", row.digest)
        for row, number in session.execute(versions)
    ]
    events = (
        select(PostEvent, Post.number, Post.shown_version, PostVersion.digest)
        .join(Post, Post.id == PostEvent.post_id)
        .join(PostVersion, (PostVersion.post_id == Post.id) & (PostVersion.number == Post.shown_version))
        .where(PostEvent.kind.in_(_TOLD), ~is_entered(EVENT, PostEvent.id))
        .order_by(PostEvent.id)
        .limit(most)
    )
    return entries + [
        _entry(EVENT, event.id, number, version, event.kind, digest)
        for event, number, version, digest in session.execute(events)
    ]


def _entry(
    about: str, about_id: int, number: int | None, version: int | None, what: str, digest: str | None
) -> NewEntry:
    """Its subject is an address of the department's pages, in which nothing says what it is about."""
    content: dict[str, Value] = {"subject": f"/p/{number}/v{version}", "what": what, "digest": digest or ""}
    return NewEntry("post", about, about_id, content)

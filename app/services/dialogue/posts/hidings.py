"""Which versions of posts are hidden at a moment: hiding ends by itself, so nothing is written when it does."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from app.domain.dialogue.post_state import EventKind, Hiding
from app.models import PostEvent, PostVersion


def is_hidden(now: datetime) -> ColumnElement[bool]:
    """The condition under which a row of `post_version` is; `Hiding.covers` says the same of one."""
    return exists().where(
        PostEvent.post_id == PostVersion.post_id,
        PostEvent.kind == EventKind.HIDDEN.value,
        PostEvent.until_at > now,
        PostEvent.at >= PostVersion.published_at,
    )


def hiding_now(session: Session, now: datetime) -> tuple[int, ...]:
    """Which hidings last at a moment: what is remembered of anything hidden is so until one of them ends."""
    lasting = PostEvent.kind == EventKind.HIDDEN.value, PostEvent.until_at > now
    return tuple(session.scalars(select(PostEvent.id).where(*lasting).order_by(PostEvent.id)))


def hidings_of(session: Session, post_id: int) -> list[Hiding]:
    """All that there ever were, in their order."""
    rows = select(PostEvent).filter_by(post_id=post_id, kind=EventKind.HIDDEN.value).order_by(PostEvent.id)
    return [Hiding(row.at, row.until_at) for row in session.scalars(rows) if row.until_at is not None]

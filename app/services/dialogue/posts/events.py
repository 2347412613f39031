"""What becomes of a post that was published: withdrawn, hidden for three days at most, or removed by two."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.dialogue.post import RemovalCause, require_reason
from app.domain.dialogue.post_state import (
    ENDED,
    HIDDEN_BEFORE,
    LONGEST_HIDDEN,
    NO_REMOVAL_ASKED,
    NOT_PUBLISHED,
    REMOVAL_ASKED,
    REMOVAL_ASKER_GONE,
    REMOVAL_OWN,
    EventKind,
    PostState,
    VersionState,
)
from app.domain.free_text import clean_line
from app.domain.problem import Problem
from app.models import Post, PostEvent, PostVersion
from app.services.dialogue.posts.hidings import hidings_of
from app.services.dialogue.posts.holding import hold_post
from app.services.dialogue.posts.pictures import drop_unused
from app.services.dialogue.posts.texts import as_json
from app.services.permissions import require_may
from app.services.record.audit import record


def withdraw_post(
    session: Session, post_id: int, reason: Mapping[str, str], languages: Sequence[str], actor_id: int, now: datetime
) -> None:
    """Say of a post that it does not hold any more; its text stays. What was being written on it is dropped.

    Problems `post.wrong`, `post.not_published`, `post.ended`.
    """
    require_may(session, actor_id, Permission.APPROVE_POSTS)
    post = _published(session, post_id)
    reason = require_reason(reason, languages)
    _drop_open(session, post)
    post.state = PostState.WITHDRAWN.value
    note_event(session, "post.withdrawn", post, actor_id, now, reason=as_json(reason))


def hide_post(session: Session, post_id: int, why: str, actor_id: int, now: datetime) -> datetime:
    """Take it away from everybody at once; until when, unless somebody does more about it.

    One account is enough, so nobody can do it twice to what two have approved. Problems `post.not_published`,
    `post.hidden_before`.
    """
    require_may(session, actor_id, Permission.HIDE)
    post = _published(session, post_id, PostState.WITHDRAWN)
    published_at = _shown(session, post).published_at
    if published_at is None or any(hiding.is_about(published_at) for hiding in hidings_of(session, post.id)):
        raise Problem(HIDDEN_BEFORE)
    until_at = now + LONGEST_HIDDEN
    note_event(session, "post.hidden", post, actor_id, now, note=clean_line(why) or None, until_at=until_at)
    return until_at


def ask_removal(session: Session, post_id: int, cause: RemovalCause, why: str, actor_id: int, now: datetime) -> None:
    """Ask another state administrator to remove it. Problems `post.not_published`, `post.removal_asked`."""
    require_may(session, actor_id, Permission.REMOVE)
    post = _published(session, post_id, PostState.WITHDRAWN)
    if open_removal(session, post.id) is not None:
        raise Problem(REMOVAL_ASKED)
    note_event(session, "post.removal_asked", post, actor_id, now, cause=cause.value, note=clean_line(why) or None)


def decline_removal(session: Session, post_id: int, actor_id: int, now: datetime) -> None:
    """Take the question back, one's own or somebody else's. Problem `post.no_removal_asked`."""
    require_may(session, actor_id, Permission.REMOVE)
    post = _published(session, post_id, PostState.WITHDRAWN)
    _asked(session, post)
    note_event(session, "post.removal_declined", post, actor_id, now)


def remove_post(session: Session, post_id: int, actor_id: int, now: datetime) -> None:
    """Delete every text and picture of it; digests, days, cause and accounts stay.

    Problems `post.no_removal_asked`, `post.removal_own`, `post.removal_asker_gone`.
    """
    require_may(session, actor_id, Permission.REMOVE)
    post = _published(session, post_id, PostState.WITHDRAWN)
    asked = _asked(session, post)
    if asked.account_id == actor_id:
        raise Problem(REMOVAL_OWN)
    _require_asker(session, asked.account_id)
    _drop_open(session, post)
    pictures = session.scalars(select(PostVersion.picture_digest).filter_by(post_id=post.id)).all()
    empty = dict.fromkeys(("title", "body", "sources", "alt", "change_note", "body_html", "sources_html"), "{}")
    # The salt too: with it a text that somebody guesses could be shown to be the one.
    gone = {**empty, "picture_digest": None, "salt": None, "returned": None}
    session.execute(update(PostVersion).where(PostVersion.post_id == post.id).values(gone))
    drop_unused(session, *pictures)
    # What staff wrote about it may say again what had to go.
    session.execute(update(PostEvent).where(PostEvent.post_id == post.id).values(note=None, reason=None))
    post.state = PostState.REMOVED.value
    by = {"second_id": actor_id, "cause": asked.cause}
    note_event(session, "post.removed", post, asked.account_id, now, by_whom=actor_id, **by)


def open_removal(session: Session, post_id: int) -> PostEvent | None:
    """The question that waits for another administrator."""
    kinds = [EventKind.REMOVAL_ASKED.value, EventKind.REMOVAL_DECLINED.value, EventKind.REMOVED.value]
    rows = select(PostEvent).where(PostEvent.post_id == post_id, PostEvent.kind.in_(kinds))
    last = session.scalar(rows.order_by(PostEvent.id.desc()).limit(1))
    return last if last is not None and last.kind == EventKind.REMOVAL_ASKED.value else None


def _published(session: Session, post_id: int, *more: PostState) -> Post:
    post = hold_post(session, post_id)
    if post.state == PostState.DRAFT.value:
        raise Problem(NOT_PUBLISHED)
    if post.state not in (PostState.PUBLISHED, *more):
        raise Problem(ENDED)
    return post


def _shown(session: Session, post: Post) -> PostVersion:
    return session.scalars(select(PostVersion).filter_by(post_id=post.id, number=post.shown_version)).one()


def _asked(session: Session, post: Post) -> PostEvent:
    asked = open_removal(session, post.id)
    if asked is None:
        raise Problem(NO_REMOVAL_ASKED)
    return asked


def _require_asker(session: Session, account_id: int) -> None:
    try:
        require_may(session, account_id, Permission.REMOVE)
    except Problem:
        raise Problem(REMOVAL_ASKER_GONE) from None


def _drop_open(session: Session, post: Post) -> None:
    unpublished = PostVersion.post_id == post.id, PostVersion.state != VersionState.PUBLISHED.value
    pictures = session.scalars(select(PostVersion.picture_digest).where(*unpublished)).all()
    session.execute(delete(PostVersion).where(*unpublished))
    drop_unused(session, *pictures)


def note_event(
    session: Session,
    action: str,
    post: Post,
    account_id: int,
    now: datetime,
    *,
    by_whom: int | None = None,
    **columns: object,
) -> None:
    """The event that an action of the audit is called after, and its entry there by whoever did it now."""
    kind = EventKind(action.removeprefix("post."))
    session.add(PostEvent(post_id=post.id, kind=kind.value, at=now, account_id=account_id, **columns))
    session.flush()
    details = {"kind": post.kind, "number": post.number}
    record(session, action, f"post:{post.id}", by_whom or account_id, details, now)

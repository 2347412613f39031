"""Posts, written: a draft and its corrections, each by one account, until it waits for another one."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission, Role
from app.domain.dialogue.post import KIND_FOREIGN, PostKind, PostText, kinds_of
from app.domain.dialogue.post_state import ENDED, NOT_DRAFT, NOT_YOURS, PostState, VersionState
from app.domain.problem import Problem
from app.formats.pictures.post_pictures import KeptPicture
from app.models import Post, PostVersion
from app.services.dialogue.posts.holding import (
    Ground,
    find_open_version,
    hold_post,
    note,
    open_version,
    read_within,
    require_whole,
)
from app.services.dialogue.posts.pictures import drop_unused, keep_picture
from app.services.dialogue.posts.texts import as_json
from app.services.permissions import require_may

#: in the form of a correction: the picture stays as it is
SAME_PICTURE = "same"


def write_post(
    session: Session,
    kind: PostKind,
    text: PostText,
    picture: KeptPicture | None,
    ground: Ground,
    actor_id: int,
    now: datetime,
) -> int:
    """A first draft, of the writer's own place; the id of the post. Problems `post.wrong`, `post.kind_foreign`."""
    account = require_may(session, actor_id, Permission.WRITE_POSTS)
    if kind not in kinds_of(Role(account.role)):
        raise Problem(KIND_FOREIGN, field="kind")
    text = read_within(kind, text, ground, now, has_picture=picture is not None, is_correction=False)
    post = Post(kind=kind.value, place_id=account.place_id, state=PostState.DRAFT.value)
    session.add(post)
    session.flush()
    version = PostVersion(post_id=post.id, number=1, revision=0, state=VersionState.DRAFT.value)
    _write(session, version, text, keep_picture(session, picture), actor_id, now)
    session.add(version)
    session.flush()
    note(session, "post.written", post, version, actor_id, now)
    return post.id


def change_draft(
    session: Session,
    post_id: int,
    text: PostText,
    picture: KeptPicture | str | None,
    ground: Ground,
    actor_id: int,
    now: datetime,
) -> int:
    """Write the open draft anew, or begin the correction of what is published; the number of the version.

    `picture` may be `SAME_PICTURE`. Problems `post.wrong`, `post.not_draft`, `post.not_yours`, `post.ended`.
    """
    require_may(session, actor_id, Permission.WRITE_POSTS)
    post = hold_post(session, post_id)
    version = _draft_to_write(session, post, actor_id)
    before = version.picture_digest
    kept = before if isinstance(picture, str) else keep_picture(session, picture)
    is_correction = post.state == PostState.PUBLISHED.value
    text = read_within(
        PostKind(post.kind), text, ground, now, has_picture=kept is not None, is_correction=is_correction
    )
    _write(session, version, text, kept, actor_id, now)
    session.add(version)
    session.flush()
    drop_unused(session, before)
    note(session, "post.written", post, version, actor_id, now)
    return version.number


def send_post(session: Session, post_id: int, ground: Ground, actor_id: int, now: datetime) -> None:
    """Let a draft wait for somebody who publishes it. Problems `post.not_draft`, `post.not_yours`, `post.wrong`."""
    require_may(session, actor_id, Permission.WRITE_POSTS)
    post = hold_post(session, post_id)
    version = open_version(session, post, VersionState.DRAFT)
    if version.author_id != actor_id:
        raise Problem(NOT_YOURS)
    require_whole(post, version, ground, now)
    version.state, version.returned = VersionState.WAITING.value, None
    session.flush()
    note(session, "post.sent", post, version, actor_id, now)


def take_back(session: Session, post_id: int, actor_id: int, now: datetime) -> None:
    """Make what waits a draft again, to write on it. Problems `post.not_waiting`, `post.not_yours`."""
    post = hold_post(session, post_id)
    version = open_version(session, post, VersionState.WAITING)
    if version.author_id != actor_id:
        raise Problem(NOT_YOURS)
    version.state = VersionState.DRAFT.value
    session.flush()
    note(session, "post.taken_back", post, version, actor_id, now)


def drop_draft(session: Session, post_id: int, actor_id: int, now: datetime) -> bool:
    """Delete what was never published; whether the post went with it, which has no other version then.

    Whoever approves may do so too: the author may be gone. Problems `post.not_draft`, `post.not_yours`.
    """
    account = require_may(session, actor_id, Permission.WRITE_POSTS)
    post = hold_post(session, post_id)
    version = open_version(session, post, VersionState.DRAFT, VersionState.WAITING)
    if version.author_id != actor_id and not Role(account.role).may(Permission.APPROVE_POSTS):
        raise Problem(NOT_YOURS)
    picture, is_whole = version.picture_digest, post.state == PostState.DRAFT.value
    session.delete(version)
    session.flush()
    drop_unused(session, picture)
    if is_whole:
        session.delete(post)
        session.flush()
    note(session, "post.dropped", post, version, actor_id, now)
    return is_whole


def _draft_to_write(session: Session, post: Post, actor_id: int) -> PostVersion:
    """The author's own draft, or a new one after what is published, with its picture."""
    version = find_open_version(session, post.id)
    if version is None:
        if post.state != PostState.PUBLISHED.value or post.shown_version is None:
            raise Problem(ENDED)
        shown = session.scalars(select(PostVersion).filter_by(post_id=post.id, number=post.shown_version)).one()
        number = shown.number + 1
        state, picture = VersionState.DRAFT.value, shown.picture_digest
        return PostVersion(post_id=post.id, number=number, revision=0, state=state, picture_digest=picture)
    if version.state != VersionState.DRAFT.value:
        raise Problem(NOT_DRAFT)
    # Whoever has written a word of it may not publish it, so one account writes all of it.
    if version.author_id != actor_id:
        raise Problem(NOT_YOURS)
    return version


def _write(
    session: Session, version: PostVersion, text: PostText, picture: str | None, actor_id: int, now: datetime
) -> None:
    version.title, version.body = as_json(text.title), as_json(text.body)
    version.sources, version.alt = as_json(text.sources), as_json(text.alt)
    version.change_note, version.review_on = as_json(text.change_note), text.review_on
    version.picture_digest = picture
    version.revision += 1
    version.author_id, version.written_at = actor_id, now

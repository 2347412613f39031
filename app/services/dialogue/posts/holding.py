"""A post in the hands of one account: who may do something about it, and that nobody else does meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dialogue.post import LINK_FOREIGN, POST_UNKNOWN, POST_WRONG, PostKind, PostText, read_post_text
from app.domain.dialogue.post_state import NOT_DRAFT, NOT_WAITING, VersionState
from app.domain.problem import Problem
from app.domain.weeks import day_of
from app.formats.marked_text import foreign_links
from app.models import Post, PostVersion
from app.services.dialogue.posts.texts import text_of
from app.services.locks import hold_for
from app.services.record.audit import record


@dataclass(frozen=True, slots=True)
class Ground:
    """What a version must satisfy today: the languages that the department requires, and its own address."""

    languages: Sequence[str]
    address: str


def hold_post(session: Session, post_id: int) -> Post:
    """The post as it is now, for nobody else until the end of the transaction. Problem `post.unknown`."""
    hold_for(session, f"post {post_id}".encode())
    post = session.get(Post, post_id, populate_existing=True)
    if post is None:
        raise Problem(POST_UNKNOWN)
    return post


def find_open_version(session: Session, post_id: int) -> PostVersion | None:
    """The draft, or what waits; there is one at a time."""
    unpublished = PostVersion.state != VersionState.PUBLISHED.value
    rows = select(PostVersion).where(PostVersion.post_id == post_id, unpublished)
    return session.scalar(rows.execution_options(populate_existing=True))


def open_version(session: Session, post: Post, *states: VersionState) -> PostVersion:
    """It, if it is in one of these states. Problems `post.not_draft`, `post.not_waiting`."""
    version = find_open_version(session, post.id)
    if version is None or version.state not in states:
        raise Problem(NOT_DRAFT if VersionState.DRAFT in states else NOT_WAITING)
    return version


def read_within(
    kind: PostKind, text: PostText, ground: Ground, now: datetime, *, has_picture: bool, is_correction: bool
) -> PostText:
    """Problem `post.wrong` for all that is wrong with words, and else for all links that lead away."""
    today: date = day_of(now)
    text = read_post_text(kind, text, ground.languages, today, has_picture=has_picture, is_correction=is_correction)
    wrong = [
        Problem(LINK_FOREIGN, field=field, language=language, where=link[:100])
        for field, texts in (("body", text.body), ("sources", text.sources))
        for language, words in texts.items()
        for link in foreign_links(words, ground.address)
    ]
    if wrong:
        raise Problem(POST_WRONG, parts=wrong)
    return text


def require_whole(post: Post, version: PostVersion, ground: Ground, now: datetime) -> None:
    """Since it was written a day may have passed, and a language may have been added."""
    has_picture, is_correction = version.picture_digest is not None, version.number > 1
    read_within(
        PostKind(post.kind), text_of(version), ground, now, has_picture=has_picture, is_correction=is_correction
    )


def note(session: Session, action: str, post: Post, version: PostVersion, actor_id: int, now: datetime) -> None:
    """In the audit."""
    details = {"kind": post.kind, "number": post.number, "version": version.number}
    record(session, action, f"post:{post.id}", actor_id, details, now)

"""Pictures of posts: kept once under their digest, shown with what is published, gone with the last that names them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from app.domain.dialogue.post_state import PostState, VersionState
from app.domain.problem import Problem, ProblemType
from app.formats.pictures.post_pictures import KeptPicture
from app.models import Post, PostPicture, PostVersion
from app.services.dialogue.posts.hidings import is_hidden
from app.services.locks import hold_for

#: whoever keeps one and whoever drops one wait for each other
_PICTURES = b"pictures of posts"
PICTURE_UNKNOWN = ProblemType("post.picture_unknown", 404, "There is no such picture.")


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """Where it is, by its digest, and its size in pixels."""

    digest: str
    width: int
    height: int


def keep_picture(session: Session, picture: KeptPicture | None) -> str | None:
    """Its digest."""
    if picture is None:
        return None
    hold_for(session, _PICTURES)
    if session.get(PostPicture, picture.digest) is None:
        columns = {"content": picture.content, "width": picture.width, "height": picture.height}
        session.add(PostPicture(digest=picture.digest, **columns))
        session.flush()
    return picture.digest


def drop_unused(session: Session, *digests: str | None) -> None:
    """Delete those of these that no version names any more."""
    hold_for(session, _PICTURES)
    named = exists().where(PostVersion.picture_digest == PostPicture.digest)
    session.execute(delete(PostPicture).where(PostPicture.digest.in_([one for one in digests if one]), ~named))


def describe_picture(session: Session, digest: str | None) -> ShownPicture | None:
    columns = select(PostPicture.digest, PostPicture.width, PostPicture.height)
    row = session.execute(columns.where(PostPicture.digest == digest)).one_or_none() if digest else None
    return None if row is None else ShownPicture(row.digest, row.width, row.height)


def public_picture(session: Session, digest: str, now: datetime) -> bytes:
    """A JPEG that stands on a page which everybody may read at this moment. Problem `post.picture_unknown`."""
    shown = (
        select(PostVersion.id)
        .join(Post, Post.id == PostVersion.post_id)
        .where(
            PostVersion.picture_digest == digest,
            PostVersion.state == VersionState.PUBLISHED.value,
            Post.state != PostState.REMOVED.value,
            ~is_hidden(now),
        )
    )
    if session.scalar(shown.limit(1)) is None:
        raise Problem(PICTURE_UNKNOWN)
    return _content(session, digest)


def draft_picture(session: Session, post_id: int, number: int) -> bytes:
    """That of a version, for who may see it in the office. Problem `post.picture_unknown`."""
    version = session.scalar(select(PostVersion).filter_by(post_id=post_id, number=number))
    if version is None or version.picture_digest is None:
        raise Problem(PICTURE_UNKNOWN)
    return _content(session, version.picture_digest)


def _content(session: Session, digest: str) -> bytes:
    return session.scalars(select(PostPicture.content).where(PostPicture.digest == digest)).one()

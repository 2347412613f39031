"""The posts of the demonstration: one of each kind that another account has published, and one that waits for it."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dialogue.post import LegalQuestion, PostKind, PostText
from app.domain.weeks import day_of
from app.models import Account
from app.services.dialogue.posts.holding import Ground
from app.services.dialogue.posts.publishing import publish_post
from app.services.dialogue.posts.writing import send_post, write_post
from app.workflows.demonstration.department import STARTERS

AUTHOR, APPROVER = "handles", "admin"
_REVIEWED_AFTER = timedelta(days=300)
#: of a draft that was just written
_FIRST_REVISION = 1


def publish_posts(session: Session, address: str, now: datetime) -> None:
    """Whatever `posts.toml` holds, in its order. `address` is where this installation answers."""
    author, approver = (_account(session, username) for username in (AUTHOR, APPROVER))
    for kind, text, waits in read_posts(now):
        ground = Ground(tuple(text.title), address)
        post_id = write_post(session, kind, text, None, ground, author, now)
        send_post(session, post_id, ground, author, now)
        if not waits:
            publish_post(session, post_id, _FIRST_REVISION, tuple(LegalQuestion), ground, approver, now)


def read_posts(now: datetime) -> Iterator[tuple[PostKind, PostText, bool]]:
    """Each with whether it waits."""
    file = STARTERS / "demonstration" / "posts.toml"
    for one in tomllib.loads(file.read_text("utf-8"))["post"]:
        kind = PostKind(one["kind"])
        review_on = day_of(now + _REVIEWED_AFTER) if kind.is_help else None
        yield kind, PostText(one["title"], one["body"], one["sources"], {}, {}, review_on), one.get("waits", False)


def _account(session: Session, username: str) -> int:
    return session.scalars(select(Account.id).where(Account.username == username)).one()

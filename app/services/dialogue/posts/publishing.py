"""Posts, published: by another account than the one that wrote, as it was read, with four questions answered."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.dialogue.post import LegalQuestion, PostKind
from app.domain.dialogue.post_state import CHANGED, NOT_TICKED, OWN_POST, PostState, VersionState
from app.domain.free_text import clean_line
from app.domain.installation.quiet_period import QuietBlock
from app.domain.problem import Problem
from app.formats.marked_text import render
from app.models import Post, PostVersion
from app.services.dialogue.posts.holding import Ground, hold_post, note, open_version, require_whole
from app.services.dialogue.posts.texts import as_json, digest_of, text_of
from app.services.installation.quiet_periods import refuse_if_quiet
from app.services.locks import hold_for
from app.services.permissions import require_may

#: as what a quiet period may keep each kind back, and its corrections with it
KEPT_QUIET = {
    PostKind.TIP: QuietBlock.TIPS,
    PostKind.LAW: QuietBlock.TIPS,
    PostKind.NOTICE: QuietBlock.TIPS,
    PostKind.STORY: QuietBlock.STORIES,
    PostKind.MILESTONE: QuietBlock.MILESTONES,
}


def publish_post(
    session: Session,
    post_id: int,
    revision: int,
    ticked: Sequence[str],
    ground: Ground,
    actor_id: int,
    now: datetime,
) -> int:
    """Show what waits to everybody, as it was read at this revision; the number of the post.

    Of two who publish at once one comes first, and the other is told that nothing waits any more. Problems
    `post.not_waiting`, `post.changed`, `post.own`, `post.not_ticked`, `post.wrong`, `quiet.blocked`.
    """
    require_may(session, actor_id, Permission.APPROVE_POSTS)
    post = hold_post(session, post_id)
    version = open_version(session, post, VersionState.WAITING)
    if version.author_id == actor_id:
        raise Problem(OWN_POST)
    if version.revision != revision:
        raise Problem(CHANGED)
    if not set(ticked) >= set(LegalQuestion):
        raise Problem(NOT_TICKED)
    require_whole(post, version, ground, now)
    refuse_if_quiet(session, KEPT_QUIET[PostKind(post.kind)], post.place_id, now)
    post.number = post.number or _next_number(session)
    _freeze(post, version, ground, actor_id, now)
    post.state, post.shown_version = PostState.PUBLISHED.value, version.number
    session.flush()
    note(session, "post.published", post, version, actor_id, now)
    return post.number


def send_back(session: Session, post_id: int, why: str, actor_id: int, now: datetime) -> None:
    """Give what waits back to its author, with what is wrong. Problem `post.not_waiting`."""
    require_may(session, actor_id, Permission.APPROVE_POSTS)
    post = hold_post(session, post_id)
    version = open_version(session, post, VersionState.WAITING)
    version.state, version.returned = VersionState.DRAFT.value, clean_line(why) or None
    session.flush()
    note(session, "post.sent_back", post, version, actor_id, now)


def _freeze(post: Post, version: PostVersion, ground: Ground, actor_id: int, now: datetime) -> None:
    """Made into what is shown once, so that no later way of making it changes what was approved."""
    text = text_of(version)
    bodies = {language: render(words, ground.address) for language, words in text.body.items()}
    sources = {language: render(words, ground.address) for language, words in text.sources.items()}
    version.body_html, version.sources_html = as_json(bodies), as_json(sources)
    version.state, version.approver_id, version.published_at = VersionState.PUBLISHED.value, actor_id, now
    version.ticked = json.dumps([question.value for question in LegalQuestion])
    version.salt = secrets.token_hex(16)
    version.digest = digest_of(post, version)


def _next_number(session: Session) -> int:
    hold_for(session, b"numbers of posts")
    return (session.scalar(select(func.max(Post.number))) or 0) + 1

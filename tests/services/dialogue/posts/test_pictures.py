"""Pictures of posts: seen by everybody as long as a page shows them, and no moment longer."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.dialogue.post import RemovalCause
from app.domain.problem import Problem
from app.services.dialogue.posts.events import ask_removal, hide_post, remove_post, withdraw_post
from app.services.dialogue.posts.pictures import describe_picture, draft_picture, keep_picture, public_picture
from tests.factories.dialogue.posts import GROUND, NOW, add_officers, draft, in_both, picture, post_text, published

HOUR = timedelta(hours=1)


def is_public(session: Session, digest: str, after: timedelta = HOUR) -> bool:
    try:
        return bool(public_picture(session, digest, NOW + after))
    except Problem:
        return False


@pytest.mark.both_databases
def test_only_what_everybody_may_read_shows_its_picture(any_session: Session) -> None:
    who = add_officers(any_session)
    shown, text = picture(), post_text(alt="a phone")
    post_id = draft(any_session, who.author, text, shown=shown)
    assert not is_public(any_session, shown.digest)
    assert draft_picture(any_session, post_id, 1) == shown.content
    gone = published(any_session, who.author, who.admin, text, shown=shown)
    assert public_picture(any_session, shown.digest, NOW + HOUR) == shown.content
    hide_post(any_session, gone, "", who.author, NOW)
    assert [is_public(any_session, shown.digest, after) for after in (HOUR, 72 * HOUR)] == [False, True]
    withdraw_post(any_session, gone, in_both("क", "a"), GROUND.languages, who.admin, NOW)
    assert is_public(any_session, shown.digest, 72 * HOUR)
    ask_removal(any_session, gone, RemovalCause.LAW, "", who.admin, NOW)
    remove_post(any_session, gone, who.other_admin, NOW)
    assert not is_public(any_session, shown.digest, 72 * HOUR)
    assert draft_picture(any_session, post_id, 1) == shown.content
    for number in (0, 2):
        with pytest.raises(Problem, match=r"post\.picture_unknown"):
            draft_picture(any_session, post_id, number)


def test_the_same_picture_is_kept_once(session: Session) -> None:
    assert keep_picture(session, None) is None
    digest = keep_picture(session, picture())
    assert keep_picture(session, picture()) == digest
    described = describe_picture(session, digest)
    assert described is not None
    assert (described.digest, described.width, described.height) == (digest, 720, 480)
    assert describe_picture(session, None) is None

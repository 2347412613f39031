"""Posts in the record: that a version was published, and what became of it, each once and without a word of it."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.domain.dialogue.post import RemovalCause
from app.domain.weeks import day_of
from app.services.dialogue.posts.events import ask_removal, decline_removal, hide_post, remove_post, withdraw_post
from app.services.dialogue.posts.pages import read_post
from app.services.record.log.entries import enter
from app.services.record.sources.dialogue.posts import new_posts
from tests.factories.dialogue.posts import GROUND, NOW, add_officers, corrected, draft, in_both, post_text, published

HOUR = timedelta(hours=1)


def told(session: Session) -> list[tuple[object, object]]:
    """What is new, which is entered then."""
    new = new_posts(session, 100)
    enter(session, new, day_of(NOW))
    return [(one.content["subject"], one.content["what"]) for one in new]


def test_what_is_told_of_a_post_and_when(any_session: Session) -> None:
    who = add_officers(any_session)
    draft(any_session, who.author)
    assert told(any_session) == []
    post_id = published(any_session, who.author, who.admin)
    digest = read_post(any_session, 1, None, NOW).digest
    (entry,) = new_posts(any_session, 100)
    assert (entry.type, entry.content) == ("post", {"subject": "/p/1/v1", "what": "published", "digest": digest})
    assert told(any_session) == [("/p/1/v1", "published")]
    assert told(any_session) == []
    corrected(any_session, post_id, who.author, who.admin, post_text("New", note="x"), now=NOW + HOUR)
    hide_post(any_session, post_id, "a name", who.author, NOW + 2 * HOUR)
    assert told(any_session) == [("/p/1/v2", "corrected"), ("/p/1/v2", "hidden")]
    withdraw_post(any_session, post_id, in_both("क", "a"), GROUND.languages, who.admin, NOW + 3 * HOUR)
    for step in (1, 2):
        ask_removal(any_session, post_id, RemovalCause.PERSON, "", who.admin, NOW + step * HOUR)
        if step == 1:
            decline_removal(any_session, post_id, who.other_admin, NOW + HOUR)
    assert told(any_session) == [("/p/1/v2", "withdrawn")]
    remove_post(any_session, post_id, who.other_admin, NOW + 4 * HOUR)
    assert told(any_session) == [("/p/1/v2", "removed")]

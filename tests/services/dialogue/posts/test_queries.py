"""Posts in the office: what waits comes first, and nothing of another place."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.dialogue.post import PostKind, RemovalCause
from app.domain.problem import Problem
from app.services.dialogue.posts.events import ask_removal, hide_post
from app.services.dialogue.posts.queries import find_post, list_rows, place_of_post
from tests.factories.dialogue.posts import NOW, add_officers, corrected, draft, post_text, published, waiting

HOUR = timedelta(hours=1)


def test_what_waits_stands_first_and_another_place_not_at_all(any_session: Session) -> None:
    who = add_officers(any_session)
    old = published(any_session, who.author, who.admin)
    first, second = (waiting(any_session, who.author, now=NOW + at * HOUR) for at in (1, 2))
    written = draft(any_session, who.author, now=NOW + 3 * HOUR)
    foreign = waiting(any_session, who.district_head, kind=PostKind.STORY, now=NOW + 4 * HOUR)
    rows = list_rows(any_session, {who.state}, 1)
    assert [one.id for one in rows.rows] == [second, first, written, old]
    assert [one.open_state for one in rows.rows] == ["waiting", "waiting", "draft", None]
    assert rows.total == 4
    assert list_rows(any_session, {who.state, who.district}, 1).rows[0].id == foreign
    assert list_rows(any_session, set(), 1).rows == ()


def test_a_post_with_all_that_was_done_about_it(any_session: Session) -> None:
    who = add_officers(any_session)
    post_id = published(any_session, who.author, who.admin)
    corrected(any_session, post_id, who.other_author, who.other_admin, post_text("New", note="x"), now=NOW + HOUR)
    hide_post(any_session, post_id, "a name", who.author, NOW + 2 * HOUR)
    ask_removal(any_session, post_id, RemovalCause.PERSON, "the name", who.admin, NOW + 3 * HOUR)
    post = find_post(any_session, post_id, NOW + 4 * HOUR)
    assert [(one.author, one.approver) for one in post.versions] == [
        ("other_author", "other_admin"),
        ("author", "admin"),
    ]
    assert [(one.kind, one.account, one.note) for one in post.events] == [
        ("hidden", "author", "a name"),
        ("removal_asked", "admin", "the name"),
    ]
    assert (post.asked_by, post.can_be_hidden, post.hidden_until) == (who.admin, False, NOW + 74 * HOUR)
    assert find_post(any_session, post_id, NOW + 75 * HOUR).hidden_until is None
    assert (post.open, post.shown) == (None, post.versions[0])


def test_an_unknown_post_is_none(session: Session) -> None:
    for find in (lambda: find_post(session, 7, NOW), lambda: place_of_post(session, 7)):
        with pytest.raises(Problem, match=r"post\.unknown"):
            find()

"""A post until it waits: one account writes all of a version, in every language, with links that may stand there."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.dialogue.post import PostKind
from app.domain.problem import Problem
from app.models import Account, Post, PostPicture, PostVersion
from app.services.dialogue.posts.holding import Ground
from app.services.dialogue.posts.queries import find_post
from app.services.dialogue.posts.writing import SAME_PICTURE, change_draft, drop_draft, send_post, take_back, write_post
from tests.factories.dialogue.posts import (
    GROUND,
    NOW,
    add_officers,
    draft,
    picture,
    post_text,
    published,
    waiting,
)


def refused(match: str) -> object:
    return pytest.raises(Problem, match=match)


def test_a_draft_is_kept_as_it_was_written_and_lies_where_its_author_does(any_session: Session) -> None:
    who = add_officers(any_session)
    post_id = draft(any_session, who.author, post_text(alt="a phone"), shown=picture())
    post = find_post(any_session, post_id, NOW)
    assert (post.number, post.place_id, post.state, post.newest.state) == (None, who.state, "draft", "draft")
    assert post.newest.text == post_text(alt="a phone")
    assert post.newest.picture is not None


def test_a_link_that_leads_away_is_refused_by_name(session: Session) -> None:
    who = add_officers(session)
    away = replace(post_text(), body={"hi": "क [ख](https://evil.example/x)", "en": "[a](javascript:alert(1))"})
    with pytest.raises(Problem, match=r"post\.wrong") as problem:
        draft(session, who.author, away)
    assert [(one.code, one.details["language"], one.details["where"]) for one in problem.value.parts] == [
        ("post.link_foreign", "hi", "https://evil.example/x"),
        ("post.link_foreign", "en", "javascript:alert(1)"),
    ]


def test_a_district_writes_of_itself_alone(session: Session) -> None:
    who = add_officers(session)
    with refused(r"post\.kind_foreign"):
        draft(session, who.district_head, kind=PostKind.LAW)
    post_id = draft(session, who.district_head, kind=PostKind.STORY)
    assert find_post(session, post_id, NOW).place_id == who.district


@pytest.mark.both_databases
def test_nobody_writes_on_what_another_has_written(any_session: Session) -> None:
    """Else an account could publish words of its own."""
    who = add_officers(any_session)
    post_id = draft(any_session, who.author)
    with refused(r"post\.not_yours"):
        change_draft(any_session, post_id, post_text("Another"), None, GROUND, who.admin, NOW)
    with refused(r"post\.not_yours"):
        send_post(any_session, post_id, GROUND, who.other_author, NOW)
    with refused(r"post\.not_yours"):
        drop_draft(any_session, post_id, who.other_author, NOW)


def test_what_waits_is_not_written_on_until_it_is_taken_back(session: Session) -> None:
    who = add_officers(session)
    post_id = waiting(session, who.author)
    with refused(r"post\.not_draft"):
        change_draft(session, post_id, post_text("Another"), None, GROUND, who.author, NOW)
    with refused(r"post\.not_yours"):
        take_back(session, post_id, who.admin, NOW)
    take_back(session, post_id, who.author, NOW)
    change_draft(session, post_id, post_text("Another"), None, GROUND, who.author, NOW)
    with refused(r"post\.not_waiting"):
        take_back(session, post_id, who.author, NOW)
    assert find_post(session, post_id, NOW).newest.text.title["en"] == "Another"


def test_what_lacks_a_language_that_came_later_does_not_go_on(session: Session) -> None:
    who = add_officers(session)
    post_id = draft(session, who.author)
    with pytest.raises(Problem, match=r"post\.wrong") as problem:
        send_post(session, post_id, Ground(("hi", "en", "mr"), GROUND.address), who.author, NOW)
    assert {(one.details["field"], one.details["language"]) for one in problem.value.parts} == {
        ("title", "mr"),
        ("body", "mr"),
        ("sources", "mr"),
    }


def test_a_correction_is_a_new_version_and_says_what_changes(session: Session) -> None:
    who = add_officers(session)
    post_id = published(session, who.author, who.admin, post_text(alt="a phone"), shown=picture())
    with refused(r"post\.wrong"):
        change_draft(session, post_id, post_text("New"), SAME_PICTURE, GROUND, who.other_author, NOW)
    text = post_text("New", note="the number", alt="a phone")
    assert change_draft(session, post_id, text, SAME_PICTURE, GROUND, who.other_author, NOW) == 2
    post = find_post(session, post_id, NOW)
    assert [(one.number, one.state) for one in post.versions] == [(2, "draft"), (1, "published")]
    assert post.versions[0].picture == post.versions[1].picture


@pytest.mark.both_databases
def test_what_was_never_published_can_be_deleted_with_its_picture(any_session: Session) -> None:
    who = add_officers(any_session)
    post_id = draft(any_session, who.author, post_text(alt="a phone"), shown=picture())
    assert drop_draft(any_session, post_id, who.author, NOW)
    for table in (Post, PostVersion, PostPicture):
        assert any_session.scalar(select(func.count()).select_from(table)) == 0
    with refused(r"post\.unknown"):
        drop_draft(any_session, post_id, who.author, NOW)


def test_another_picture_takes_the_place_of_the_first(session: Session) -> None:
    who = add_officers(session)
    post_id = draft(session, who.author, post_text(alt="a phone"), shown=picture(400))
    change_draft(session, post_id, post_text(alt="a phone"), picture(500), GROUND, who.author, NOW)
    assert session.scalars(select(PostPicture.width)).all() == [500]
    change_draft(session, post_id, post_text(), None, GROUND, who.author, NOW)
    assert session.scalars(select(PostPicture.width)).all() == []


def test_who_was_disabled_meanwhile_writes_nothing(session: Session) -> None:
    who = add_officers(session)
    session.get_one(Account, who.author).disabled_at = NOW
    with refused(r"account\.not_allowed"):
        write_post(session, PostKind.TIP, post_text(), None, GROUND, who.author, NOW)

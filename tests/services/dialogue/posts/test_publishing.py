"""Published by somebody else, as it was read, once, and never changed again."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dialogue.post import PostKind
from app.domain.problem import Problem
from app.models import Account, AuditEntry, Place, Post, PostVersion
from app.services.dialogue.posts.holding import Ground
from app.services.dialogue.posts.publishing import publish_post, send_back
from app.services.dialogue.posts.queries import find_post
from app.services.dialogue.posts.texts import document_of
from app.services.dialogue.posts.writing import SAME_PICTURE, change_draft, send_post, take_back
from app.transaction import reading, transaction
from tests.factories.dialogue.posts import (
    ALL,
    GROUND,
    NOW,
    Officers,
    add_officers,
    corrected,
    draft,
    post_text,
    published,
    revision,
    waiting,
)
from tests.factories.installation.quiet_periods import add_quiet

DAY = timedelta(days=1)


def refused(match: str) -> object:
    return pytest.raises(Problem, match=match)


@pytest.mark.both_databases
def test_another_account_publishes_and_the_version_is_frozen(any_session: Session) -> None:
    who = add_officers(any_session)
    post_id = published(any_session, who.author, who.admin)
    post = any_session.get_one(Post, post_id)
    version = any_session.scalars(select(PostVersion).filter_by(post_id=post_id)).one()
    assert (post.number, post.state, post.shown_version, version.approver_id) == (1, "published", 1, who.admin)
    assert version.ticked == '["unrecognised", "consent", "sources", "no_trial"]'
    assert '<a href=\\"tel:1930\\">1930</a>' in version.body_html
    assert hashlib.sha256(document_of(post, version)).hexdigest() == version.digest
    assert [one.action for one in any_session.scalars(select(AuditEntry))] == [
        "post.written",
        "post.sent",
        "post.published",
    ]


@pytest.mark.both_databases
def test_never_its_author_whatever_the_role(any_session: Session) -> None:
    who = add_officers(any_session)
    post_id = waiting(any_session, who.admin)
    with refused(r"post\.own"):
        publish_post(any_session, post_id, revision(any_session, post_id), ALL, GROUND, who.admin, NOW)
    publish_post(any_session, post_id, revision(any_session, post_id), ALL, GROUND, who.other_admin, NOW)


def test_only_who_may_and_only_what_waits(session: Session) -> None:
    who = add_officers(session)
    post_id = draft(session, who.author)
    with refused(r"post\.not_waiting"):
        publish_post(session, post_id, 1, ALL, GROUND, who.admin, NOW)
    send_post(session, post_id, GROUND, who.author, NOW)
    with refused(r"account\.not_allowed"):
        publish_post(session, post_id, 1, ALL, GROUND, who.other_author, NOW)


@pytest.mark.parametrize("at", range(4))
def test_all_four_questions_are_answered(session: Session, at: int) -> None:
    who = add_officers(session)
    post_id = waiting(session, who.author)
    with refused(r"post\.not_ticked"):
        publish_post(session, post_id, 1, [*ALL[:at], *ALL[at + 1 :], "other"], GROUND, who.admin, NOW)


def test_what_was_changed_after_it_was_read_is_read_again(session: Session) -> None:
    who = add_officers(session)
    post_id = waiting(session, who.author)
    read = revision(session, post_id)
    take_back(session, post_id, who.author, NOW)
    change_draft(session, post_id, post_text("Other words"), SAME_PICTURE, GROUND, who.author, NOW)
    send_post(session, post_id, GROUND, who.author, NOW)
    with refused(r"post\.changed"):
        publish_post(session, post_id, read, ALL, GROUND, who.admin, NOW)
    assert find_post(session, post_id, NOW).number is None


def test_who_was_disabled_or_moved_in_between_publishes_nothing(session: Session) -> None:
    who = add_officers(session)
    post_id = waiting(session, who.author)
    account = session.get_one(Account, who.admin)
    for column, value, back in (("disabled_at", NOW, None), ("role", "auditor", "state_admin")):
        setattr(account, column, value)
        session.flush()
        with refused(r"account\.not_allowed"):
            publish_post(session, post_id, 1, ALL, GROUND, who.admin, NOW)
        setattr(account, column, back)
    session.flush()
    assert publish_post(session, post_id, 1, ALL, GROUND, who.admin, NOW) == 1


def test_a_language_that_came_while_it_waited_is_asked_for(session: Session) -> None:
    who = add_officers(session)
    post_id = waiting(session, who.author)
    with refused(r"post\.wrong"):
        publish_post(session, post_id, 1, ALL, Ground(("hi", "en", "mr"), GROUND.address), who.admin, NOW)


def test_sent_back_with_a_word_it_is_a_draft_of_its_author(session: Session) -> None:
    who = add_officers(session)
    post_id = waiting(session, who.author)
    send_back(session, post_id, " The number \n is wrong. ", who.admin, NOW)
    post = find_post(session, post_id, NOW)
    assert (post.newest.state, post.newest.returned) == ("draft", "The number is wrong.")
    send_post(session, post_id, GROUND, who.author, NOW)
    assert find_post(session, post_id, NOW).newest.returned is None


@pytest.mark.parametrize("kind", PostKind)
def test_in_a_quiet_period_no_story_is_published_and_tips_are(session: Session, kind: PostKind) -> None:
    who = add_officers(session)
    add_quiet(session, (who.admin, who.other_admin), [session.get_one(Place, who.state)], NOW - DAY, NOW + DAY)
    if kind in (PostKind.STORY, PostKind.MILESTONE):
        with refused(r"quiet\.blocked"):
            published(session, who.author, who.admin, kind=kind)
        (post_id,) = session.scalars(select(Post.id)).all()
        publish_post(session, post_id, 1, ALL, GROUND, who.admin, NOW + DAY)
    else:
        published(session, who.author, who.admin, kind=kind)


@pytest.mark.both_databases
def test_a_correction_leaves_the_version_before_as_it_was(any_session: Session) -> None:
    who = add_officers(any_session)
    post_id = published(any_session, who.author, who.admin)
    first = any_session.scalars(select(PostVersion).filter_by(post_id=post_id)).one()
    before = {column.name: getattr(first, column.name) for column in PostVersion.__table__.columns}
    corrected(any_session, post_id, who.other_author, who.other_admin, post_text("New", note="the number"))
    any_session.refresh(first)
    assert {column.name: getattr(first, column.name) for column in PostVersion.__table__.columns} == before
    post = any_session.get_one(Post, post_id)
    assert (post.number, post.shown_version) == (1, 2)
    assert published(any_session, who.author, who.admin) != post_id
    assert sorted(any_session.scalars(select(Post.number)).all()) == [1, 2]


@pytest.fixture
def race(app: Flask) -> Callable[[list[Callable[[Session], object]]], list[str]]:
    """Each step in a transaction of its own, all begun at once; what became of each, by the code of its problem."""

    def run(steps: list[Callable[[Session], object]]) -> list[str]:
        start = Barrier(len(steps))

        def do(step: Callable[[Session], object]) -> str:
            with app.app_context():
                start.wait()
                try:
                    with transaction() as session:
                        step(session)
                except Problem as problem:
                    return problem.code
                return "done"

        with ThreadPoolExecutor(len(steps)) as pool:
            return sorted(pool.map(do, steps))

    return run


@pytest.mark.both_databases
def test_of_two_who_publish_at_once_one_does(
    database: str, race: Callable[[list[Callable[[Session], object]]], list[str]]
) -> None:
    with transaction() as session:
        who: Officers = add_officers(session)
        posts = [waiting(session, who.author) for _ in range(4)]
    for post_id in posts:
        steps = [
            lambda session, by=by, post_id=post_id: publish_post(session, post_id, 1, ALL, GROUND, by, NOW)
            for by in (who.admin, who.other_admin)
        ]
        assert race(steps) == ["done", "post.not_waiting"]
    with reading() as session:
        assert sorted(session.scalars(select(Post.number)).all()) == [1, 2, 3, 4]


@pytest.mark.both_databases
def test_posts_published_at_once_get_numbers_of_their_own(
    database: str, race: Callable[[list[Callable[[Session], object]]], list[str]]
) -> None:
    with transaction() as session:
        who = add_officers(session)
        posts = [waiting(session, who.author) for _ in range(4)]
    steps = [
        lambda session, post_id=post_id: publish_post(session, post_id, 1, ALL, GROUND, who.admin, NOW)
        for post_id in posts
    ]
    assert race(steps) == ["done"] * 4
    with reading() as session:
        assert sorted(session.scalars(select(Post.number)).all()) == [1, 2, 3, 4]

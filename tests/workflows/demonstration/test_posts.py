"""The demonstration's posts: one of each kind, whole in both languages, with links that may stand there."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from app.domain.accounts.role import Role
from app.domain.dialogue.post import PostKind
from app.models import Account, Place
from app.services.dialogue.posts.pages import list_posts, newest_tips, read_post
from app.services.dialogue.posts.queries import list_rows
from app.workflows.demonstration.posts import APPROVER, AUTHOR, publish_posts, read_posts
from tests.factories import add_place

NOW = datetime(2026, 11, 30, 6, 30, tzinfo=UTC)


@pytest.fixture
def made(session: Session) -> Session:
    state = add_place(session, kind="state")
    for username, role in ((AUTHOR, Role.OUTREACH), (APPROVER, Role.STATE_ADMIN)):
        columns = {"role": role.value, "place_id": state.id, "password_hash": "", "name": username}
        session.add(Account(username=username, **columns))
    session.flush()
    publish_posts(session, "http://localhost", NOW)
    return session


def test_one_of_each_kind_in_both_languages(made: Session) -> None:
    rows = list_posts(made, 1, NOW).rows
    assert [one.kind for one in rows] == list(PostKind)
    assert len(newest_tips(made, NOW)) == 2
    for one in rows:
        texts = dict(read_post(made, one.number, None, NOW).texts)
        assert set(texts) == {"hi", "en"}
        assert all("<p>" in text.body_html or "<ul>" in text.body_html for text in texts.values())


def test_one_waits_for_whoever_publishes_it(made: Session) -> None:
    state = made.query(Place).one().id
    assert [one.open_state for one in list_rows(made, {state}, 1).rows] == ["waiting", *[None] * 5]


def test_every_link_became_one(made: Session) -> None:
    published = (text for _kind, text, waits in read_posts(NOW) if not waits)
    for number, text in enumerate(published, 1):
        shown = dict(read_post(made, number, None, NOW).texts)
        for language in ("hi", "en"):
            written = text.body[language].count("](") + text.sources[language].count("](")
            assert (shown[language].body_html + shown[language].sources_html).count("<a href=") == written

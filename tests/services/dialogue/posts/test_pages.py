"""Posts as everybody reads them: what helps first, nothing that is past its day, and a list that stays flat."""

import hashlib
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.domain.dialogue.post import PostKind
from app.domain.problem import Problem
from app.models import Post, PostVersion
from app.services.dialogue.posts.pages import (
    PER_PAGE,
    document_bytes,
    list_posts,
    listed_numbers,
    newest_tips,
    news,
    read_post,
)
from tests.factories.dialogue.posts import NOW, Officers, add_officers, corrected, draft, post_text, published, waiting

DAY = timedelta(days=1)


def of_kinds(session: Session, who: Officers, *kinds: PostKind) -> list[int]:
    return [
        published(session, who.author, who.admin, kind=kind, now=NOW + at * DAY / 24) for at, kind in enumerate(kinds)
    ]


def test_what_helps_comes_first_and_then_the_newest(any_session: Session) -> None:
    who = add_officers(any_session)
    assert list_posts(any_session, 1, NOW).rows == ()
    kinds = PostKind.STORY, PostKind.TIP, PostKind.MILESTONE, PostKind.LAW, PostKind.NOTICE, PostKind.TIP
    of_kinds(any_session, who, *kinds)
    draft(any_session, who.author)
    waiting(any_session, who.author)
    rows = list_posts(any_session, 1, NOW + DAY).rows
    assert [(one.kind, one.number) for one in rows] == [
        ("tip", 6),
        ("tip", 2),
        ("law", 4),
        ("notice", 5),
        ("story", 1),
        ("milestone", 3),
    ]
    assert dict(rows[0].titles) == post_text().title
    assert [one.number for one in newest_tips(any_session, NOW + DAY)] == [6, 4, 2]
    assert sorted(listed_numbers(any_session, NOW + DAY)) == [1, 2, 3, 4, 5, 6]


def test_past_its_day_it_can_be_read_and_stands_in_no_list(any_session: Session) -> None:
    who = add_officers(any_session)
    published(any_session, who.author, who.admin, post_text(review_on=date(2026, 12, 10)))
    for day, is_overdue in ((10, False), (11, True)):
        now = NOW.replace(month=12, day=day)
        assert list_posts(any_session, 1, now).total == len(newest_tips(any_session, now)) == (0 if is_overdue else 1)
        assert read_post(any_session, 1, None, now).is_overdue(now.date()) == is_overdue


def test_each_version_stays_at_its_own_number(any_session: Session) -> None:
    who = add_officers(any_session)
    post_id = published(any_session, who.author, who.admin)
    corrected(any_session, post_id, who.author, who.admin, post_text("New", note="the number"), now=NOW + DAY)
    newest, first = read_post(any_session, 1, None, NOW + DAY), read_post(any_session, 1, 1, NOW + DAY)
    assert newest == read_post(any_session, 1, 2, NOW + DAY)
    assert (newest.version, newest.newest, newest.earlier) == (2, 2, ((1, NOW.date()),))
    assert dict(newest.texts)["en"].change_note == "the number"
    assert (first.version, first.newest, first.earlier) == (1, 2, ())
    assert dict(first.texts)["en"].title == post_text().title["en"]
    for number, version in ((2, None), (1, 3), (1, 0)):
        with pytest.raises(Problem, match=r"post\.unknown"):
            read_post(any_session, number, version, NOW + DAY)
    for page in (newest, first):
        assert hashlib.sha256(document_bytes(any_session, 1, page.version)).hexdigest() == page.digest
    with pytest.raises(Problem, match=r"post\.unknown"):
        document_bytes(any_session, 1, 3)


def test_what_waits_or_is_written_on_it_is_nobodys_yet(session: Session) -> None:
    who = add_officers(session)
    draft(session, who.author)
    with pytest.raises(Problem, match=r"post\.unknown"):
        read_post(session, 1, None, NOW)


def test_news_moves_on_with_a_correction(session: Session) -> None:
    who = add_officers(session)
    first, _second = of_kinds(session, who, PostKind.TIP, PostKind.STORY)
    assert [one.number for one in news(session, 9, NOW + DAY)] == [2, 1]
    corrected(session, first, who.author, who.admin, post_text("New", note="x"), now=NOW + DAY)
    told = news(session, 9, NOW + 2 * DAY)
    assert (told[0].number, told[0].published_at, told[0].updated_at) == (1, NOW, NOW + DAY)
    assert len(news(session, 1, NOW + 2 * DAY)) == 1


def add_many(session: Session, who: Officers, count: int) -> None:
    """As rows alone: publishing each would take a minute."""
    post_id = published(session, who.author, who.admin)
    pattern = session.get_one(Post, post_id), session.query(PostVersion).filter_by(post_id=post_id).one()
    columns = [{one.name: getattr(row, one.name) for one in row.__table__.columns} for row in pattern]
    for number in range(2, count + 1):
        session.add(Post(**{**columns[0], "id": post_id + number, "number": number}))
        session.flush()
        session.add(PostVersion(**{**columns[1], "id": columns[1]["id"] + number, "post_id": post_id + number}))
    session.flush()


def test_of_a_thousand_a_page_costs_two_questions(session: Session) -> None:
    add_many(session, add_officers(session), 1_000)
    asked: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *given: asked.append(given[2]))
    first = list_posts(session, 1, NOW)
    last = list_posts(session, 999, NOW)
    assert (len(first.rows), first.total, first.pages, last.page) == (PER_PAGE, 1_000, 50, 50)
    assert (first.rows[0].number, last.rows[-1].number) == (1_000, 1)
    assert len(asked) == 4
    assert len(newest_tips(session, NOW)) == 3
    assert len(asked) == 5

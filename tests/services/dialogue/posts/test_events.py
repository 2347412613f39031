"""Withdrawn, hidden for three days at most, removed by two: what stays of a post in each case."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.dialogue.post import RemovalCause
from app.domain.problem import Problem
from app.models import Account, AuditEntry, PostEvent, PostPicture, PostVersion
from app.services.dialogue.posts.events import (
    ask_removal,
    decline_removal,
    hide_post,
    open_removal,
    remove_post,
    withdraw_post,
)
from app.services.dialogue.posts.pages import PostPage, list_posts, newest_tips, news, read_post
from app.services.dialogue.posts.queries import find_post
from app.services.dialogue.posts.writing import SAME_PICTURE, change_draft, drop_draft
from tests.factories.dialogue.posts import (
    GROUND,
    NOW,
    Officers,
    add_officers,
    corrected,
    draft,
    in_both,
    picture,
    post_text,
    published,
)

HOUR = timedelta(hours=1)
WHY = in_both("नंबर बदल गया।", "The number changed.")


def refused(match: str) -> object:
    return pytest.raises(Problem, match=match)


def shown(session: Session, version: int | None = None, after: timedelta = HOUR) -> PostPage:
    return read_post(session, 1, version, NOW + after)


def listed(session: Session, after: timedelta = HOUR) -> int:
    return list_posts(session, 1, NOW + after).total


@pytest.mark.both_databases
def test_what_is_withdrawn_stays_to_be_read_with_its_reason(any_session: Session) -> None:
    who = add_officers(any_session)
    post_id = published(any_session, who.author, who.admin)
    change_draft(any_session, post_id, post_text("New", note="x"), SAME_PICTURE, GROUND, who.author, NOW)
    with refused(r"post\.wrong"):
        withdraw_post(any_session, post_id, {"hi": "क"}, GROUND.languages, who.admin, NOW)
    with refused(r"account\.not_allowed"):
        withdraw_post(any_session, post_id, WHY, GROUND.languages, who.author, NOW)
    withdraw_post(any_session, post_id, WHY, GROUND.languages, who.admin, NOW)
    page = shown(any_session)
    assert (page.state, dict(page.reason), page.withdrawn_on) == ("withdrawn", WHY, NOW.date())
    assert dict(page.texts)["en"].title == post_text().title["en"]
    assert listed(any_session) == 0
    assert find_post(any_session, post_id, NOW).open is None
    with refused(r"post\.ended"):
        change_draft(any_session, post_id, post_text("New", note="x"), SAME_PICTURE, GROUND, who.author, NOW)
    with refused(r"post\.ended"):
        withdraw_post(any_session, post_id, WHY, GROUND.languages, who.admin, NOW)


@pytest.mark.both_databases
def test_hidden_at_once_by_one_and_back_by_itself(any_session: Session) -> None:
    who = add_officers(any_session)
    post_id = published(any_session, who.author, who.admin)
    until_at = hide_post(any_session, post_id, "somebody is named", who.author, NOW + HOUR)
    assert until_at == NOW + HOUR + timedelta(hours=72)
    last = timedelta(hours=72)
    for after, is_hidden in ((HOUR, True), (last, True), (last + HOUR, False)):
        page = shown(any_session, after=after)
        assert (page.hidden_until is not None, page.texts == ()) == (is_hidden, is_hidden)
        assert listed(any_session, after) == len(newest_tips(any_session, NOW + after)) == (0 if is_hidden else 1)
        assert len(news(any_session, 9, NOW + after)) == (0 if is_hidden else 1)


def test_nobody_hides_twice_what_two_have_approved(session: Session) -> None:
    who = add_officers(session)
    post_id = published(session, who.author, who.admin)
    hide_post(session, post_id, "", who.author, NOW + HOUR)
    for by, after in ((who.author, 2 * HOUR), (who.admin, 80 * HOUR), (who.other_author, 9000 * HOUR)):
        with refused(r"post\.hidden_before"):
            hide_post(session, post_id, "", by, NOW + after)
    # What is approved anew is shown at once, and may be hidden once more; what it corrects stays hidden.
    corrected(session, post_id, who.author, who.admin, post_text("New", note="x"), now=NOW + 2 * HOUR)
    assert shown(session, after=3 * HOUR).hidden_until is None
    assert shown(session, 1, after=3 * HOUR).hidden_until is not None
    hide_post(session, post_id, "", who.author, NOW + 4 * HOUR)
    assert shown(session, after=5 * HOUR).hidden_until is not None


def test_drafts_are_neither_hidden_nor_removed(session: Session) -> None:
    who = add_officers(session)
    post_id = draft(session, who.author)
    with refused(r"post\.not_published"):
        hide_post(session, post_id, "", who.author, NOW)
    with refused(r"post\.not_published"):
        ask_removal(session, post_id, RemovalCause.LAW, "", who.admin, NOW)


def removed(session: Session, who: Officers) -> int:
    text = post_text("A secret title", "A secret body", alt="a secret face")
    post_id = published(session, who.author, who.admin, text, shown=picture())
    newer = post_text("A secret title too", "A secret body too", note="a secret change", alt="a secret face")
    corrected(session, post_id, who.author, who.admin, newer)
    change_draft(
        session, post_id, post_text("A secret draft", note="x", alt="x"), SAME_PICTURE, GROUND, who.author, NOW
    )
    hide_post(session, post_id, "a secret name", who.author, NOW)
    ask_removal(session, post_id, RemovalCause.PERSON, "the secret name", who.admin, NOW)
    remove_post(session, post_id, who.other_admin, NOW + HOUR)
    return post_id


@pytest.mark.both_databases
def test_what_is_removed_leaves_its_days_and_digests_and_not_a_word(any_session: Session) -> None:
    who = add_officers(any_session)
    post_id = removed(any_session, who)
    any_session.expire_all()
    rows = any_session.scalars(select(PostVersion).filter_by(post_id=post_id)).all()
    kept = [
        str(getattr(row, column.name))
        for row in [*rows, *any_session.scalars(select(PostEvent)), *any_session.scalars(select(AuditEntry))]
        for column in row.__table__.columns
    ]
    assert "secret" not in json.dumps(kept)
    assert [len(row.digest or "") for row in rows] == [64, 64]
    assert any_session.scalar(select(func.count()).select_from(PostPicture)) == 0
    page = shown(any_session)
    assert (page.state, page.cause, page.texts, page.picture) == ("removed", "person", (), None)
    assert page.removed_on == NOW.date()
    assert shown(any_session, 1).state == "removed"
    assert listed(any_session) == 0
    (told,) = news(any_session, 9, NOW + HOUR)
    assert (told.number, told.titles, told.updated_at) == (1, {}, NOW + HOUR)
    with refused(r"post\.ended"):
        hide_post(any_session, post_id, "", who.admin, NOW)
    with refused(r"post\.not_draft"):
        drop_draft(any_session, post_id, who.author, NOW)


def test_two_state_administrators_remove(session: Session) -> None:
    who = add_officers(session)
    post_id = published(session, who.author, who.admin)
    for by in (who.author, who.district_head):
        with refused(r"account\.not_allowed"):
            ask_removal(session, post_id, RemovalCause.LAW, "", by, NOW)
    with refused(r"post\.no_removal_asked"):
        remove_post(session, post_id, who.admin, NOW)
    ask_removal(session, post_id, RemovalCause.LAW, "", who.admin, NOW)
    with refused(r"post\.removal_asked"):
        ask_removal(session, post_id, RemovalCause.LAW, "", who.other_admin, NOW)
    with refused(r"post\.removal_own"):
        remove_post(session, post_id, who.admin, NOW)
    assert dict(shown(session).texts)
    decline_removal(session, post_id, who.other_admin, NOW)
    assert open_removal(session, post_id) is None
    with refused(r"post\.no_removal_asked"):
        remove_post(session, post_id, who.other_admin, NOW)


def test_who_asked_and_was_disabled_since_removes_nothing(session: Session) -> None:
    who = add_officers(session)
    post_id = published(session, who.author, who.admin)
    ask_removal(session, post_id, RemovalCause.LAW, "", who.admin, NOW)
    session.get_one(Account, who.admin).disabled_at = NOW
    session.flush()
    with refused(r"post\.removal_asker_gone"):
        remove_post(session, post_id, who.other_admin, NOW)


def test_a_picture_that_another_post_shows_stays(session: Session) -> None:
    who = add_officers(session)
    removed(session, who)
    text = post_text(alt="a phone")
    published(session, who.author, who.admin, text, shown=picture())
    gone = published(session, who.author, who.admin, text, shown=picture())
    ask_removal(session, gone, RemovalCause.LAW, "", who.admin, NOW)
    remove_post(session, gone, who.other_admin, NOW)
    assert session.scalar(select(func.count()).select_from(PostPicture)) == 1

"""The database and the rules say the same of what is hidden."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import PostVersion
from app.services.dialogue.posts.events import hide_post
from app.services.dialogue.posts.hidings import hidings_of, is_hidden
from tests.factories.dialogue.posts import NOW, add_officers, corrected, post_text, published

HOUR = timedelta(hours=1)


def test_a_condition_in_sql_and_a_rule_agree_at_every_moment(any_session: Session) -> None:
    who = add_officers(any_session)
    post_id = published(any_session, who.author, who.admin)
    hide_post(any_session, post_id, "", who.author, NOW + HOUR)
    corrected(any_session, post_id, who.author, who.admin, post_text("New", note="x"), now=NOW + 2 * HOUR)
    (hiding,) = hidings_of(any_session, post_id)
    versions = any_session.scalars(select(PostVersion).filter_by(post_id=post_id)).all()
    for hours in (1, 2, 3, 72, 73, 74):
        now = NOW + hours * HOUR
        found = set(any_session.scalars(select(PostVersion.number).where(is_hidden(now))))
        assert found == {one.number for one in versions if one.published_at and hiding.covers(one.published_at, now)}
        assert (1 in found) == (hours < 73)

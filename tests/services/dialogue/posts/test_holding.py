"""Who may do something about a post is asked at that moment, and not when a page was opened."""

import pytest
from sqlalchemy.orm import Session

from app.domain.dialogue.post_state import VersionState
from app.domain.problem import Problem
from app.services.dialogue.posts.holding import hold_post, open_version
from tests.factories.dialogue.posts import add_officers, published, waiting


def test_one_version_is_open_at_a_time(any_session: Session) -> None:
    who = add_officers(any_session)
    post = hold_post(any_session, waiting(any_session, who.author))
    assert open_version(any_session, post, VersionState.WAITING).number == 1
    with pytest.raises(Problem, match=r"post\.not_draft"):
        open_version(any_session, post, VersionState.DRAFT)
    done = hold_post(any_session, published(any_session, who.author, who.admin))
    with pytest.raises(Problem, match=r"post\.not_waiting"):
        open_version(any_session, done, VersionState.WAITING)
    with pytest.raises(Problem, match=r"post\.unknown"):
        hold_post(any_session, 9_999)

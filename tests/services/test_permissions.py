"""What an account may do is asked at the moment at which it is done."""

import pytest
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.problem import Problem
from app.models import Account
from app.services.permissions import require_may
from tests.factories.dialogue.posts import NOW, add_officers


def test_an_account_as_it_is_now(any_session: Session) -> None:
    who = add_officers(any_session)
    assert require_may(any_session, who.admin, Permission.REMOVE).username == "admin"
    for account_id in (who.author, who.district_head, 9_999):
        with pytest.raises(Problem, match=r"account\.not_allowed"):
            require_may(any_session, account_id, Permission.REMOVE)
    any_session.get_one(Account, who.admin).disabled_at = NOW
    any_session.flush()
    with pytest.raises(Problem, match=r"account\.not_allowed"):
        require_may(any_session, who.admin, Permission.REMOVE)

"""What an account may do at the moment at which it is done: it may have been switched off since it opened the page."""

from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission, Role
from app.domain.problem import Problem, ProblemType
from app.models import Account

NOT_ALLOWED = ProblemType("account.not_allowed", 403, "Your account may not do this.")


def require_may(session: Session, account_id: int | None, permission: Permission) -> Account:
    """The account, read anew. Problem `account.not_allowed`."""
    account = None if account_id is None else session.get(Account, account_id, populate_existing=True)
    if account is None or account.disabled_at is not None or not Role(account.role).may(permission):
        raise Problem(NOT_ALLOWED)
    return account

"""Accounts: what a user name looks like, which place fits a role, and how the subject refuses."""

import re
from dataclasses import dataclass

from app.domain.accounts.role import Permission, Role
from app.domain.places.place import PlaceKind
from app.domain.problem import Problem, ProblemType

USERNAME_INVALID = ProblemType(
    "account.username_invalid",
    422,
    "A user name has 3 to 40 letters a to z, digits, dots, hyphens or underscores, and begins with a letter or digit.",
)
USERNAME_TAKEN = ProblemType("account.username_taken", 409, "This user name is already in use.")
NAME_INVALID = ProblemType("account.name_invalid", 422, "Write the name of the post, in at most 120 characters.")
LANGUAGE_UNKNOWN = ProblemType("account.language_unknown", 422, "Choose Hindi or English.")
ACCOUNT_UNKNOWN = ProblemType("account.unknown", 404, "There is no such account.")
ACCOUNT_OWN = ProblemType("account.own", 409, "You cannot do this to your own account.")
LAST_ADMINISTRATOR = ProblemType(
    "account.last_administrator", 409, "This is the last state administrator who can sign in. Create another one first."
)
ROLE_PLACE = ProblemType("account.role_place", 422, "This role cannot be bound to a place of this kind.")

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The account behind a request."""

    id: int
    username: str
    name: str
    role: Role
    place_id: int
    language: str
    session_epoch: int
    must_change_password: bool
    #: the role demands a second factor here and the account has none yet
    needs_totp: bool

    def may(self, permission: Permission) -> bool:
        return self.role.may(permission)


def canonical_username(text: str) -> str:
    """The user name as it is stored; Problem `account.username_invalid`."""
    username = fold_username(text)
    if not _USERNAME.fullmatch(username):
        raise Problem(USERNAME_INVALID)
    return username


def fold_username(text: str) -> str:
    """A typed user name as it is looked up: capitals and stray spaces do not matter."""
    return text.strip().lower()


def role_fits(role: Role, kind: PlaceKind, is_root: bool) -> bool:
    """Whether a role may be bound to such a place. A state administrator below the root would rule the whole."""
    local = kind in (PlaceKind.STATION, PlaceKind.OUTPOST)
    if role is Role.STATE_ADMIN:
        return is_root
    if role is Role.STATION_HEAD:
        return local
    return not (role is Role.DISTRICT_HEAD and local)

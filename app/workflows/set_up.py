"""Setting up an installation: the department, its first place, its first administrator."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.accounts.role import Role
from app.domain.installation.helplines import COUNTRY_HELPLINES
from app.domain.places.place import BilingualName, PlaceKind
from app.domain.problem import Problem, ProblemType
from app.domain.weeks import day_of
from app.formats.crypto.passwords import PasswordHash
from app.models import Department, SigningKey
from app.services.accounts.changes import NewAccount, create_account
from app.services.installation.sealing_keys import record_sealing_keys
from app.services.installation.settings import DepartmentSettings, save_settings
from app.services.places.changes import add_place

SET_UP = ProblemType("installation.set_up", 409, "This installation has been set up already.")


@dataclass(frozen=True, slots=True)
class NewInstallation:
    name: BilingualName
    host: str
    state: BilingualName
    state_code: str
    username: str


def is_set_up(session: Session) -> bool:
    return session.get(Department, 1) is not None


def set_up(
    session: Session,
    new: NewInstallation,
    password_hash: PasswordHash,
    *,
    key_id: int,
    sealing_keys: Collection[int],
    now: datetime,
) -> int:
    """Make all of it, in the caller's one transaction; the id of the first administrator."""
    if is_set_up(session):
        raise Problem(SET_UP)
    names = new.name.hi or "", new.name.en or ""
    save_settings(session, DepartmentSettings(*names, new.host, COUNTRY_HELPLINES), None, now)
    session.add(SigningKey(id=key_id, created_on=day_of(now)))
    record_sealing_keys(session, sealing_keys, day_of(now))
    place_id = add_place(
        session, code=new.state_code, kind=PlaceKind.STATE, name=new.state, parent_code=None, actor_id=None, now=now
    )
    account = NewAccount(new.username, "राज्य प्रशासक (State administrator)", Role.STATE_ADMIN, place_id)
    return create_account(session, account, password_hash, None, now)

"""Sealing keys: which there are, since when, and which are old enough to be forgotten.

Their secrets are in the secrets file, which the caller reads and writes; here is what is public about them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problem import Problem, ProblemType
from app.domain.weeks import day_of
from app.models import SealingKey
from app.services.record import audit

#: a device may come back after 90 days; a year and a month leaves room for one that lay in a cupboard
FORGOTTEN_AFTER = timedelta(days=400)
LAST_ID = 255

IDS_USED_UP = ProblemType("keys.sealing_used_up", 409, "All 255 numbers of sealing keys have been used.")


@dataclass(frozen=True, slots=True)
class Rotation:
    added: int
    forgotten: tuple[int, ...]


def record_sealing_keys(session: Session, ids: Collection[int], on: date) -> None:
    """Note the keys that there is no note of yet, as made on this day."""
    session.add_all(SealingKey(id=kid, created_on=on) for kid in sorted(set(ids) - sealing_keys_since(session).keys()))
    session.flush()


def sealing_keys_since(session: Session) -> dict[int, date]:
    """Every key that ever was, and the day it was made."""
    return {key.id: key.created_on for key in session.scalars(select(SealingKey))}


def rotate_sealing_keys(session: Session, held: Collection[int], now: datetime) -> Rotation:
    """Decide on the next key and on those that go, and write both down.

    A number is never given twice, and a key goes once its successor is older than 400 days: until then a
    tablet may still hold answers that were sealed under it.
    """
    today = day_of(now)
    record_sealing_keys(session, held, today)
    since = sealing_keys_since(session)
    added = max(since, default=0) + 1
    if added > LAST_ID:
        raise Problem(IDS_USED_UP)
    record_sealing_keys(session, [added], today)
    rotation = Rotation(added, _outlived({**{kid: since[kid] for kid in held}, added: today}, today))
    details = {"forgotten": list(rotation.forgotten)}
    audit.record(session, "sealing_key.added", f"sealing_key:{added}", None, details, now)
    return rotation


def _outlived(since: Mapping[int, date], today: date) -> tuple[int, ...]:
    return tuple(kid for kid, successor in pairwise(sorted(since)) if today - since[successor] > FORGOTTEN_AFTER)

"""Signing keys: a further one to issue under, and an end to one that leaked.

Their secrets are in the secrets file, which the caller reads and writes; here is what is public about them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.problem import Problem, ProblemType
from app.domain.weeks import day_of, week_of
from app.models import Placement, Redemption, Response, Serial, SigningKey
from app.models.round import is_blind
from app.services.record import audit

LAST_ID = 255

IDS_USED_UP = ProblemType("keys.signing_used_up", 409, "All 256 numbers of signing keys have been used.")
KEY_UNKNOWN = ProblemType("keys.unknown", 404, "There is no signing key %(key)d.")
KEY_NEWEST = ProblemType(
    "keys.newest",
    409,
    "Key %(key)d is the one that codes are issued under. First add another with: samvad keys rotate-signing",
)
CUT_OFF_MOVED = ProblemType(
    "keys.cut_off_moved", 409, "Key %(key)d is cut off from %(before)s on. It can only be moved to an earlier day."
)
CUT_OFF_LATER = ProblemType("keys.cut_off_later", 422, "The day cannot lie in the future.")


@dataclass(frozen=True, slots=True)
class CutOff:
    """What cutting off a key from a day on would do."""

    key_id: int
    since: date
    #: an earlier cut-off of the same key
    before: date | None
    #: codes that are good today, by channel, and how many places they are for
    placements: dict[Channel, int]
    places: int
    #: slips and invitations that somebody may still answer with
    serials: int
    #: stored answers of the weeks from that day's on; what was counted of them stays counted
    responses: dict[date, int]


def record_signing_keys(session: Session, ids: Collection[int], on: date) -> None:
    """Note the keys that there is no note of yet, as made on this day."""
    known = set(session.scalars(select(SigningKey.id)))
    session.add_all(SigningKey(id=key_id, created_on=on) for key_id in sorted(set(ids) - known))
    session.flush()


def add_signing_key(session: Session, held: Collection[int], now: datetime) -> int:
    """The number of a further key. None is given twice; what hangs on walls stays good under the older ones."""
    record_signing_keys(session, held, day_of(now))
    added = max(session.scalars(select(SigningKey.id)), default=-1) + 1
    if added > LAST_ID:
        raise Problem(IDS_USED_UP)
    record_signing_keys(session, [added], day_of(now))
    audit.record(session, "signing_key.added", f"signing_key:{added}", None, {}, now)
    return added


def plan_cut_off(session: Session, key_id: int, since: date, *, newest: int, now: datetime) -> CutOff:
    """What `cut_off` would do. Problems `keys.…`."""
    key = session.get(SigningKey, key_id)
    if key is None:
        raise Problem(KEY_UNKNOWN, key=key_id)
    if key_id == newest:
        raise Problem(KEY_NEWEST, key=key_id)
    if since > day_of(now):
        raise Problem(CUT_OFF_LATER)
    _require_earlier(key, since)
    under = Placement.key_id == key_id
    good = Placement.expires_on.is_(None) | (Placement.expires_on >= day_of(now))
    hanging = under & Placement.retired_at.is_(None) & good
    channels = session.execute(select(Placement.channel, func.count()).where(hanging).group_by(Placement.channel))
    responses = session.execute(
        select(Response.week, func.count())
        .join(Placement, Placement.id == Response.placement_id)
        .where(under, Response.week >= week_of(since), ~is_blind(Response.survey_version_id))
        .group_by(Response.week)
        .order_by(Response.week)
    )
    return CutOff(
        key_id=key_id,
        since=since,
        before=key.cut_off_on,
        placements={Channel(channel): number for channel, number in channels},
        places=session.scalar(select(func.count(Placement.place_id.distinct())).where(hanging)) or 0,
        serials=session.scalar(
            select(func.count())
            .select_from(Serial)
            .join(Placement, Placement.id == Serial.placement_id)
            .where(hanging, Serial.cancelled_on.is_(None))
            .where(Serial.mark.not_in(select(Redemption.mark)))
        )
        or 0,
        responses={row[0]: row[1] for row in responses},
    )


def cut_off(session: Session, plan: CutOff, now: datetime) -> None:
    """Set aside what is answered under the key from the day on. Nothing that is stored changes.

    What was given before that day and arrives later is judged by its arrival: whoever holds the key can sign
    any hour, so a stamp under it proves nothing any more. Problem `keys.cut_off_moved` if somebody else has cut it
    off since, from that day or an earlier one.
    """
    key = session.get_one(SigningKey, plan.key_id, with_for_update=True, populate_existing=True)
    before = key.cut_off_on
    _require_earlier(key, plan.since)
    key.cut_off_on = plan.since
    details = {"since": plan.since.isoformat(), "before": before.isoformat() if before else None}
    audit.record(session, "signing_key.cut_off", f"signing_key:{plan.key_id}", None, details, now)


def _require_earlier(key: SigningKey, since: date) -> None:
    if key.cut_off_on is not None and since >= key.cut_off_on:
        raise Problem(CUT_OFF_MOVED, key=key.id, before=key.cut_off_on)

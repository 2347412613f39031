"""Codes that were issued and ended, as the record tells them: enough to say that a code was never issued, and no more.

Where a code hangs is in somebody's own words and stays out. Of one-time codes packs are told, no numbers or marks.
"""

from collections.abc import Callable
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.record.canonical import Value
from app.domain.record.code_mark import code_mark
from app.domain.weeks import IST, day_of
from app.models import Place, Placement, SlipBatchPart, Survey
from app.services.record.log.entries import NewEntry, is_entered

CODE, RETIRED, COMPROMISED = "code", "code_retired", "code_compromised"
#: as slips are packed
_PACK = 24
_ON_DEVICES = [channel.value for channel in Channel if channel.is_on_device]

Sign = Callable[[Token], str]


def new_codes(session: Session, sign: Sign, most: int, since: date | None = None) -> list[NewEntry]:
    """Codes that are in no entry yet; of those issued since a day, or of all."""
    lately = () if since is None else (Placement.issued_on >= since,)
    rows = (
        select(Placement, Place.code, Survey.slug, SlipBatchPart)
        .join(Place, Place.id == Placement.place_id)
        .join(Survey, Survey.id == Placement.survey_id)
        .outerjoin(SlipBatchPart, SlipBatchPart.placement_id == Placement.id)
        .where(~is_entered(CODE, Placement.id), Placement.channel.not_in(_ON_DEVICES), *lately)
        .order_by(Placement.issued_on, Placement.id)
        .limit(most)
    )
    return [
        NewEntry(
            CODE,
            CODE,
            placement.id,
            {"channel": placement.channel, "place": place, "survey": survey}
            | _own(placement, part, sign)
            | ({"until": placement.expires_on.isoformat()} if placement.expires_on else {}),
        )
        for placement, place, survey, part in session.execute(rows)
    ]


def new_code_ends(session: Session, sign: Sign, most: int, since: date | None = None) -> list[NewEntry]:
    """Codes that were entered and have been retired or taken down; of those retired since a day, or of all.

    Since when one is not safe may lie far back, so of these all are asked for: there are few.
    """
    retired = Placement.retired_at
    lately = retired.is_not(None) if since is None else retired >= datetime.combine(since, time(), IST)
    ended = []
    for about, column, is_ended in (
        (RETIRED, retired, lately),
        (COMPROMISED, Placement.compromised_on, Placement.compromised_on.is_not(None)),
    ):
        rows = (
            select(Placement, SlipBatchPart, Place.code)
            .join(Place, Place.id == Placement.place_id)
            .outerjoin(SlipBatchPart, SlipBatchPart.placement_id == Placement.id)
            .where(is_ended, is_entered(CODE, Placement.id), ~is_entered(about, Placement.id))
            # In the order of an index, or SQLite would read all codes in that of their numbers.
            .order_by(column, Placement.id)
            .limit(most)
        )
        for placement, part, place in session.execute(rows):
            ended_at = placement.compromised_on if about == COMPROMISED else placement.retired_at
            told = {"place": place, "how": about.removeprefix("code_")}
            told |= {"since": _day(ended_at)} if ended_at else {}
            ended.append(NewEntry("code_end", about, placement.id, told | _name(placement, part, sign)))
    return ended


def _own(placement: Placement, part: SlipBatchPart | None, sign: Sign) -> dict[str, Value]:
    if part is not None:
        return {"batch": part.batch_id, "packs": -(-part.size // _PACK)}
    mark: dict[str, Value] = {} if placement.channel == Channel.COUNTER.value else {"mark": _mark(placement, sign)}
    return {**({"number": placement.number} if placement.number else {}), **mark}


def _name(placement: Placement, part: SlipBatchPart | None, sign: Sign) -> dict[str, Value]:
    if part is not None:
        return {"batch": part.batch_id}
    return {"number": placement.number} if placement.number else {"mark": _mark(placement, sign)}


def _mark(placement: Placement, sign: Sign) -> str:
    """Not of a counter: its code changes every minute, and its screen stands under its number."""
    return code_mark(sign(Token(Channel(placement.channel), placement.key_id, placement.id)))


def _day(since: date | datetime) -> str:
    return (day_of(since) if isinstance(since, datetime) else since).isoformat()

"""Drawing from a closed list, once, by a seed that came after it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.draws.case_digests import digest_at
from app.domain.draws.case_list import LIST_UNKNOWN, ListState
from app.domain.draws.draw import (
    DRAW_MISSED,
    DRAW_TOO_EARLY,
    DRAW_UNSIGNED,
    DRAWN_ALREADY,
    NOT_DRAWN,
    positions_of,
)
from app.domain.problem import Problem
from app.domain.weeks import day_of
from app.models import CaseList, Draw
from app.services.draws.case_lists import hold_list
from app.services.draws.draw_queries import ListView, get_list
from app.services.record.audit import record


def require_drawable(session: Session, list_id: int, *, keeps_record: bool, now: datetime) -> ListView:
    """The list; Problems `draw.…` if nothing can be drawn from it now, and `case_list.unknown`.

    Where a public record is kept, the list must stand in it under a signed head that everybody can see: otherwise it
    could be exchanged after the seed is known.
    """
    found = get_list(session, list_id, keeps_record=keeps_record, now=now)
    match found.state:
        case ListState.CLOSED:
            raise Problem(DRAW_TOO_EARLY, day=found.seed_on.isoformat())
        case ListState.UNSIGNED:
            raise Problem(DRAW_UNSIGNED)
        case ListState.MISSED:
            raise Problem(DRAW_MISSED)
        case ListState.DRAWN | ListState.INVITED:
            raise Problem(DRAWN_ALREADY)
    return found


def keep_draw(
    session: Session,
    list_id: int,
    seed: bytes,
    positions: bytes,
    *,
    keeps_record: bool,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Keep what was drawn by a seed: `positions` is the digest of the numbers that it gives. The same problems."""
    hold_list(session, list_id)
    found = require_drawable(session, list_id, keeps_record=keeps_record, now=now)
    session.add(Draw(list_id=list_id, seed=seed, drawn_on=day_of(now), positions=positions))
    session.flush()
    details = {"seed": seed.hex(), "drawn": found.drawn, "positions": positions.hex()}
    record(session, "draw.made", f"case_list:{list_id}", actor_id, details, now)


def drawn_cases(session: Session, list_id: int) -> tuple[bytes, ...]:
    """The digests of those who are asked, in the order of the list; Problems `case_list.unknown`, `draw.missing`."""
    row, draw = session.get(CaseList, list_id), session.get(Draw, list_id)
    if row is None:
        raise Problem(LIST_UNKNOWN)
    if draw is None:
        raise Problem(NOT_DRAWN)
    return tuple(digest_at(row.digests, number) for number in positions_of(draw.seed, row.cases, row.draw))

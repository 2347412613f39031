"""Quiet periods that two accounts have decided."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.installation.quiet_period import BY_DEFAULT, QuietBlock, QuietChoice
from app.models import Place
from app.services.installation.quiet.changes import confirm_quiet, enter_quiet

ORDER = "437/6/MP-LA/2026"


def add_quiet(
    session: Session,
    accounts: tuple[int, int],
    places: Sequence[Place],
    from_at: datetime,
    until_at: datetime,
    *,
    blocks: Collection[QuietBlock] = BY_DEFAULT,
    order: str = ORDER,
    now: datetime | None = None,
) -> int:
    """The id of one that is entered and confirmed, at its beginning unless another moment is given."""
    choice = QuietChoice(order, from_at, until_at, frozenset(place.id for place in places), frozenset(blocks))
    id_ = enter_quiet(session, choice, accounts[0], now or from_at)
    confirm_quiet(session, id_, accounts[1], now or from_at)
    return id_

"""Lists of cases and draws as the record tells them: enough to make each draw anew, and no case."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.quarter import quarter_label
from app.models import CaseList, Draw, Place
from app.services.record.log.entries import NewEntry, is_entered

LIST, DRAW = "list", "draw"


def new_lists(session: Session, today: date, since: date | None = None) -> list[NewEntry]:
    """Lists that are in no entry yet; of those closed since a day, or of all.

    From the day after their seed on they prove nothing any more, and stay out.
    """
    lately = () if since is None else (CaseList.closed_on >= since,)
    rows = (
        select(CaseList, Place.code)
        .join(Place, Place.id == CaseList.place_id)
        .where(CaseList.seed_on >= today, ~is_entered(LIST, CaseList.id), *lately)
        .order_by(CaseList.closed_on, CaseList.id)
    )
    return [
        NewEntry(
            LIST,
            LIST,
            row.id,
            {
                "place": place,
                "quarter": quarter_label(row.quarter),
                "of": row.all_cases,
                "cases": row.cases,
                "contactable": row.contactable,
                "draw": row.draw,
                "decoys": row.decoys,
                "root": row.root.hex(),
                "seed_from": row.seed_from,
                **({"seed_source": row.seed_source} if row.seed_source else {}),
                "seed_on": row.seed_on.isoformat(),
            },
        )
        for row, place in session.execute(rows)
    ]


def new_draws(session: Session, since: date | None = None) -> list[NewEntry]:
    """Draws from lists that are entered, which are in no entry themselves yet; of those made since a day, or of all."""
    lately = () if since is None else (Draw.drawn_on >= since,)
    rows = (
        select(Draw, CaseList, Place.code)
        .join(CaseList, CaseList.id == Draw.list_id)
        .join(Place, Place.id == CaseList.place_id)
        .where(is_entered(LIST, Draw.list_id), ~is_entered(DRAW, Draw.list_id), *lately)
        .order_by(Draw.drawn_on, Draw.list_id)
    )
    return [
        NewEntry(
            DRAW,
            DRAW,
            draw.list_id,
            {
                "place": place,
                "quarter": quarter_label(row.quarter),
                "seed": draw.seed.hex(),
                "drawn": row.draw,
                "positions": draw.positions.hex(),
            },
        )
        for draw, row, place in session.execute(rows)
    ]

"""How far down results are public: read, and decided anew."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.installation.public_results import Depth, PublicResults, decide
from app.domain.weeks import day_of
from app.models import PublicResultsDecision
from app.services.record.audit import record


def public_results(session: Session) -> PublicResults | None:
    """The decision that holds; None while there is none, and nothing is public."""
    return next(iter(decisions(session, limit=1)), None)


def decisions(session: Session, limit: int | None = None) -> list[PublicResults]:
    """Every decision, the newest first: whoever reads results may know when they were opened and closed."""
    rows = session.scalars(select(PublicResultsDecision).order_by(PublicResultsDecision.id.desc()).limit(limit))
    return [PublicResults(Depth(row.depth), row.decided_on, row.from_on) for row in rows]


def decide_public_results(
    session: Session, depth: Depth, from_on: date, actor_id: int | None, now: datetime
) -> PublicResults:
    """Let it hold from a day on. Nothing is written if it holds already. Problem `results.from_day_past`."""
    made, before = decide(depth, from_on, day_of(now)), public_results(session)
    if before is None or (before.depth, before.from_on) != (made.depth, made.from_on):
        columns = {"depth": made.depth.value, "decided_on": made.decided_on, "from_on": made.from_on}
        session.add(PublicResultsDecision(**columns, account_id=actor_id))
        session.flush()
        details = {"depth": made.depth.value, "from": made.from_on.isoformat()}
        record(session, "results.opened", "department", actor_id, details, now)
    return made

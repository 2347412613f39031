"""The jobs themselves. Each may run at any time, twice, or on two machines at once: the services see to that."""

from datetime import UTC, datetime
from pathlib import Path

from flask import current_app

from app.domain.weeks import day_of
from app.services.codes.counter_slots import forget_slots
from app.services.figures.releases import publish_releases
from app.services.figures.tallies import FOLD_LIMIT, fold_marks
from app.services.held_files import forget_held_files
from app.services.responses.arrivals import forget_arrivals
from app.transaction import empty_log, transaction


def fold() -> None:
    """Bring live counts up to date, a transaction at a time, so that answers are let in between."""
    marks = FOLD_LIMIT
    while marks == FOLD_LIMIT:
        with transaction() as session:
            marks = fold_marks(session).marks


def publish() -> None:
    """Publish what has come to ten."""
    with transaction() as session:
        publish_releases(session, datetime.now(UTC))


def forget() -> None:
    """Empty what is kept for 72 hours or for one hour only, and what can no longer matter."""
    now = datetime.now(UTC)
    with transaction() as session:
        forget_arrivals(session, now)
        forget_slots(session, day_of(now))
    empty_log()
    forget_held_files(Path(current_app.instance_path), now)

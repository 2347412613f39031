"""Making editions: of all places on their Monday, a hundred in a transaction, shown together when all are there."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.figures.editions.days import day_to_make, day_to_show, shown_at
from app.domain.problem import Problem
from app.models import EditionDay
from app.services.dialogue.open_data.kept_tables import kept_editions, kept_year
from app.services.dialogue.open_data.scope import scope_at
from app.services.figures.editions.holding import hold_back
from app.services.figures.editions.making import ground_of, make_edition, newest_release_id, places_with_news
from app.services.locks import Job
from app.services.places.changes import give_pages
from app.services.record.editions import keep_edition
from app.transaction import reading, transaction
from app.upkeep import alone, let_others_in

#: places whose editions are kept in one transaction
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Made:
    """The Monday whose editions are there now, and how many this run has made."""

    due_on: date
    editions: int


def make_editions(now: datetime) -> list[Made]:
    """Make what is due, and first what an earlier run has left unfinished. Nothing if it has been done."""
    made = []
    with alone(Job.EDITIONS) as is_alone:
        while is_alone and (day := _day_to_do(now)) is not None:
            made.append(_make(day, now))
    return made


def make_tables(instance: Path, now: datetime) -> None:
    """The tables of what is shown now and of what will be at the next hour, before anybody asks for them.

    Whoever asks makes what is missing; of a large department that would be a minute.
    """
    for moment in sorted({now, max(now, shown_at(day_to_make(now)))}):
        with reading() as session:
            scope = scope_at(session, moment)
            # Somebody makes them already.
            with suppress(Problem):
                for year in scope.years:
                    kept_year(session, instance, year, scope)
                if scope.years:
                    kept_editions(session, instance, scope)


def _day_to_do(now: datetime) -> date | None:
    """The oldest day that is not finished; else the one that is due, begun with this; None if nothing is to be done."""
    with reading() as session:
        unfinished = _oldest_unfinished(session)
        days = set(session.scalars(select(EditionDay.due_on)))
    # The first ones of all are shown at once: they take the place of what everybody could read until now.
    due = day_to_make(now) if days else day_to_show(now)
    if unfinished is not None or due in days:
        return unfinished
    # Nobody publishes meanwhile, so that all are made of whole runs.
    with alone(Job.PUBLISH) as is_alone:
        if not is_alone:
            return None
        with transaction() as session:
            # An earlier version, which served until the upgrade was done, knows of no addresses.
            give_pages(session)
            last = newest_release_id(session)
            session.add(EditionDay(due_on=due, last_release_id=last, is_opening=not days))
    return due


def _oldest_unfinished(session: Session) -> date | None:
    days = select(EditionDay.due_on).where(EditionDay.finished_at.is_(None))
    return session.scalar(days.order_by(EditionDay.due_on).limit(1))


def _make(due_on: date, now: datetime) -> Made:
    with reading() as session:
        day = session.get_one(EditionDay, due_on)
        ground = ground_of(session, due_on, day.last_release_id, opening=day.is_opening)
        places = places_with_news(session, ground)
    kept = 0
    for start in range(0, len(places), AT_ONCE):
        with reading() as session:
            new = [
                edition
                for place in places[start : start + AT_ONCE]
                if (edition := make_edition(session, place, ground))
            ]
        if new:
            let_others_in()
            with transaction() as session:
                for edition in new:
                    keep_edition(session, edition, now)
            kept += len(new)
    with transaction() as session:
        day = session.get_one(EditionDay, due_on)
        day.finished_at = now
        hold_back(session, day, now)
    return Made(due_on, kept)

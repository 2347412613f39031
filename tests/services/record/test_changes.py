"""What is remembered is remembered until anything changes."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.domain.places.place import BilingualName
from app.models import EditionDay
from app.services.places.changes import rename_place
from app.services.record.changes import last_changes
from tests.factories.figures.desk import NOW, Desk
from tests.services.figures.editions.test_making import DUE, freeze


def test_it_moves_on_with_every_change_and_with_nothing_else(any_session: Session) -> None:
    assert last_changes(any_session) == (None, None, None)
    desk = Desk(any_session)
    desk.answer([{"overall": 4}] * 40)
    desk.report()
    before = last_changes(any_session)
    rename_place(any_session, desk.station.id, BilingualName("थाना नया", "New"), None, NOW)
    renamed = last_changes(any_session)
    assert renamed != before
    assert freeze(any_session, desk.station.id) is not None
    frozen = last_changes(any_session)
    assert frozen != renamed
    any_session.add(EditionDay(due_on=DUE + timedelta(days=7), last_release_id=0))
    any_session.flush()
    begun = last_changes(any_session)
    # A day that is begun is not shown yet, and its end is a change of its own.
    any_session.get_one(EditionDay, DUE + timedelta(days=7)).finished_at = NOW + timedelta(days=7)
    any_session.flush()
    assert last_changes(any_session) != begun
    desk.answer([{"overall": 1}] * 9, week=1)
    finished = last_changes(any_session)
    assert last_changes(any_session) == finished

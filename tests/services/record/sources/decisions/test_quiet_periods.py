"""Quiet periods in the record: once when they are decided, once more when they end before their day."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.installation.quiet_period import BY_DEFAULT, QuietChoice
from app.domain.weeks import IST
from app.services.installation.quiet.changes import confirm_end, confirm_quiet, enter_quiet, propose_end
from app.services.record.log.entries import enter
from app.services.record.sources.decisions.quiet_periods import new_quiet_periods
from tests.factories import add_place
from tests.factories.responses.policies import two_accounts

NOW = datetime(2026, 12, 1, 8, tzinfo=IST)


def test_it_is_told_once_it_is_decided_and_once_when_it_is_ended(any_session: Session) -> None:
    session = any_session
    place = add_place(session, kind="district", code="D-ड़")
    two = two_accounts(session, place)
    choice = QuietChoice("437/6", NOW, NOW + timedelta(days=8, hours=10), frozenset({place.id}), BY_DEFAULT)
    id_ = enter_quiet(session, choice, two[0], NOW)
    assert new_quiet_periods(session) == []
    confirm_quiet(session, id_, two[1], NOW)
    (told,) = new_quiet_periods(session)
    assert (told.type, told.content["what"]) == ("quiet", "entered")
    assert told.content["subject"] == {
        "number": id_,
        "order": "437/6",
        "from": "2026-12-01T08:00+05:30",
        "until": "2026-12-09T18:00+05:30",
        # Composed letters, whatever the list of places had.
        "places": ["D-ड़"],
        "blocks": ["commitments", "kits", "milestones", "round_results", "rounds", "stories"],
    }
    enter(session, [told], NOW.date())
    propose_end(session, id_, two[0], NOW)
    assert new_quiet_periods(session) == []
    confirm_end(session, id_, two[1], NOW + timedelta(days=2))
    (ended,) = new_quiet_periods(session)
    assert (ended.type, ended.content["what"]) == ("quiet", "ended")
    assert ended.content["subject"] == {"number": id_, "order": "437/6", "until": "2026-12-03T08:00+05:30"}
    enter(session, [ended], NOW.date())
    assert new_quiet_periods(session) == []

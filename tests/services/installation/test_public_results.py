from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.domain.installation.public_results import Depth
from app.services.installation.public_results import decide_public_results, decisions, public_results

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)


def test_the_newest_decision_holds_and_all_are_told(any_session: Session) -> None:
    assert public_results(any_session) is None
    decide_public_results(any_session, Depth.STATION, date(2026, 12, 7), None, NOW)
    decide_public_results(any_session, Depth.STATION, date(2026, 12, 7), None, NOW)
    decide_public_results(any_session, Depth.NONE, date(2026, 12, 1), None, NOW)
    found = decisions(any_session)
    assert [(one.depth, one.from_on.day) for one in found] == [(Depth.NONE, 1), (Depth.STATION, 7)]
    assert public_results(any_session) == found[0]

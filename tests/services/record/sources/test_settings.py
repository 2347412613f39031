"""What the department decides about what everybody may read stands in the record, each time."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.domain.installation.public_results import Depth
from app.services.installation.public_results import decide_public_results
from app.services.record.log.entries import enter
from app.services.record.sources.settings import new_settings

DAY = date(2026, 6, 15)


def test_every_decision_is_told(session: Session) -> None:
    now = datetime(2026, 6, 15, 6, tzinfo=UTC)
    for depth in (Depth.STATION, Depth.NONE):
        decide_public_results(session, depth, DAY, None, now)
    told = new_settings(session)
    assert [entry.content["value"] for entry in told] == ["station", "none"]
    assert {(entry.content["what"], entry.content["since"]) for entry in told} == {("results", "2026-06-15")}
    enter(session, told, DAY)
    assert new_settings(session) == []

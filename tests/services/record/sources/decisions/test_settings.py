"""What the department decides about what everybody may read stands in the record, each time."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.domain.installation.public_results import Depth
from app.formats.record.notes import RecordKey
from app.services.installation.public_results import decide_public_results
from app.services.record.log.entries import enter
from app.services.record.sources.decisions.settings import new_receipt_key, new_settings, was_decided_since_monday

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


def test_a_key_of_receipts_is_told_once_and_another_one_again(session: Session) -> None:
    told = []
    for seed in (1, 1, 2, 1):
        new = new_receipt_key(session, RecordKey("example.in/r/record", bytes([seed]) * 32), DAY)
        enter(session, new, DAY)
        told += [entry.content for entry in new]
    assert [(content["what"], content["since"]) for content in told] == [("receipt_key", "2026-06-15")] * 2
    assert len({content["value"] for content in told}) == 2
    assert all(str(content["value"]).startswith("example.in/r/receipts+") for content in told)
    # It opens nothing.
    assert not was_decided_since_monday(session)

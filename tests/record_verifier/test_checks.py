"""A check by telephone that headquarters imported, as a stranger reads it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask

from app.config import Settings
from app.jobs.record.keeping import keep_record
from app.models import CallCheck, Department
from app.transaction import transaction
from app.workflows.record.export import export_record
from tests.factories import add_place
from tests.factories.record.department import entries
from tests.record_verifier import verifier
from tests.record_verifier.test_agreement import VKEY

NOW = datetime(2026, 11, 23, 17, 35, tzinfo=UTC)


@pytest.mark.both_databases
def test_nothing_is_wrong_with_a_check(
    app: Flask, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = {"checked": 20, "unconfirmed": 1, "silent_asked": 0, "silent_good": 0}
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police"))
        place_id = add_place(session, code="S-1").id
        session.add(CallCheck(place_id=place_id, quarter=date(2026, 10, 1), **numbers))
    keep_record(settings, NOW)
    with transaction() as session:
        session.query(CallCheck).update({"checked": 24})
    keep_record(settings, NOW)
    export_record(tmp_path / "copy", NOW)
    assert verifier.main([str(tmp_path / "copy"), *VKEY]) == 0
    assert "nothing wrong" in capsys.readouterr().out
    told = [entry for entry in entries() if entry["type"] == "check"]
    assert told == [
        {
            "v": 1,
            "type": "check",
            "on": "2026-11-23",
            "place": "S-1",
            "class": "sampled",
            "quarter": "2026-Q4",
            "label": "confirmed",
        }
    ]

"""The correction of an edition: a second one beside the first, and a line in the audit trail."""

import json
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.domain.problem import Problem
from app.models import AuditEntry, Edition
from app.transaction import reading, transaction
from app.workflows.editions.correction import correct_newest
from tests.factories.figures.desk import Desk
from tests.services.figures.editions.test_making import freeze

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
REASON = {"hi": "गिनती में ग़लती थी।", "en": "One block was counted twice."}


def test_the_trail_names_the_new_one_by_its_fingerprint(app: Flask) -> None:
    with transaction() as session:
        desk = Desk(session)
        desk.answer([{"overall": 4}] * 40)
        desk.report()
        code = desk.station.code
        wrong = freeze(session, desk.station.id, date(2026, 11, 23))
    assert wrong is not None
    kept = correct_newest(code, "error", REASON, NOW, even_the_same=True)
    assert (kept.number, kept.cause, kept.reason) == (2, "error", REASON)
    assert kept.digest != wrong.digest
    with reading() as session:
        (entry,) = session.query(AuditEntry).filter_by(action="edition.corrected")
        details = json.loads(entry.details)
    assert (details["digest"], details["number"]) == (kept.digest, 2)


def test_one_that_changes_no_figure_has_to_be_meant(app: Flask) -> None:
    """A figure that differs is enough; the number and the fingerprints before it always do."""
    with transaction() as session:
        desk = Desk(session)
        desk.answer([{"overall": 4}] * 40)
        desk.report()
        code = desk.station.code
        freeze(session, desk.station.id, date(2026, 11, 23))
    with pytest.raises(Problem) as refused:
        correct_newest(code, "error", REASON, NOW)
    assert refused.value.code == "edition.nothing_changes"
    with transaction() as session:
        edition = session.query(Edition).one()
        document = json.loads(edition.document)
        document["surveys"][0]["sections"][0]["responses"] += 5
        edition.document = json.dumps(document)
    assert correct_newest(code, "error", REASON, NOW).number == 2


def test_there_is_nothing_to_correct_where_there_is_no_edition(app: Flask) -> None:
    with transaction() as session:
        code = Desk(session).station.code
    with pytest.raises(Problem) as refused:
        correct_newest(code, "error", REASON, NOW)
    assert refused.value.code == "edition.unknown"

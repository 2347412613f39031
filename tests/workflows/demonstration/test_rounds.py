"""The demonstration shows a poll with its results and a quiz that is announced; too short a one the quiz alone."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from app.config import Settings
from app.services.surveys.round_queries import document_of, public_rounds
from app.transaction import reading
from app.workflows.demonstration.demonstration import make_demonstration
from app.workflows.demonstration.department import DemoSize

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("weeks", "told"), [(5, [("quiz", "announced"), ("poll", "published")]), (2, [("quiz", "announced")])]
)
def test_both_ends_of_a_round_can_be_looked_at(
    app: Flask, settings: Settings, weeks: int, told: list[tuple[str, str]]
) -> None:
    make_demonstration(settings, DemoSize(stations_per_district=1, weeks=weeks), NOW, lambda _: None)
    with reading() as session:
        rounds = public_rounds(session, NOW)
        assert [(one.kind.value, one.state.value) for one in rounds] == told
        if len(told) > 1:
            assert '"percent":' in (document_of(session, rounds[-1]) or "")

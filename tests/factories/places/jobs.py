"""Rows of jobs, for tests that ask no service for one."""

import secrets
from datetime import UTC, date, datetime

from app.domain.installation.job import JobKind, JobState
from app.models import Job


def a_job(place_id: int) -> Job:
    """One that waits, about October 2026; not added yet."""
    return Job(
        kind=JobKind.REPORTS.value,
        place_id=place_id,
        from_on=date(2026, 10, 1),
        until_on=date(2026, 10, 31),
        languages="hi en",
        state=JobState.WAITING.value,
        made_at=datetime(2026, 11, 2, 6, tzinfo=UTC),
        folder=secrets.token_hex(16),
    )

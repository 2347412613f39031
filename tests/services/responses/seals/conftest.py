"""Answers that were sent and sealed, and what an attacker may do with the database."""

from collections.abc import Callable
from uuid import UUID

import pytest

from app.jobs.record.sealing import seal_all
from app.models import Placement, SurveyVersion
from tests.services.responses.sending import incoming, send

Send = Callable[[int], list[UUID]]


@pytest.fixture
def sent(posted: tuple[Placement, SurveyVersion]) -> Send:
    """`sent(12)`: so many answers, sealed; their ids."""

    def make(number: int) -> list[UUID]:
        batch = [incoming(posted, {"respect": 1 + at % 5, "heard": 3}) for at in range(number)]
        send(*batch)
        seal_all()
        return [item.id for item in batch]

    return make

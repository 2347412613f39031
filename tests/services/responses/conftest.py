"""A poster that responses come from."""

import pytest
from flask import Flask

from app.models import Placement, SurveyVersion
from app.transaction import transaction
from tests.factories import add_place, add_placement, add_survey


@pytest.fixture
def posted(app: Flask, database: str) -> tuple[Placement, SurveyVersion]:
    with transaction() as session:
        version = add_survey(session)
        return add_placement(session, add_place(session), version), version

"""A code to open and answer, without a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.surveys.survey import SurveyDefinition
from app.models import Placement
from app.transaction import transaction
from app.web.context import context
from tests.factories.codes.placements import add_placement
from tests.factories.places.places import add_place
from tests.factories.surveys.surveys import VISIT, add_survey


@pytest.fixture
def issue(app: Flask) -> Callable[..., tuple[str, Placement]]:
    """`issue(definition, **placement)` gives the path of a new code and its placement."""

    def make(content: SurveyDefinition = VISIT, *, survey: dict[str, Any] | None = None, **more: Any) -> Any:
        with transaction() as session:
            version = add_survey(session, content, **(survey or {}))
            placement = add_placement(session, add_place(session), version, **more)
        token = Token(Channel.POSTER, placement.key_id, placement.id)
        return f"/s/{context().tokens.sign(token).lower()}", placement

    return make

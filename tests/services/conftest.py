"""An application without pages, and what lies beside what a test asks for: answers to be left out of a count."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.base import create_base
from app.config import Settings
from app.models import Place, SurveyVersion
from app.web.context import register_context
from tests.factories import add_place, add_responses, add_survey

Noise = Callable[[Place, SurveyVersion, date], None]


@pytest.fixture
def make_app() -> Callable[[Settings], Flask]:
    """As commands and jobs have it, with the signers: adding the pages takes three times as long."""

    def make(settings: Settings) -> Flask:
        app = create_base(settings)
        register_context(app, settings)
        return app

    return make


@pytest.fixture
def noise(session: Session) -> Noise:
    """`noise(place, version, week)`: answers that differ from those to it in one thing: place, survey or year."""

    def make(place: Place, version: SurveyVersion, week: date) -> None:
        year = timedelta(weeks=52)
        beside = [(add_place(session), version, week), (place, add_survey(session), week)]
        beside += [(place, version, week - year), (place, version, week + year)]
        for where, what, when in beside:
            for reasons in ([], ["expired"]):
                add_responses(session, where, what, when, [{"overall": 1, "purpose": "other"}] * 11, reasons=reasons)

    return make

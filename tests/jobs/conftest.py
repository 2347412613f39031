"""A committed tree of places."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.domain.surveys.survey import SurveyDefinition
from app.transaction import transaction
from tests.factories import VISIT
from tests.factories.figures.tree import Tree

Answer = Callable[..., None]


@pytest.fixture
def content() -> SurveyDefinition:
    """What is asked; a file of tests may have its own."""
    return VISIT


@pytest.fixture
def places(app: Flask, database: str, content: SurveyDefinition) -> Tree:
    with transaction() as session:
        return Tree(session, content)


@pytest.fixture
def answer(places: Tree) -> Answer:
    """`answer(place, number, week)`: in a transaction of its own."""

    def give(*args: object, **more: object) -> None:
        with transaction() as session:
            places.session = session
            places.answer(*args, **more)  # type: ignore[arg-type]

    return give

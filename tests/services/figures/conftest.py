"""Places that answers are about."""

import pytest
from sqlalchemy.orm import Session

from tests.factories.figures.desk import Desk
from tests.factories.figures.tree import Tree


@pytest.fixture
def tree(any_session: Session) -> Tree:
    return Tree(any_session)


@pytest.fixture
def desk(any_session: Session) -> Desk:
    return Desk(any_session)

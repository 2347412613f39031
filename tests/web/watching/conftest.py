"""An application whose database stands where the migrations leave it, as every real one does."""

import pytest
from flask import Flask
from sqlalchemy import text

from app.services.installation.schemas import newest_schema
from app.transaction import transaction


@pytest.fixture
def migrated(app: Flask) -> Flask:
    with transaction() as session:
        session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        session.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": newest_schema()})
    return app

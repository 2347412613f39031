"""Fixtures every test may use: settings, an application on a real database, a client, a session."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.config import Mode, Secrets, Settings
from app.extensions import db
from app.factory import create_app
from app.transaction import transaction

SECRETS = Secrets(session=b"s" * 32, audit=b"a" * 32, accounts=b"c" * 32, receipts=b"r" * 32, signing={0: b"k" * 32})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    instance = tmp_path / "instance"
    instance.mkdir(mode=0o700)
    return Settings(
        mode=Mode.TEST,
        instance=instance,
        database_url=os.environ.get("SAMVAD_TEST_DATABASE_URL") or f"sqlite:///{instance / 'samvad.db'}",
        address="http://localhost",
        secrets=SECRETS,
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application on a fresh database, with its context pushed."""
    app = create_app(settings)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        db.metadata.create_all(db.engine)
        yield app
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A write transaction that is committed at the end of the test."""
    with transaction() as session:
        yield session

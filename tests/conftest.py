"""Fixtures every test may use: settings, an application on a real database, a client, a session."""

from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.config import Mode, Settings
from app.extensions import db
from app.factory import create_app
from app.transaction import transaction
from tests.fixtures.secrets import SECRETS

pytest_plugins = [
    f"tests.fixtures.{name}"
    for name in ("accounts", "commands", "compiled", "free_text", "outbox", "postgres", "tables")
]

# A slow machine is no fault of what is tested: nothing here is timed.
hypothesis.settings.register_profile("samvad", deadline=None)
hypothesis.settings.load_profile("samvad")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on both databases if it is marked so or asks for `any_session`."""
    marked = any(metafunc.definition.iter_markers("both_databases"))
    if "database" in metafunc.fixturenames and (marked or "any_session" in metafunc.fixturenames):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    return getattr(request, "param", "sqlite")


@pytest.fixture
def settings(tmp_path: Path, database: str, request: pytest.FixtureRequest) -> Settings:
    """Settings of a test. The database that they name is made by `app`."""
    instance = tmp_path / "instance"
    instance.mkdir(mode=0o700)
    file = f"sqlite:///{instance / 'samvad.db'}"
    return Settings(
        mode=Mode.TEST,
        instance=instance,
        database_url=request.getfixturevalue("postgres_address") if database == "postgresql" else file,
        address="http://localhost",
        secrets=SECRETS,
    )


@pytest.fixture
def make_app() -> Callable[[Settings], Flask]:
    """How the application of a test is made."""
    return create_app


@pytest.fixture
def app(
    settings: Settings,
    make_app: Callable[[Settings], Flask],
    make_tables: Callable[[], None],
    cheap_passwords: None,
) -> Iterator[Flask]:
    """The application on a fresh database, with its context pushed."""
    app = make_app(settings)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        make_tables()
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


@pytest.fixture
def any_session(session: Session) -> Session:
    """The same, once on SQLite and once on PostgreSQL."""
    return session

"""An installation to be saved, and another machine that it comes to."""

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest

from app.config import Settings
from app.extensions import db
from app.factory import create_app
from app.formats.crypto.secret_files import write_secrets
from app.services.installation.backups.backup import Installation
from tests.fixtures.secrets import SECRETS


@pytest.fixture
def installation(settings: Settings) -> Iterator[Installation]:
    """A migrated database with secrets beside it."""
    with create_app(settings).app_context():
        flask_migrate.upgrade()
        for engine in db.engines.values():
            engine.dispose()
    write_secrets(settings.instance / "secrets.json", SECRETS)
    return Installation(settings.instance, settings.database_url)


@pytest.fixture
def second_machine(tmp_path: Path) -> Installation:
    folder = tmp_path / "second" / "instance"
    return Installation(folder, f"sqlite:///{folder / 'samvad.db'}")

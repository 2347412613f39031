from pathlib import Path

import pytest

from app.config import Settings
from app.extensions import db
from app.factory import create_app
from tests.fixtures.commands import Commands


def test_an_installation_starts(commands: Commands, instance: Path) -> None:
    done = commands.start()
    assert (done.status, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"SAMVAD_INSTANCE": "/nowhere"}, "no secrets"),
        ({"SAMVAD_ADDRESS": "http://samvad.example.in"}, "https://"),
    ],
)
def test_a_wrong_start_is_refused_in_one_sentence(
    commands: Commands, instance: Path, wrong: dict[str, str], why: str
) -> None:
    done = commands.start(**wrong)
    assert done.status != 0
    assert why in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_making_the_application_opens_no_database(settings: Settings) -> None:
    """Workers are forked after it is made: a connection that two processes share ruins the database."""
    app = create_app(settings)
    with app.app_context():
        assert [engine.pool.status() for engine in db.engines.values() if engine.pool.checkedin()] == []
    assert not (settings.instance / "samvad.db").exists()

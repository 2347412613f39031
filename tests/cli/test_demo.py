"""samvad demo: whole, invented, private, and the same for the same seed."""

import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.cli import commands
from app.config import Settings
from app.domain.accounts.role import Role
from app.extensions import db
from app.factory import create_app
from app.formats.crypto.passwords import verify_password
from app.models import Account, Department, Place, Placement, Release, Response, Survey, SurveyVersion, Tally, Verdict
from app.services.figures.release_queries import verify_releases
from app.services.responses.screening.verification import verify_verdicts
from app.transaction import reading
from app.workflows.demonstration.demonstration import ACCOUNTS_FILE

SMALL = ["demo", "--stations-per-district", "4", "--weeks", "6"]


class Demo:
    """A folder with a demonstration in it."""

    def __init__(self, instance: Path, *arguments: str) -> None:
        self.instance = instance
        self.environment = {
            "SAMVAD_MODE": "demonstration",
            "SAMVAD_INSTANCE": str(instance),
            "SAMVAD_ADDRESS": "http://127.0.0.1:8000",
            "SAMVAD_DATABASE_URL": "",
        }
        self.result = self.run(*(arguments or SMALL))

    def run(self, *arguments: str, **environment: str) -> Result:
        settings = {**self.environment, **environment}
        info = ScriptInfo(create_app=lambda: create_app(Settings.from_env(settings)))
        return CliRunner(env=settings).invoke(commands, list(arguments), obj=info)

    @property
    def app(self) -> Flask:
        return create_app(Settings.from_env(self.environment))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    made = Demo(tmp_path_factory.mktemp("demo") / "instance")
    assert made.result.exit_code == 0, made.result.output
    return made


@pytest.fixture
def made(demo: Demo) -> Iterator[Session]:
    app = demo.app
    with app.app_context(), reading() as session:
        yield session
        for engine in db.engines.values():
            engine.dispose()


def test_the_department_is_a_demonstration(made: Session) -> None:
    assert made.get(Department, 1).demonstration
    assert made.scalar(select(func.count()).select_from(Place).where(Place.kind == "district")) == 3
    assert made.scalar(select(func.count()).select_from(Place).where(Place.kind == "station")) == 12


def test_every_station_has_posters_and_some_have_links(made: Session) -> None:
    stations = set(made.scalars(select(Place.id).where(Place.kind == "station")))
    posters = set(made.scalars(select(Placement.place_id).where(Placement.channel == "poster")))
    links = set(made.scalars(select(Placement.place_id).where(Placement.channel == "handle")))
    assert posters == stations
    # The state's own are those of a poll and a quiz.
    (state,) = made.scalars(select(Place.id).where(Place.kind == "state"))
    assert {state} < links < {state, *stations}


def test_answers_went_through_the_real_door(made: Session) -> None:
    answers = made.scalar(select(func.count()).select_from(Response))
    assert answers > 100
    assert made.scalar(select(func.count()).select_from(Verdict).where(Verdict.sequence == 1)) == answers
    assert made.scalar(select(func.sum(Tally.responses)).join(Place).where(Place.kind == "state")) == answers
    reasons = {reason for text in made.scalars(select(Verdict.reasons)) for reason in json.loads(text)}
    assert reasons & {"late", "empty", "stamp_missing", "rules_broken"}


def test_a_machine_is_found_and_nobody_else(made: Session) -> None:
    copied = select(func.count()).select_from(Verdict).where(Verdict.reasons == '["copied"]')
    assert 40 <= (made.scalar(copied) or 0) <= 45
    assert verify_verdicts(made).faults == []


def test_results_are_published_and_whole(made: Session) -> None:
    assert made.scalar(select(func.count()).select_from(Release)) > 5
    assert verify_releases(made).faults == []


def test_every_questionnaire_is_published(made: Session) -> None:
    states = select(Survey.kind, SurveyVersion.state).join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
    assert dict(made.execute(states).all()) == dict.fromkeys(("survey", "poll", "quiz"), "published")


def test_there_is_one_account_for_each_role_at_least(made: Session) -> None:
    assert set(made.scalars(select(Account.role))) == {role.value for role in Role}
    assert not any(made.scalars(select(Account.must_change_password)))


def test_the_accounts_file_is_private_and_opens_the_accounts(demo: Demo, made: Session) -> None:
    file = demo.instance / ACCOUNTS_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(demo.instance.stat().st_mode) == 0o700
    rows = re.findall(r"^(\w+)  +(\w{5}(?:-\w{5}){3})  ", file.read_text("utf-8"), re.MULTILINE)
    assert len(rows) == 8
    assert len({password for _, password in rows}) == 8
    hashes = {row.username: row.password_hash for row in made.execute(select(Account.username, Account.password_hash))}
    assert {name for name, _ in rows} == hashes.keys()
    assert all(verify_password(hashes[name], password) for name, password in rows[:2])


def test_a_second_demonstration_is_refused(demo: Demo) -> None:
    again = demo.run(*SMALL)
    assert again.exit_code == 1
    assert "demonstration.not_empty" in again.output


def test_a_real_installation_is_refused(tmp_path: Path, demo: Demo) -> None:
    result = demo.run(*SMALL, SAMVAD_MODE="production", SAMVAD_ADDRESS="https://samvad.example.in")
    assert result.exit_code == 1
    assert "demonstration.mode" in result.output


def test_the_same_seed_gives_the_same_answers(demo: Demo, tmp_path: Path) -> None:
    assert answers_of(demo) == answers_of(Demo(tmp_path / "again"))


def answers_of(demo: Demo) -> list[tuple[object, ...]]:
    with demo.app.app_context(), reading() as session:
        columns = (Response.id, Response.week, Response.channel, Response.language, Response.answers)
        found = [tuple(row) for row in session.execute(select(*columns).order_by(Response.id))]
        for engine in db.engines.values():
            engine.dispose()
    assert found
    return found

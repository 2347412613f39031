"""The list of places: what was looked at is what is done, or nothing is."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.domain.accounts.role import Role
from app.domain.places.import_plan import ImportPlan
from app.domain.places.importing import ImportOptions
from app.domain.problem import Problem
from app.models import Place
from app.services import held_files
from app.services.held_files import HeldKind
from app.transaction import reading
from app.workflows.place_import import import_held_places, import_places
from tests.fixtures.accounts import add_account
from tests.fixtures.faults import failing_commit

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
LIST = "code,kind,name_hi,name_en,parent_code\nSTATE,state,नमूना राज्य,Sample State,\nBPL,district,भोपाल,Bhopal,STATE\n"


def take(text: str = LIST, *, trial: bool = False) -> ImportPlan:
    return import_places(text.encode(), ImportOptions(), now=NOW, trial=trial)


def codes() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(Place.code).order_by(Place.code)))


def test_a_trial_and_a_file_with_problems_change_nothing(app: Flask) -> None:
    assert len(take(trial=True).added) == 2
    assert take(LIST + "X,station,,,BPL\n").problems
    assert codes() == []


def test_a_commit_that_fails_leaves_nothing(app: Flask) -> None:
    with failing_commit(), pytest.raises(OperationalError):
        take()
    assert codes() == []
    assert take().changes == 2
    assert codes() == ["BPL", "STATE"]


class TestHeldFile:
    @pytest.fixture
    def owner(self, app: Flask) -> int:
        return add_account(Role.STATE_ADMIN)

    @pytest.fixture
    def instance(self, app: Flask) -> Path:
        return Path(app.instance_path)

    def apply(self, instance: Path, token: str, owner: int, digest: str) -> ImportPlan:
        return import_held_places(instance, token, ImportOptions(), digest, actor_id=owner, now=NOW)

    def test_it_is_imported_once_and_held_no_more(self, instance: Path, owner: int) -> None:
        digest = take(trial=True).digest
        token = held_files.store(instance, LIST.encode(), kind=HeldKind.PLACES, owner=owner, now=NOW)
        with failing_commit(), pytest.raises(OperationalError):
            self.apply(instance, token, owner, digest)
        assert codes() == ["STATE"]
        assert self.apply(instance, token, owner, digest).changes == 1
        assert codes() == ["BPL", "STATE"]
        with pytest.raises(Problem, match=r"file\.gone"):
            self.apply(instance, token, owner, digest)

    def test_it_is_held_on_if_it_would_not_do_what_was_looked_at(self, instance: Path, owner: int) -> None:
        token = held_files.store(instance, LIST.encode(), kind=HeldKind.PLACES, owner=owner, now=NOW)
        for digest in ("", "another"):
            with pytest.raises(Problem, match=r"place\.import_changed"):
                self.apply(instance, token, owner, digest)
        assert codes() == ["STATE"]
        assert held_files.read(instance, token, kind=HeldKind.PLACES, owner=owner, now=NOW) == LIST.encode()

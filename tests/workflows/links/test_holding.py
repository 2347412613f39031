"""What is made together with a file: both are kept, or none."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.config import Settings
from app.domain.problem import Problem
from app.models import Place
from app.services import held_files
from app.services.held_files import HeldKind
from app.transaction import reading
from app.workflows.links.holding import make_and_hold
from tests.factories import add_place
from tests.fixtures.faults import failing_commit

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def make(session: Session) -> tuple[str, bytes]:
    return add_place(session, code="S-1").code, b"links"


def places() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Place)) or 0


def test_both_are_kept(app: Flask, settings: Settings) -> None:
    made, token = make_and_hold(settings.instance, make, kind=HeldKind.LINKS, owner=1, now=NOW)
    assert (made, places()) == ("S-1", 1)
    assert held_files.read(settings.instance, token, kind=HeldKind.LINKS, owner=1, now=NOW) == b"links"


def test_a_commit_that_fails_leaves_no_file(app: Flask, settings: Settings) -> None:
    with failing_commit(), pytest.raises(OperationalError):
        make_and_hold(settings.instance, make, kind=HeldKind.LINKS, owner=1, now=NOW)
    assert held_files.tokens_of(settings.instance, kind=HeldKind.LINKS, owner=1, now=NOW) == []
    assert places() == 0


def test_a_file_that_finds_no_room_leaves_nothing_made(app: Flask, settings: Settings) -> None:
    (settings.instance / "uploads").write_text("in the way")
    with pytest.raises((Problem, OSError)):
        make_and_hold(settings.instance, make, kind=HeldKind.LINKS, owner=1, now=NOW)
    assert places() == 0

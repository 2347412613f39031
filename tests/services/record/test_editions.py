"""Editions kept: which are shown when, and what is noticed afterwards."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from app.domain.figures.editions.days import Showing
from app.domain.problem import Problem
from app.models import EditionDay, Place
from app.services.record.editions import (
    NewEdition,
    edition_of_day,
    editions_of,
    is_kept,
    keep_edition,
    newest_edition,
    newest_kept,
    newest_shown_day,
    verify_editions,
)
from tests.factories import add_place

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
FIRST, SECOND = date(2026, 11, 23), date(2026, 11, 30)


@pytest.fixture
def place(any_session: Session) -> Place:
    for day in (FIRST, SECOND):
        any_session.add(EditionDay(due_on=day, last_release_id=0, finished_at=NOW))
    any_session.flush()
    return add_place(any_session, code="S-1")


def keep(session: Session, place: Place, due_on: date, number: int = 1) -> str:
    before = newest_kept(session, place.id)
    previous = before.digest if before else None
    text = json.dumps({"due_on": due_on.isoformat(), "number": number, "place": place.code, "previous": previous})
    cause = ("error", {"hi": "ग़लती", "en": "mistake"}) if number > 1 else (None, None)
    return keep_edition(session, NewEdition(place.id, due_on, number, text, previous, (), *cause), NOW).digest


def test_the_newest_of_a_shown_day_in_its_newest_correction(any_session: Session, place: Place) -> None:
    assert newest_edition(any_session, place.id, Showing(SECOND)) is None
    first = keep(any_session, place, FIRST)
    second, corrected = keep(any_session, place, SECOND), keep(any_session, place, SECOND, number=2)
    shown = [newest_edition(any_session, place.id, Showing(day)) for day in (FIRST, SECOND)]
    assert [edition and edition.digest for edition in shown] == [first, corrected]
    all_shown = editions_of(any_session, place.id, Showing(SECOND))
    assert [edition.digest for edition in all_shown] == [corrected, second, first]
    assert shown[1] is not None
    assert (shown[1].cause, shown[1].reason["en"]) == ("error", "mistake")
    assert is_kept(any_session, place.id, SECOND)
    assert verify_editions(any_session).faults == ()


def test_a_day_that_is_not_finished_is_not_shown(any_session: Session, place: Place) -> None:
    keep(any_session, place, SECOND)
    any_session.get_one(EditionDay, SECOND).finished_at = None
    any_session.flush()
    assert newest_shown_day(any_session, SECOND) == FIRST
    assert newest_edition(any_session, place.id, Showing(SECOND)) is None
    with pytest.raises(Problem, match=r"edition\.unknown"):
        edition_of_day(any_session, place.id, SECOND, Showing(SECOND))


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({"previous": "0" * 64}, "it does not follow the edition before it"),
        ({"place": "S-2"}, "its content is that of another place, day or number"),
        ({"due_on": "2026-11-23"}, "its content is that of another place, day or number"),
        ({"number": 2}, "its content is that of another place, day or number"),
    ],
)
def test_one_that_is_not_the_next_of_its_place_is_found(
    any_session: Session, place: Place, document: dict[str, object], fault: str
) -> None:
    before = keep(any_session, place, FIRST)
    whole = {"place": "S-1", "due_on": "2026-11-30", "number": 1, "previous": before, **document}
    keep_edition(any_session, NewEdition(place.id, SECOND, 1, json.dumps(whole), before, ()), NOW)
    assert verify_editions(any_session).faults == (f"S-1 of 2026-11-30, number 1: {fault}",)


@pytest.mark.parametrize("document", ["", "{}", "[]"])
def test_one_that_cannot_be_read_is_found(any_session: Session, place: Place, document: str) -> None:
    keep_edition(any_session, NewEdition(place.id, SECOND, 1, document, None, ()), NOW)
    assert verify_editions(any_session).faults == ("S-1 of 2026-11-30, number 1: its content cannot be read",)

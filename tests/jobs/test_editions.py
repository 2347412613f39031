"""Editions: made on Mondays of what stands then, all or none, once, whatever happens to whoever makes them."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.figures.editions.days import Showing, day_to_show
from app.domain.problem import Problem
from app.domain.weeks import IST
from app.jobs.editions import Made, make_editions, make_tables
from app.models import Arrival, Edition, EditionDay, EditionRelease, Place, Response, SurveyVersion
from app.services.dialogue.open_data.kept_tables import DATA_BUSY
from app.services.figures.editions.print_files import FOLDER, making_alone
from app.services.figures.editions.reports import edition_report
from app.services.figures.releases import publish_releases
from app.services.figures.reports import station_report
from app.services.record.editions import (
    edition_of_day,
    editions_of,
    fingerprint,
    newest_edition,
    newest_shown_day,
    verify_editions,
)
from app.transaction import reading, transaction
from tests.factories import add_place, add_responses, add_survey

pytestmark = pytest.mark.both_databases

WEEK = date(2026, 6, 1)
SEVEN = timedelta(days=7)


def monday(weeks: int, hour: int = 11, minute: int = 0, second: int = 0) -> datetime:
    """So many weeks after the first one that has settled, by the clock of India."""
    day = WEEK + (weeks + 2) * SEVEN
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=IST)


class Department:
    """A district with two stations, and a survey."""

    def __init__(self) -> None:
        with transaction() as session:
            version = add_survey(session, slug="visit")
            district = add_place(session, kind="district", code="D-1")
            stations = [add_place(session, parent=district, code=f"S-{at}") for at in range(2)]
            self.version, self.district = version.id, district.id
            self.stations = [station.id for station in stations]

    def answer(self, week: int, number: int, station: int = 0, overall: int = 4) -> None:
        with transaction() as session:
            version = session.get_one(SurveyVersion, self.version)
            place = session.get_one(Place, self.stations[station])
            add_responses(session, place, version, WEEK + week * SEVEN, [{"overall": overall}] * number)

    def publish(self, now: datetime) -> None:
        with transaction() as session:
            publish_releases(session, now)

    def make(self, now: datetime) -> list[Made]:
        self.publish(now)
        return make_editions(now)


class KilledAt:
    """Raises what a killed process raises when it is called for this time."""

    def __init__(self, call: int) -> None:
        self._left = call

    def __call__(self) -> None:
        self._left -= 1
        if not self._left:
            raise KeyboardInterrupt


@pytest.fixture
def department(app: Flask) -> Department:
    return Department()


def due(weeks: int) -> date:
    return WEEK + (weeks + 2) * SEVEN


def shown(place: int, now: datetime) -> tuple[date, int] | None:
    with reading() as session:
        edition = newest_edition(session, place, Showing(day_to_show(now)))
    return edition and (edition.due_on, edition.number)


def test_a_week_of_editions(department: Department) -> None:
    """Nothing before ten; then all at 11:00, of whoever has news; and nothing twice."""
    station, other = department.stations
    assert department.make(monday(-1)) == [Made(due(-1), 0)]
    department.answer(0, 12)
    assert department.make(monday(0, 9, 59)) == []
    assert department.make(monday(0, 10)) == [Made(due(0), 2)]
    assert department.make(monday(0, 10, 30)) == []
    for place in (station, department.district):
        assert shown(place, monday(0, 10, 59, 59)) is None
        assert shown(place, monday(0, 11)) == (due(0), 1)
    assert shown(other, monday(0, 11)) is None
    # A week later only the other station has something new, and the district above both.
    department.answer(1, 10, station=1)
    assert department.make(monday(1, 10)) == [Made(due(1), 2)]
    assert shown(station, monday(1, 11)) == (due(0), 1)
    assert shown(other, monday(1, 11)) == shown(department.district, monday(1, 11)) == (due(1), 1)
    assert shown(department.district, monday(1, 10, 59, 59)) == (due(0), 1)


def test_the_first_ones_of_all_take_in_everything_and_are_shown_at_once(department: Department) -> None:
    for week in range(3):
        department.answer(week, 15)
    at_any_hour = monday(3, 10, 20) + timedelta(days=3)
    assert department.make(at_any_hour) == [Made(due(3), 2)]
    assert shown(department.stations[0], at_any_hour) == (due(3), 1)
    with reading() as session:
        assert session.get_one(EditionDay, due(3)).is_opening
        assert newest_shown_day(session, day_to_show(at_any_hour)) == due(3)
        taken = session.scalar(select(func.count()).select_from(EditionRelease))
    # Each of the station's blocks once, and the district's one sum of them.
    assert taken == 4


def test_whoever_makes_them_may_be_killed_between_any_two_transactions(
    department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert department.make(monday(-1)) == [Made(due(-1), 0)]
    department.answer(0, 12)
    department.answer(0, 12, station=1)
    monkeypatch.setattr("app.jobs.editions.AT_ONCE", 1)

    department.publish(monday(0, 10))
    for _ in range(2):
        with monkeypatch.context() as broken:
            # The second transaction of a run is not reached.
            broken.setattr("app.jobs.editions.let_others_in", KilledAt(2))
            with pytest.raises(KeyboardInterrupt):
                make_editions(monday(0, 10, 5))
        assert all(shown(place, monday(0, 12)) is None for place in department.stations)
    # What came meanwhile is of a later day.
    department.answer(0, 30)
    department.publish(monday(0, 10, 40))
    (made,) = make_editions(monday(0, 10, 45))
    assert made.due_on == due(0)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Edition)) == 3
        document = newest_edition(session, department.stations[0], Showing(due(0)))
        assert document is not None
        assert json.loads(document.text)["surveys"][0]["sections"][0]["responses"] == 10
        assert verify_editions(session).faults == ()


def test_a_machine_that_was_down_makes_the_due_one_at_its_next_start(department: Department) -> None:
    assert department.make(monday(-1)) == [Made(due(-1), 0)]
    department.answer(0, 12)
    late = monday(0) + timedelta(days=4)
    assert department.make(late) == [Made(due(0), 2)]
    assert shown(department.stations[0], late) == (due(0), 1)
    with reading() as session:
        edition = edition_of_day(session, department.stations[0], due(0), Showing(due(0)))
        assert edition.made_at == late.astimezone(UTC)


def test_an_answer_enters_none_while_its_minute_is_kept(department: Department) -> None:
    """Three of twelve came late, into a week that had settled long ago; the nine others are too few."""
    assert department.make(monday(-1)) == [Made(due(-1), 0)]
    department.answer(0, 12)
    with transaction() as session:
        for one in session.scalars(select(Response).limit(3)):
            arrived = {"arrived_at": monday(0, 9), "placement_id": one.placement_id, "body_digest": b"x" * 32}
            session.add(Arrival(response_id=one.id, **arrived))
    assert department.make(monday(0, 10)) == [Made(due(0), 0)]
    with transaction() as session:
        session.query(Arrival).delete()
    assert department.make(monday(1, 10)) == [Made(due(1), 2)]


def test_an_edition_says_what_a_report_of_its_releases_says(department: Department) -> None:
    for week in range(6):
        department.answer(week, 30 + week, overall=2 + week % 4)
    department.make(monday(6))
    station = department.stations[0]
    with reading() as session:
        edition = newest_edition(session, station, Showing(due(6)))
        assert edition is not None
        frozen = edition_report(session, edition, "visit", due(6))
        live = station_report(session, station, "visit", "all", due(26))
    assert frozen.sections[0].questions == live.sections[0].questions
    assert frozen.sections[0].trends == live.sections[0].trends
    assert frozen.sections[0].set_aside == live.sections[0].set_aside
    assert frozen.sections == live.sections
    assert frozen.digest == fingerprint(edition.text)


def test_nothing_that_comes_later_changes_it(department: Department, app: Flask) -> None:
    department.answer(0, 40)
    department.make(monday(0))
    station = department.stations[0]
    with reading() as session:
        (before,) = editions_of(session, station, Showing(due(0)))
    department.answer(1, 40, overall=1)
    with transaction() as session:
        session.get_one(Place, station).name_en = "Another name"
    department.make(monday(1))
    with reading() as session:
        newest, oldest = editions_of(session, station, Showing(due(1)))
    assert oldest == before
    assert json.loads(newest.text)["previous"] == before.digest
    assert fingerprint(oldest.text) == oldest.digest


def test_a_damaged_one_is_found(department: Department) -> None:
    department.answer(0, 40)
    department.make(monday(0))
    with transaction() as session:
        row = session.scalars(select(Edition)).first()
        assert row is not None
        row.document = row.document.replace('"responses":', '"responses": ')
    with reading() as session:
        (fault,) = verify_editions(session).faults
    assert "does not match its fingerprint" in fault


def test_tables_are_there_before_their_hour_and_nobody_makes_them_twice(department: Department, tmp_path: Path) -> None:
    make_tables(tmp_path, monday(0))
    assert not (tmp_path / FOLDER).exists()
    for week in (0, 1):
        department.answer(week, 20)
        department.publish(monday(week, hour=9))
        make_editions(monday(week, hour=10))
    make_tables(tmp_path, monday(1, hour=10, minute=30))
    made = {file.name for file in (tmp_path / FOLDER).iterdir() if file.suffix == ".gz"}
    assert len(made) == 2 * 5, "those of now, and those of the next hour"
    for file in (tmp_path / FOLDER).iterdir():
        os.utime(file, (1, 1))
    for now in (monday(1, hour=10, minute=35), monday(1), monday(1, hour=23)):
        make_tables(tmp_path, now)
    assert {file.stat().st_mtime for file in (tmp_path / FOLDER).iterdir()} == {1}


def test_tables_that_somebody_else_makes_are_left_to_them(department: Department, tmp_path: Path) -> None:
    department.answer(0, 20)
    department.publish(monday(0, hour=9))
    make_editions(monday(0))
    with making_alone(tmp_path, "lock-tables", Problem(DATA_BUSY)):
        make_tables(tmp_path, monday(0))
    assert [file.name for file in (tmp_path / FOLDER).iterdir()] == ["lock-tables"]

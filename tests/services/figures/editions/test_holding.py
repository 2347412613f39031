"""Editions in a quiet period: made on their day as ever, shown when it ends, whoever reads them."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from app.config import Settings
from app.domain.installation.quiet_period import BY_DEFAULT, QuietBlock, QuietChoice
from app.models import Place
from app.services.figures.editions.holding import held_back, held_days, were_let_go, what_is_shown
from app.services.figures.editions.report_choice import read_report
from app.services.installation.quiet.changes import confirm_end, confirm_quiet, enter_quiet, propose_end
from app.services.record.editions import (
    days_of,
    edition_named,
    newest_edition,
    newest_editions,
    newest_kept,
    shown_editions,
    taken_in,
)
from app.transaction import reading, transaction
from tests.factories.installation.quiet_periods import ORDER, add_quiet
from tests.factories.record.department import RecordedDepartment, monday
from tests.factories.responses.policies import two_accounts

pytestmark = pytest.mark.both_databases
ALL = BY_DEFAULT | {QuietBlock.EDITIONS}
#: from a Wednesday to a Wednesday, so that the third Monday lies in it
FROM, UNTIL = monday(1) + timedelta(days=2), monday(2) + timedelta(days=2)
SECOND = timedelta(seconds=1)


class Held(RecordedDepartment):
    """The department, in two weeks of which a quiet period may be entered."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        with transaction() as session:
            self.two = two_accounts(session, session.get_one(Place, self.district))

    def quiet(self, place: int, from_at: datetime = FROM, until_at: datetime = UNTIL, **more: object) -> int:
        with transaction() as session:
            named = [session.get_one(Place, place)]
            return add_quiet(session, self.two, named, from_at, until_at, **{"blocks": ALL, **more})  # type: ignore[arg-type]

    def end(self, id_: int, at: datetime) -> None:
        with transaction() as session:
            propose_end(session, id_, self.two[0], at)
            confirm_end(session, id_, self.two[1], at)


@pytest.fixture
def department(app: Flask, settings: Settings) -> Held:
    made = Held(settings)
    for week in range(2):
        made.live(week)
    return made


def shown(place: int, now: datetime) -> date | None:
    """The day of what everybody reads at a moment; asked in every way, which must agree."""
    with reading() as session:
        showing = what_is_shown(session, now)
        edition = newest_edition(session, place, showing)
        told = {edition and edition.due_on}
        found = newest_editions(session, [place], showing).get(place)
        told.add(found and found.due_on)
        told.add(next(iter(days_of(session, place, showing)), None))
        report, _ = read_report(session, place, None, None, now)
        told.add(report.edition.due_on if report and report.edition else None)
        newest = newest_kept(session, place)
        assert newest is not None
        is_newest = newest.due_on in told
        assert (edition_named(session, newest.digest, showing) is not None) == is_newest
        digests = {digest for digest, _ in shown_editions(session, ["station", "district"], showing)}
        assert (newest.digest in digests) == is_newest
        assert (taken_in(session, place) == taken_in(session, place, showing)) == is_newest
    (day,) = told
    return day


def test_what_fell_due_is_made_on_its_day_and_shown_at_the_end(department: Held) -> None:
    station, other = department.places
    department.quiet(station)
    department.live(2)
    for place in (station, department.district):
        with reading() as session:
            kept = newest_kept(session, place)
            held = held_back(session, place, monday(2))
        assert kept is not None
        assert held is not None
        assert (held.order, held.shown_from) == (ORDER, UNTIL)
        assert [(one.due_on, one.digest) for one in held.editions] == [(monday(2).date(), kept.digest)]
        assert held.editions[0].made_at == monday(2, 10, 20)
        assert shown(place, monday(2)) == shown(place, UNTIL - SECOND) == monday(1).date()
        assert shown(place, UNTIL) == monday(2).date()
    # What lies beside it is in nobody's way.
    assert shown(other, monday(2)) == monday(2).date()
    with reading() as session:
        assert held_back(session, other, monday(2)) is None
        assert held_back(session, station, UNTIL) is None
        assert [were_let_go(session, monday(2).date(), at) for at in (UNTIL - SECOND, UNTIL)] == [False, True]


def test_editions_go_on_unless_they_are_chosen(department: Held) -> None:
    department.quiet(department.district, blocks=BY_DEFAULT)
    department.live(2)
    assert shown(department.places[0], monday(2)) == monday(2).date()


def test_nothing_that_was_shown_is_taken_back(department: Held) -> None:
    station = department.places[0]
    assert shown(station, FROM - SECOND) == monday(1).date()
    department.quiet(station)
    assert shown(station, FROM) == monday(1).date()
    with reading() as session:
        held = held_back(session, station, FROM)
    assert held is not None
    assert held.editions == ()


def test_an_order_that_comes_when_they_are_made_takes_none_back(department: Held) -> None:
    """Between ten and eleven they stand in the record already as those that everybody reads at eleven."""
    station = department.places[0]
    department.live(2)
    department.quiet(station, monday(2, 10, 40))
    assert shown(station, monday(2)) == monday(2).date()


def test_one_that_is_known_before_holds_what_is_shown_in_it(department: Held) -> None:
    station = department.places[0]
    department.quiet(station, monday(2, 10, 40), now=monday(2, 9))
    department.live(2)
    assert shown(station, monday(2)) == monday(1).date()
    assert shown(station, UNTIL) == monday(2).date()


def test_ended_early_it_lets_go_at_once(department: Held) -> None:
    station = department.places[0]
    id_ = department.quiet(station)
    department.live(2)
    early = monday(2, 12)
    department.end(id_, early)
    assert shown(station, early - SECOND) == monday(1).date()
    assert shown(station, early) == monday(2).date()


def test_ended_before_eleven_it_holds_nothing(department: Held) -> None:
    station = department.places[0]
    id_ = department.quiet(station)
    department.live(2)
    department.end(id_, monday(2, 10, 30))
    assert shown(station, monday(2, 10, 59, 59)) == monday(1).date()
    assert shown(station, monday(2)) == monday(2).date()


def test_of_periods_in_a_row_the_last_end_lets_go(department: Held) -> None:
    station, other = department.places
    department.quiet(station)
    end = UNTIL + timedelta(days=9)
    department.quiet(department.district, UNTIL - timedelta(days=1), end, order="2")
    department.live(2)
    department.live(3)
    # Reached by both, it waits for the later end with all; by the second alone, with what fell due in that.
    assert shown(station, UNTIL) == shown(station, end - SECOND) == monday(1).date()
    assert shown(other, UNTIL) == shown(other, end - SECOND) == monday(2).date()
    with reading() as session:
        held = held_back(session, station, UNTIL)
    assert held is not None
    assert (held.order, held.shown_from) == ("2", end)
    assert [one.due_on for one in held.editions] == [monday(2).date()]
    with reading() as session:
        later = held_back(session, station, end - SECOND)
    assert later is not None
    assert [one.due_on for one in later.editions] == [monday(3).date(), monday(2).date()]
    assert shown(station, end) == shown(other, end) == monday(3).date()


def test_late_ones_are_held_by_when_they_would_be_shown(department: Held) -> None:
    """The machine was down on Monday, before the period began, and made them in it."""
    station = department.places[0]
    department.quiet(station, monday(2, 12))
    with reading() as session:
        assert newest_kept(session, station) is not None
    department.live(2, monday(2, 14))
    assert shown(station, monday(2, 15)) == monday(1).date()
    assert shown(station, UNTIL) == monday(2).date()


def test_what_nobody_confirmed_holds_nothing(department: Held) -> None:
    station = department.places[0]
    with transaction() as session:
        id_ = enter_quiet(session, QuietChoice("1", FROM, UNTIL, frozenset({station}), ALL), department.two[0], FROM)
    department.live(2)
    assert shown(station, monday(2)) == monday(2).date()
    with transaction() as session:
        confirm_quiet(session, id_, department.two[1], monday(2, 12))
    assert shown(station, monday(2, 12)) == monday(2).date()


def test_what_is_made_is_told_by_nobody_before_its_hour(department: Held) -> None:
    station = department.places[0]
    department.quiet(station)
    department.live(2)
    with reading() as session:
        held = held_back(session, station, monday(2) - SECOND)
        assert held is not None
        assert held.editions == ()
        assert held_days(session, monday(2) - SECOND) == []
        assert [day.due_on for day in held_days(session, monday(2))] == [monday(2).date()]


def test_an_order_that_ends_while_they_wait_for_their_hour_lets_them_go(department: Held) -> None:
    station = department.places[0]
    id_ = department.quiet(station)
    department.live(2)
    department.end(id_, monday(2, 10, 50))
    assert shown(station, monday(2)) == monday(2).date()
    with reading() as session:
        assert were_let_go(session, monday(2).date(), monday(2))

"""What is kept quiet: in its places, above and below them, while it lasts, and nothing besides."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.installation.quiet_period import BY_DEFAULT, QuietBlock
from app.domain.problem import Problem
from app.domain.weeks import IST
from app.models import Parentage, Place
from app.services.installation.quiet.changes import confirm_end, propose_end
from app.services.installation.quiet_periods import (
    decided_periods,
    held_until,
    quiet_for,
    refuse_if_quiet,
    scope_of,
)
from tests.factories import add_place
from tests.factories.installation.quiet_periods import ORDER, add_quiet
from tests.factories.responses.policies import two_accounts

pytestmark = pytest.mark.both_databases
FROM = datetime(2026, 12, 1, 8, tzinfo=IST)
UNTIL = datetime(2026, 12, 9, 18, tzinfo=IST)
DURING = datetime(2026, 12, 5, 12, tzinfo=IST)


class House:
    """A state with two districts and a station in each."""

    def __init__(self, session: Session) -> None:
        self.state = add_place(session, kind="state")
        self.here, self.other = (add_place(session, parent=self.state, kind="district") for _ in range(2))
        self.station = add_place(session, parent=self.here, kind="station")
        self.far = add_place(session, parent=self.other, kind="station")
        self.two = two_accounts(session, self.state)


@pytest.fixture
def house(any_session: Session) -> House:
    return House(any_session)


def quiet(session: Session, house: House, places: list[Place], **more: object) -> int:
    return add_quiet(session, house.two, places, FROM, UNTIL, **more)  # type: ignore[arg-type]


def test_a_by_election_binds_its_district_what_lies_below_and_what_lies_above(
    any_session: Session, house: House
) -> None:
    quiet(any_session, house, [house.here])
    (period,) = decided_periods(any_session)
    assert scope_of(any_session, period) == {house.state.id, house.here.id, house.station.id}
    for place in (house.state, house.here, house.station, house.other, house.far):
        found = quiet_for(any_session, QuietBlock.STORIES, place.id, DURING)
        assert (found is not None) == (place.id in scope_of(any_session, period))
    assert quiet_for(any_session, QuietBlock.STORIES, None, DURING) == period


def test_what_is_not_chosen_goes_on(any_session: Session, house: House) -> None:
    quiet(any_session, house, [house.state])
    for what in QuietBlock:
        assert (quiet_for(any_session, what, house.far.id, DURING) is not None) == (what in BY_DEFAULT)


def test_it_holds_from_its_first_moment_and_not_at_its_last(any_session: Session, house: House) -> None:
    quiet(any_session, house, [house.state])
    moment = timedelta(microseconds=1)
    held = [FROM - moment, FROM, UNTIL - moment, UNTIL]
    told = [quiet_for(any_session, QuietBlock.ROUNDS, house.far.id, at) is not None for at in held]
    assert told == [False, True, True, False]
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 9), date(2026, 12, 10)]
    told = [quiet_for(any_session, QuietBlock.ROUNDS, house.far.id, day) is not None for day in days]
    assert told == [False, True, True, False]


def test_a_refusal_names_the_order_and_the_end(any_session: Session, house: House) -> None:
    refuse_if_quiet(any_session, QuietBlock.STORIES, house.here.id, DURING)
    quiet(any_session, house, [house.here])
    with pytest.raises(Problem) as caught:
        refuse_if_quiet(any_session, QuietBlock.STORIES, house.station.id, DURING)
    assert (caught.value.code, caught.value.status) == ("quiet.blocked", 409)
    assert ORDER in caught.value.sentence()
    assert "2026-12-09 18:00" in caught.value.sentence()
    refuse_if_quiet(any_session, QuietBlock.TIPS, house.station.id, DURING)
    refuse_if_quiet(any_session, QuietBlock.STORIES, house.far.id, DURING)
    refuse_if_quiet(any_session, QuietBlock.STORIES, house.station.id, UNTIL)


def test_it_never_reaches_back_before_it_was_confirmed(any_session: Session, house: House) -> None:
    quiet(any_session, house, [house.state], now=DURING)
    assert quiet_for(any_session, QuietBlock.STORIES, house.here.id, DURING - timedelta(minutes=1)) is None
    assert held_until(any_session, QuietBlock.STORIES, house.here.id, FROM) == FROM


def test_of_two_that_overlap_the_later_end_counts(any_session: Session, house: House) -> None:
    quiet(any_session, house, [house.state])
    end = UNTIL + timedelta(days=3)
    add_quiet(any_session, house.two, [house.here], DURING, end, order="2")
    found = quiet_for(any_session, QuietBlock.STORIES, house.here.id, DURING)
    assert found is not None
    assert (found.order, found.ends_at) == ("2", end)
    assert held_until(any_session, QuietBlock.STORIES, house.station.id, FROM) == end
    assert held_until(any_session, QuietBlock.STORIES, house.far.id, FROM) == UNTIL
    assert held_until(any_session, QuietBlock.TIPS, house.far.id, FROM) == FROM


def test_ended_early_it_lets_go_at_that_moment(any_session: Session, house: House) -> None:
    id_ = quiet(any_session, house, [house.state])
    propose_end(any_session, id_, house.two[1], DURING)
    assert quiet_for(any_session, QuietBlock.KITS, house.here.id, DURING) is not None
    confirm_end(any_session, id_, house.two[0], DURING)
    assert quiet_for(any_session, QuietBlock.KITS, house.here.id, DURING) is None
    assert held_until(any_session, QuietBlock.KITS, house.here.id, FROM) == DURING


def test_a_station_that_moves_meanwhile_stays_as_it_was(any_session: Session, house: House) -> None:
    quiet(any_session, house, [house.here])
    row = any_session.query(Parentage).filter_by(place_id=house.station.id).one()
    row.until_on = date(2026, 12, 3)
    any_session.add(Parentage(place_id=house.station.id, from_on=date(2026, 12, 3), parent_id=house.other.id))
    any_session.flush()
    assert quiet_for(any_session, QuietBlock.STORIES, house.station.id, DURING) is not None

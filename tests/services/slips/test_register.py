"""The register of slips: one quarter, the places that the reader may see, and their cases beside them."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.slips.register import RegisterLine
from app.models import CaseCount, Parentage, Place
from app.services.slips.register import SlipRegister, read_register
from tests.factories import add_place, add_survey
from tests.services.slips.issued import issue_packs, use

TODAY = date(2026, 11, 23)
AUTUMN, SUMMER = date(2026, 10, 1), date(2026, 7, 1)
Shown = tuple[str, int | None, int | None, int | None]


class World:
    """Two districts; slips and cases in two quarters, of which only one is looked at."""

    def __init__(self, session: Session) -> None:
        self.session = session
        state = add_place(session, kind="state")
        self.middle, self.north = (
            add_place(session, kind="district", parent=state, name_en=name) for name in ("Middle", "North")
        )
        self.a, self.b, self.c = (
            add_place(session, parent=parent, name_en=name)
            for parent, name in ((self.middle, "A"), (self.middle, "B"), (self.north, "C"))
        )
        version = add_survey(session)
        _, (of_a, _) = issue_packs(session, self.middle, version, {self.a: 5, self.b: 3})
        for pack in range(1, 4):
            use(session, of_a, pack, 10)
        issue_packs(session, self.middle, version, {self.a: 20, self.b: 20}, issued_on=date(2026, 9, 30))
        issue_packs(session, self.north, version, {self.c: 7})
        for place, quarter, cases in ((self.a, AUTUMN, 200), (self.a, SUMMER, 900), (self.c, AUTUMN, 70)):
            session.add(CaseCount(place_id=place.id, quarter=quarter, cases=cases))
        session.flush()

    def register(self, *places: Place, quarter: date | None = None) -> SlipRegister:
        return read_register(self.session, {place.id for place in places}, quarter, TODAY, "en")


@pytest.fixture
def world(any_session: Session) -> World:
    return World(any_session)


def shown(line: RegisterLine) -> Shown:
    return (line.name.in_language("en"), line.issued, line.used, line.cases)


def test_a_quarter_holds_what_was_issued_in_it_beside_its_cases(world: World) -> None:
    register = world.register(world.a, world.b, world.c)
    assert (register.quarter, register.quarters) == (AUTUMN, (AUTUMN, SUMMER))
    assert [shown(line) for line in register.districts] == [("Middle", 95, 30, 200), ("North", 85, None, 70)]
    assert [(above and above.en, *shown(line)) for above, line in register.stations] == [
        ("Middle", "A", 60, 30, 200),
        ("Middle", "B", 35, None, None),
        ("North", "C", 85, None, 70),
    ]


def test_another_quarter_is_shown_as_it_was(world: World) -> None:
    register = world.register(world.a, world.b, quarter=SUMMER)
    assert [shown(line) for line in register.districts] == [("Middle", 480, None, 900)]
    assert world.register(world.a, quarter=date(2025, 1, 1)).quarter == AUTUMN


def test_places_that_the_reader_may_not_see_are_in_no_sum(world: World) -> None:
    register = world.register(world.b, world.c)
    assert [shown(line) for line in register.districts] == [("Middle", 35, None, None), ("North", 85, None, 70)]
    assert [line.name.en for _, line in register.stations] == ["B", "C"]


def test_a_station_counts_in_the_district_where_it_lay_then(world: World) -> None:
    parentage = world.session.scalars(select(Parentage).where(Parentage.place_id == world.a.id)).one()
    parentage.until_on = date(2026, 9, 1)
    world.session.add(Parentage(place_id=world.a.id, parent_id=world.north.id, from_on=date(2026, 9, 1)))
    world.session.flush()
    assert [line.name.en for line in world.register(world.a).districts] == ["North"]
    assert [line.name.en for line in world.register(world.a, quarter=SUMMER).districts] == ["Middle"]

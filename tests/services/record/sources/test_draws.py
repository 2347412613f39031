"""Lists of cases and draws in the record: each once, a draw behind its list, and no list that its seed was before."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.domain.draws.case_list import SeedFrom
from app.models import CaseList
from app.services.draws.draws import keep_draw
from app.services.record.log.entries import enter
from app.services.record.sources.draws import new_draws, new_lists
from tests.factories import add_place
from tests.factories.draws.case_lists import CLOSED, SEED_DAY, close, list_order

DAY = timedelta(days=1)


def test_a_list_and_its_draw_are_told_once(any_session: Session) -> None:
    session = any_session
    place = add_place(session, code="S-1")
    list_id = close(session, list_order(place.id, seed_from=SeedFrom.BEACON, seed_source="drand 1"))
    row = session.get_one(CaseList, list_id)
    (told,) = new_lists(session, CLOSED.date())
    assert (told.type, told.about_id) == ("list", list_id)
    assert told.content == {
        "place": "S-1",
        "quarter": "2026-Q4",
        "of": 30,
        "cases": 20,
        "contactable": 23,
        "draw": 5,
        "decoys": 4,
        "root": row.root.hex(),
        "seed_from": "beacon",
        "seed_source": "drand 1",
        "seed_on": "2026-11-30",
    }
    keep_draw(session, list_id, b"\xab" * 32, b"\xcd" * 32, keeps_record=False, actor_id=None, now=SEED_DAY)
    assert new_draws(session) == []
    enter(session, [told], CLOSED.date())
    assert new_lists(session, CLOSED.date()) == []
    (drawn,) = new_draws(session)
    assert (drawn.type, drawn.about_id) == ("draw", list_id)
    assert drawn.content == {
        "place": "S-1",
        "quarter": "2026-Q4",
        "seed": "ab" * 32,
        "drawn": 5,
        "positions": "cd" * 32,
    }
    enter(session, [drawn], SEED_DAY.date())
    assert new_draws(session) == []


def test_a_list_enters_up_to_the_day_of_its_seed_and_never_later(session: Session) -> None:
    list_id = close(session, list_order(add_place(session).id))
    assert [entry.about_id for entry in new_lists(session, date(2026, 11, 30))] == [list_id]
    assert new_lists(session, date(2026, 12, 1)) == []
    keep_draw(session, list_id, bytes(32), bytes(32), keeps_record=False, actor_id=None, now=SEED_DAY + DAY)
    assert new_draws(session) == []

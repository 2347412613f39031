"""How many answers came through each code."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.services.responses.placement_counts import responses_by_placement
from tests.factories import add_place, add_placement, add_responses, add_survey

WEEK = date(2026, 6, 1)


def test_all_that_is_stored_is_counted_for_the_code_through_which_it_came(any_session: Session) -> None:
    version = add_survey(any_session)
    mine, other, silent = (add_place(any_session) for _ in range(3))
    codes = {place.id: add_placement(any_session, place, version).id for place in (mine, other, silent)}
    add_responses(any_session, mine, version, WEEK, [{"overall": 4}] * 3)
    add_responses(any_session, mine, version, WEEK + timedelta(weeks=1), [{"overall": 4}] * 2, reasons=["late"])
    add_responses(any_session, other, version, WEEK, [{"overall": 4}] * 4)
    assert responses_by_placement(any_session, [codes[mine.id], codes[silent.id]]) == {codes[mine.id]: 5}

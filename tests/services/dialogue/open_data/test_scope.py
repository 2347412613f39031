"""What is public at a moment, and when tables are made anew."""

from datetime import timedelta

from app.domain.installation.public_results import Depth
from app.services.dialogue.open_data.scope import state_of
from app.services.installation.public_results import decide_public_results
from tests.factories.figures.desk import NOW
from tests.services.dialogue.open_data.conftest import NEXT, Opened
from tests.services.figures.editions.test_making import DUE


def test_places_by_their_pages_and_days_that_are_shown(opened: Opened) -> None:
    opened.district.page = None
    opened.answer_again()
    scope = opened.scope()
    assert [page for page, _ in scope.places] == ["a", "b"]
    assert (scope.days, scope.years) == ((DUE,), (2026,))
    assert opened.scope(days=7).days == (DUE, NEXT)
    assert opened.scope().days_of(2025) == ()


def test_nothing_before_it_was_opened_and_after_it_was_closed(opened: Opened) -> None:
    decide_public_results(opened.session, Depth.DISTRICT, DUE, None, NOW)
    assert [page for page, _ in opened.scope().places] == ["d"]
    decide_public_results(opened.session, Depth.STATION, DUE + timedelta(days=3), None, NOW)
    assert (opened.scope().places, opened.scope().years) == ((), (2026,))
    assert len(opened.scope(days=3).places) == 3


def test_a_table_is_another_when_a_correction_a_day_or_a_place_came_and_not_before(opened: Opened) -> None:
    def state(days: int = 0) -> str:
        scope = opened.scope(days)
        return state_of(opened.session, scope, scope.days)

    states = [state()]
    opened.correct()
    states.append(state())
    opened.district.name_en = "Other"
    opened.answer_again()
    assert state() == states[-1], "what is not shown yet changes nothing"
    states.append(state(days=7))
    opened.quiet.page = None
    states.append(state())
    assert len(set(states)) == len(states)

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.services.responses.shuffling.companions import CROWD, any_others, crowds
from tests.services.responses.shuffling.answered import WEEK, answer


def taken(session: Session, arrived: dict[int, list[UUID]]) -> list[set[UUID]]:
    return [set(unit) for unit in crowds(session, WEEK, {place: frozenset(ids) for place, ids in arrived.items()})]


def test_of_a_week_with_few_answers_all_are_taken(any_session: Session) -> None:
    stored = answer(any_session, (5, 0, 9))
    answer(any_session, (200,), WEEK - timedelta(weeks=1))
    first = next(iter(stored))
    assert taken(any_session, {first: stored[first][:1]}) == [{id_ for ids in stored.values() for id_ in ids}]


def test_else_whole_places_that_make_a_crowd_together(any_session: Session) -> None:
    stored = answer(any_session, (30, 30, 30, 70, 20))
    first, second, third, fourth, last = stored
    crowd = {*stored[first], *stored[second], *stored[third]}
    assert taken(any_session, {second: stored[second][:1]}) == [crowd]
    # What is left over at the end goes with those before it.
    rest = {*stored[fourth], *stored[last]}
    assert taken(any_session, {last: stored[last][:2]}) == [rest]
    assert taken(any_session, {first: stored[first], last: stored[last]}) == [crowd, rest]


def test_of_few_among_many_a_crowd_of_neighbours_is_enough(any_session: Session) -> None:
    (place, ids), *_ = answer(any_session, (CROWD * 10 + 20,)).items()
    in_order = sorted(ids)
    assert taken(any_session, {place: [in_order[70]]}) == [set(in_order[CROWD : 2 * CROWD])]
    # The last run is the longer one.
    assert taken(any_session, {place: [in_order[-1]]}) == [set(in_order[9 * CROWD :])]
    assert taken(any_session, {place: in_order[::CROWD]}) == [set(ids)]
    with_mates = crowds(any_session, WEEK, {place: frozenset({in_order[200]})}, page_mates=20)
    assert [in_order[2 * CROWD : 3 * CROWD], in_order[3 * CROWD : 4 * CROWD]] == list(with_mates)


def test_others_are_found_from_any_key_on_and_from_the_first_again(any_session: Session) -> None:
    (ids,) = answer(any_session, (10,)).values()
    in_order = sorted(ids)
    assert any_others(any_session, 3, in_order[2]) == in_order[2:5]
    assert any_others(any_session, 4, in_order[8]) == [*in_order[8:], *in_order[:2]]
    assert sorted(any_others(any_session, 50, in_order[4])) == in_order

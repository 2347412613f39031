from uuid import UUID

from app.domain.responses.screening.comparison import Comparison, Difference
from app.domain.responses.screening.likeness import Fact, Rule
from app.domain.responses.screening.policy import LIKENESS, Policy

STRICTER = Policy(fewest_alike=10, fewest_written_alike=5, least_tail=8)


def short(alike: int, tail: int = 20) -> Fact:
    return Fact(Rule.SHORT, alike, 0, tail)


def test_each_answer_is_counted_once_whatever_was_found_about_it() -> None:
    comparison = Comparison(LIKENESS, STRICTER)
    one, other, third, honest = (UUID(int=at) for at in range(4))
    comparison.add(one, 1, short(6), 0.9)
    comparison.add(one, 1, Fact(Rule.TEXT, 9, 0, 30), 0.9)
    comparison.add(other, 1, short(6), 0.9)
    comparison.add(other, 1, short(30, tail=7), 0.9)
    comparison.add(third, 2, short(30), 0.9)
    comparison.add(honest, 3, short(4), 0.9)
    comparison.add(honest, 3, short(30), 0.01)
    assert comparison.by_place() == {1: Difference(both=1, before_only=1), 2: Difference(both=1)}


def test_what_the_first_leaves_and_the_second_sets_aside_is_seen_too() -> None:
    comparison = Comparison(STRICTER, LIKENESS)
    comparison.add(UUID(int=1), 1, short(6), 0.9)
    (found,) = comparison.by_place().values()
    assert (found.before, found.after, found.changed) == (0, 1, 1)


def test_differences_add_up() -> None:
    whole = Difference(1, 2, 3) + Difference(10, 20, 30)
    assert (whole, whole.before, whole.after, whole.changed, whole.all) == (Difference(11, 22, 33), 33, 44, 55, 66)

"""What went well in a place's own terms: clearly off its other questions, by enough to matter, two of each at most."""

from dataclasses import replace
from random import Random

from app.domain.figures.disclosure import share_of
from app.domain.figures.highlights.areas import Lean
from app.domain.figures.highlights.own_terms import OwnTerms, own_terms_of
from app.domain.figures.report import CellFigure, QuestionFigure
from tests.domain.figures.highlights.test_areas import scale
from tests.factories.figures.reports import label


def own_terms(*figures: QuestionFigure) -> OwnTerms | None:
    return own_terms_of(figures)


def named(*good: int, answered: int = 400) -> list[tuple[str, Lean]]:
    found = own_terms(*(scale(f"q{at}", number, answered) for at, number in enumerate(good)))
    assert found is not None
    return [(one.figure.name, one.lean) for one in found.topics]


def test_two_above_and_two_below_at_most_in_the_order_of_the_questionnaire() -> None:
    assert named(360, 240, 80, 240, 320, 120, 300, 180, 240) == [
        ("q0", Lean.STRONG),
        ("q2", Lean.WEAK),
        ("q4", Lean.STRONG),
        ("q5", Lean.WEAK),
    ]


def test_equal_ones_are_named_together_or_not_at_all() -> None:
    assert named(240, 80, 100, 100, 240, 240) == [("q1", Lean.WEAK)]
    assert named(240, 100, 100, 240, 240, 280) == [("q1", Lean.WEAK), ("q2", Lean.WEAK), ("q5", Lean.STRONG)]


def test_what_all_find_alike_has_nothing_named() -> None:
    assert named(240, 240, 240, 240, 240) == []


def test_what_is_certain_and_small_is_not_named() -> None:
    """Of ten thousand people five points are no chance, and matter to nobody beside questions so unlike each other."""
    assert named(6500, 6000, 6000, 6000, 6000, answered=10000) == []
    assert named(7500, 6000, 6000, 6000, 6000, answered=10000) == [("q0", Lean.STRONG)]


def test_of_few_people_large_differences_are_not_named_either() -> None:
    assert named(43, 36, 36, 36, 36, answered=60) == []


def test_it_takes_four_questions_of_fifty_people() -> None:
    figures = [scale(f"q{at}", 240, 400) for at in range(4)]
    assert own_terms(*figures[:3]) is None
    assert own_terms(*figures[:3], scale("few", 30, 49)) is None
    found = own_terms(*figures)
    assert found is not None
    assert (found.mean, found.compared) == (60, 4)


def test_a_choice_counts_where_it_says_what_is_good_and_is_called_by_it() -> None:
    figures = [scale(f"q{at}", 240, 400) for at in range(4)]
    cells = (CellFigure("short", label("कम", "short"), share_of(80, 400, 400, at_least=True)),)
    waiting = replace(scale("waiting", 80, 400), type="select_one", cells=cells)
    assert own_terms(*figures, waiting) == own_terms(*figures)
    found = own_terms(*figures, replace(waiting, good=("short",)))
    assert found is not None
    (one,) = found.topics
    assert (one.lean, one.answer) == (Lean.WEAK, label("कम", "short"))


def test_chance_alone_names_hardly_anything() -> None:
    """Two hundred places with ten questions of which nobody finds one better: in 2 of 100 at most is one named."""
    chance, places = Random(7), 0  # noqa: S311
    for _ in range(200):
        people = [chance.gauss(0, 0.5) for _ in range(120)]
        good = [sum(mood + chance.gauss(0, 1) > -0.25 for mood in people) for _ in range(10)]
        places += bool(named(*good, answered=120))
    assert places <= 4

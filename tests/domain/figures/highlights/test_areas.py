"""What stands out beside the place above: named rarely by chance, and never of too few."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from app.domain.codes.channel import Evidence
from app.domain.figures import disclosure
from app.domain.figures import wording as say
from app.domain.figures.highlights.areas import Lean, areas_of, compare
from app.domain.figures.report import GOOD_CELL, Above, CellFigure, EvidenceSection, Label, QuestionFigure
from tests.factories.figures.reports import label, make_section

DISTRICT = label("ज़िला उदाहरण", "Udaharan District")


def scale(name: str, good: int, answered: int, row: str | None = None) -> QuestionFigure:
    """A scale that so many answered, of whom so many gave one of the two best answers."""
    shares, _ = disclosure.partition_shares([good, answered - good, 0], answered, answered, at_least=True, keep=0)
    named = zip(("good", "middle", "poor"), (say.GOOD, say.MIDDLE, say.POOR), shares, strict=True)
    cells = tuple(CellFigure(*cell) for cell in named)
    base = disclosure.shown_base(answered, answered)
    return QuestionFigure(name, "scale", Label(texts={"en": name}), base, row=row, cells=cells)


def section_of(*figures: QuestionFigure) -> EvidenceSection:
    return replace(make_section(), questions=figures, version=1)


def named(here: list[QuestionFigure], there: list[QuestionFigure]) -> list[tuple[str, Lean]]:
    compared = compare(section_of(*here), Above(DISTRICT, (section_of(*there),)))
    return [(area.compared.figure.name, area.lean) for area in areas_of(compared)]


def test_the_strongest_and_the_weakest_two_of_each_in_the_order_of_the_questionnaire() -> None:
    here = [scale(f"q{at}", good, 400) for at, good in enumerate((320, 100, 240, 300, 60, 310))]
    there = [scale(f"q{at}", 2400, 4000) for at in range(6)]
    assert named(here, there) == [("q0", Lean.STRONG), ("q1", Lean.WEAK), ("q4", Lean.WEAK), ("q5", Lean.STRONG)]


def test_like_places_have_nothing_that_stands_out() -> None:
    same = [scale(f"q{at}", 240, 400) for at in range(8)]
    assert named(same, same) == []


@pytest.mark.parametrize(("answered", "is_compared"), [(49, False), (52, False), (53, True)])
def test_below_fifty_nothing_is_compared(answered: int, is_compared: bool) -> None:
    """Of 52 about 50 are told, which may be 48."""
    here, there = section_of(scale("q", 20, answered)), Above(DISTRICT, (section_of(scale("q", 900, 1000)),))
    assert bool(compare(here, there)) == is_compared
    turned = compare(there.sections[0], Above(DISTRICT, (here,)))
    assert bool(turned) == is_compared


def test_only_the_same_is_compared() -> None:
    here = section_of(scale("q", 100, 400), scale("rows", 100, 400, row="a"))
    other = section_of(scale("q", 300, 400), scale("rows", 300, 400, row="b"))
    assert [one.figure.name for one in compare(here, Above(DISTRICT, (other,)))] == ["q"]
    assert here.first_week is not None
    long_ago = here.first_week - timedelta(weeks=20)
    unlike = (
        replace(other, evidence=Evidence.INVITED),
        replace(other, version=2),
        replace(other, first_week=long_ago, last_week=long_ago),
        replace(other, first_week=None, last_week=None),
    )
    for one in unlike:
        assert compare(here, Above(DISTRICT, (one,))) == ()
    assert compare(here, None) == ()


def test_a_share_that_is_only_a_limit_is_not_compared() -> None:
    assert compare(section_of(scale("q", 99, 100)), Above(DISTRICT, (section_of(scale("q", 300, 1000)),))) == ()


def test_chance_alone_is_rarely_named() -> None:
    """Where nothing differs, one report of ten names anything, as near as so few invented worlds can tell."""
    chance = Random(11)  # noqa: S311
    worlds, wrong = 300, 0
    for _ in range(worlds):
        truth = [chance.uniform(0.3, 0.8) for _ in range(9)]
        here = [scale(f"q{at}", drawn(chance, 200, share), 200) for at, share in enumerate(truth)]
        there = [scale(f"q{at}", drawn(chance, 2000, share), 2000) for at, share in enumerate(truth)]
        wrong += bool(named(here, there))
    assert wrong / worlds <= 0.1 + 2 * (0.1 * 0.9 / worlds) ** 0.5


def drawn(chance: Random, trials: int, share: float) -> int:
    spread = (trials * share * (1 - share)) ** 0.5
    return min(trials, max(0, round(chance.gauss(trials * share, spread))))


def choice(name: str, under_15: int, answered: int, good: tuple[str, ...] = ("under_15",)) -> QuestionFigure:
    """A choice that so many answered, of whom so many gave the answer that its version calls good."""
    shares, _ = disclosure.partition_shares([under_15, answered - under_15], answered, answered, at_least=True, keep=0)
    cells = tuple(
        CellFigure(cell, label(cell, cell), share) for cell, share in zip(("under_15", "longer"), shares, strict=True)
    )
    base = disclosure.shown_base(answered, answered)
    return QuestionFigure(name, "select_one", label(name, name), base, cells=cells, good=good)


def test_a_choice_is_compared_where_its_version_says_which_answer_is_good() -> None:
    # The place above is read without it: which answer is good is said of the version, which both have.
    here, there = choice("waiting", 80, 400), choice("waiting", 2400, 4000, good=(GOOD_CELL,))
    (area,) = areas_of(compare(section_of(here), Above(DISTRICT, (section_of(there),))))
    assert (area.lean, area.compared.answer) == (Lean.WEAK, label("under_15", "under_15"))
    unread = replace(here, good=(GOOD_CELL,))
    assert compare(section_of(unread), Above(DISTRICT, (section_of(there),))) == ()
    (compared,) = compare(section_of(scale("q", 80, 400)), Above(DISTRICT, (section_of(scale("q", 2400, 4000)),)))
    assert compared.answer is None


def outcome(name: str, *counts: int, good: tuple[str, ...] = ("a", "b")) -> QuestionFigure:
    """A choice with four answers, of which two are good."""
    people = sum(counts)
    shares, _ = disclosure.partition_shares(counts, people, people, at_least=True)
    cells = tuple(CellFigure(cell, label(cell, cell), share) for cell, share in zip("abcd", shares, strict=True))
    return QuestionFigure(
        name, "select_one", label(name, name), disclosure.shown_base(people, people), cells=cells, good=good
    )


def test_a_choice_with_several_good_answers_is_compared_by_what_is_told_of_each() -> None:
    here, there = outcome("taken", 40, 60, 180, 120), outcome("taken", 1200, 1200, 1000, 600, good=(GOOD_CELL,))
    (area,) = areas_of(compare(section_of(here), Above(DISTRICT, (section_of(there),))))
    assert (area.lean, area.compared.answer) == (Lean.WEAK, label("a / b", "a / b"))
    assert (area.compared.share.percent, area.compared.beside.percent) == (26, 60)
    # Of one of them only a limit is told, and of one of the others.
    few = outcome("taken", 5, 195, 195, 5)
    assert compare(section_of(few), Above(DISTRICT, (section_of(there),))) == ()


def test_shares_that_are_added_up_are_no_more_often_wrong() -> None:
    """Where nothing differs, though every share is rounded before it is added: of few people and of very many."""
    chance, worlds = Random(5), 100  # noqa: S311
    for people in (60, 2000):
        wrong = 0
        for _ in range(worlds):
            truth = [chance.uniform(0.15, 0.3) for _ in range(3)]
            here, there = [
                [outcome(f"q{at}", *parted(chance, number, truth)) for at in range(6)]
                for number in (people, 10 * people)
            ]
            wrong += bool(named(here, there))
        assert wrong / worlds <= 0.1 + 2 * (0.1 * 0.9 / worlds) ** 0.5, people


def parted(chance: Random, people: int, truth: list[float]) -> list[int]:
    counts, left, part = [], people, 1.0
    for share in truth:
        counts.append(drawn(chance, left, share / part))
        left, part = left - counts[-1], part - share
    return [*counts, left]

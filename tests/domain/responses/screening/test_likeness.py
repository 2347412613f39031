from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from app.domain.responses.screening.items import ItemRow
from app.domain.responses.screening.likeness import Arrived, Dated, Fact, Rule, long_facts, short_facts, tail
from app.domain.responses.screening.ways import Ways, WeekWays

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
MONDAY = date(2026, 11, 30)
NOTHING_KNOWN = Ways.of([])


def core(first: str = "fir", level: str = "5") -> ItemRow:
    page = (first, "5", "5", level)
    return ItemRow(page, (*page, *[""] * 14), level, rich=False)


def rich(*last: str) -> ItemRow:
    items = ("fir", "5", "5", "5", *["x"] * (14 - len(last)), *last)
    return ItemRow(items[:4], items, "5", rich=True)


def known() -> Ways:
    """Ways in which enough rich rows are known, none of them near those of the tests."""
    other = ItemRow(("papers", "1", "1", "5"), ("papers", "1", "1", "5", *["q"] * 14), "5", rich=True)
    return Ways.of([WeekWays.of([(UUID(int=at), other) for at in range(550)], b"key")])


def arrived(rows: list[ItemRow], *hours: float) -> list[Arrived]:
    times = hours or (0,) * len(rows)
    return [Arrived(UUID(int=at), NOW + timedelta(hours=times[at]), row) for at, row in enumerate(rows)]


def dated(rows: list[ItemRow], *weeks: int) -> list[Dated]:
    which = weeks or (0,) * len(rows)
    return [Dated(UUID(int=at), MONDAY + timedelta(weeks=which[at]), row) for at, row in enumerate(rows)]


def everybody(answers: list[Arrived] | list[Dated]) -> list[UUID]:
    return [each.id for each in answers]


def test_the_tail_is_that_of_a_negative_binomial_of_shape_two() -> None:
    assert tail(17, 1.2222) == pytest.approx(8.05e-7, rel=1e-3)
    summed = sum((k + 1) * (3 / 5) ** k * (2 / 5) ** 2 for k in range(8, 400))
    assert tail(8, 3) == pytest.approx(summed)


@pytest.mark.parametrize(("copies", "others", "digits"), [(16, 0, 5), (17, 0, 6), (48, 3, 5), (49, 3, 6)])
def test_seventeen_copies_stand_out_alone_and_forty_nine_beside_three_others(
    copies: int, others: int, digits: int
) -> None:
    answers = arrived([core()] * copies + [core("papers")] * others)
    facts = short_facts(answers, everybody(answers), NOTHING_KNOWN)
    assert facts[UUID(int=0)].alike == copies
    assert facts[UUID(int=0)].tail == digits


def test_what_is_expected_grows_with_the_others_not_with_the_copies() -> None:
    # 0.02 of a first page while nothing is known: 101 · 0.02 / 0.98.
    answers = dated([core()] * 3 + [core(f"other{at}") for at in range(100)])
    assert long_facts(answers, [UUID(int=0)], NOTHING_KNOWN) == {UUID(int=0): Fact(Rule.LONG, 3, 21, 0)}


def test_levels_and_richness_are_not_compared() -> None:
    answers = dated([core(), core(), core(level="1"), rich()])
    assert long_facts(answers, everybody(answers), known()) == dict.fromkeys(
        (UUID(int=0), UUID(int=1)), Fact(Rule.LONG, 2, 0, 0)
    )


def test_only_who_is_judged_gets_a_fact_and_nobody_who_is_alone() -> None:
    answers = dated([core(), core(), core("papers")])
    assert set(long_facts(answers, [UUID(int=1), UUID(int=2)], NOTHING_KNOWN)) == {UUID(int=1)}


def test_the_short_window_reaches_35_hours_to_both_sides() -> None:
    answers = arrived([core()] * 4, 0, 35, 35.1, -35)
    facts = short_facts(answers, everybody(answers), NOTHING_KNOWN)
    assert [facts[UUID(int=at)].alike for at in range(4)] == [3, 3, 2, 2]


def test_the_long_window_reaches_eight_weeks_back_and_one_ahead() -> None:
    answers = dated([core()] * 5, 0, -8, -9, 1, 2)
    facts = long_facts(answers, everybody(answers), NOTHING_KNOWN)
    assert facts[UUID(int=0)].alike == 3


def test_three_of_eighteen_items_may_differ_in_a_rich_row() -> None:
    answers = dated([rich(), rich(*"xabc"), rich(*"dabc")])
    facts = long_facts(answers, everybody(answers), known())
    assert [facts[UUID(int=at)].alike for at in range(3)] == [2, 3, 2]


def test_rich_rows_are_compared_by_their_first_page_too() -> None:
    chance = Random(1)  # noqa: S311
    answers = dated([rich(*chance.choices("abcdefgh", k=14)) for _ in range(40)])
    facts = long_facts(answers, everybody(answers), known())
    assert {fact.alike for fact in facts.values()} == {40}


def test_while_few_rich_rows_are_known_there_is_no_rule_for_them() -> None:
    answers = dated([rich()] * 16)
    assert long_facts(answers, everybody(answers), known())[UUID(int=0)].tail > 6
    assert long_facts(answers, everybody(answers), NOTHING_KNOWN)[UUID(int=0)].tail == 5


def test_hundreds_alike_have_a_tail_of_99_at_most() -> None:
    answers = dated([core()] * 3_000)
    assert long_facts(answers, [UUID(int=0)], NOTHING_KNOWN)[UUID(int=0)] == Fact(Rule.LONG, 3_000, 0, 99)


def test_facts_do_not_depend_on_the_order_of_answers() -> None:
    chance = Random(2)  # noqa: S311
    answers = arrived(
        [rich(*chance.choices("ab", k=6)) for _ in range(60)], *(chance.uniform(0, 90) for _ in range(60))
    )
    shuffled = chance.sample(answers, len(answers))
    assert short_facts(answers, everybody(answers), known()) == short_facts(shuffled, everybody(answers), known())

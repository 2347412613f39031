"""Shares put together from told ones: true, and nothing that the told ones do not say."""

from collections import defaultdict
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures.disclosure import (
    MINIMUM,
    may_show_shares,
    partition_shares,
    share_of,
    shown_base,
    shown_set_aside,
    step_of,
)
from app.domain.figures.report import Share, ShareKind
from app.domain.figures.united.shares import share_with, united_share

cells = st.lists(st.integers(0, 400), min_size=2, max_size=8).filter(lambda counts: sum(counts) >= 30)


@given(cells, st.data())
def test_several_answers_together_are_told_by_what_is_told_of_each(counts: list[int], data: st.DataObject) -> None:
    """Never of fewer than ten, on either side; and true, as far as the steps of the shares leave it open."""
    answered = sum(counts)
    shares, _ = partition_shares(counts, answered, answered, at_least=False)
    some = data.draw(st.sets(st.integers(0, len(counts) - 1), min_size=1, max_size=len(counts) - 1))
    inside, outside = [[shares[at] for at in range(len(counts)) if (at in some) is side] for side in (True, False)]
    base = shown_base(answered, answered).number
    assert base is not None
    share = united_share(inside, outside, base)
    together = sum(counts[at] for at in some)
    if share is None:
        return
    exact = 100 * together / answered
    if share.percent is None:
        assert exact < (share.bound or 0) if share.kind is ShareKind.BELOW else exact > (share.bound or 0)
        return
    assert min(together, answered - together) >= 10
    added = min(len(side) for side in (inside, outside) if all(one.percent is not None for one in side))
    assert abs(share.percent - exact) <= added * step_of(base) / 2 + 1e-9
    assert (share.as_sure_as or base) <= base


def test_a_sum_of_shares_is_less_sure_than_a_share() -> None:
    shares, _ = partition_shares([80, 40, 60, 20], 200, 200, at_least=True)
    lone, pair = united_share(shares[:1], shares[1:], 200), united_share(shares[:2], shares[2:], 200)
    assert lone is not None
    assert pair is not None
    assert (lone, lone.as_sure_as) == (shares[0], None)
    assert (pair.words.text(), pair.as_sure_as) == ("about 60 in 100, uncertain at least between 53 and 67", 180)
    # What is left beside one answer is as sure as that one.
    rest = united_share(shares[:3], shares[3:], 200)
    assert rest is not None
    assert (rest.percent, rest.as_sure_as) == (90, None)
    assert united_share(shares[:2], (share_of(5, 200, 200, at_least=True), *shares[3:]), 200) == pair
    few = share_of(5, 200, 200, at_least=True)
    assert united_share((shares[0], few), (shares[2], few), 200) is None


def told_with(gave: int, people: int, others_gave: int, others: int) -> tuple[Share, Share | None]:
    """The share of people of whom all answered, and the share with others who were set aside."""
    share = share_of(gave, people, people, at_least=True)
    of_others = share_of(others_gave, others, others, at_least=True) if may_show_shares(others) else None
    return share, share_with(share, shown_base(people, people), of_others, shown_set_aside(others))


def test_no_answer_of_those_set_aside_is_known_by_the_figures_with_and_without_them() -> None:
    """All ways in which some 30 to 60 people and 10 to 44 others can have answered, grouped by what is told of them.

    Counted and rounded by itself, the share with the others left one number of them in hundreds of these groups, and
    that was often all of them or none.
    """
    possible: dict[tuple[str, ...], set[tuple[int, int]]] = defaultdict(set)
    for people, others in product(range(30, 60, 8), (10, 14, 30, 44)):
        for gave, others_gave in product(range(people + 1), range(others + 1)):
            told = told_with(gave, people, others_gave, others)
            words = (each.words.text() if each else "" for each in told)
            numbers = (shown_base(people, people).words.text(), shown_set_aside(others).words.text())
            possible[*words, *numbers].add((others_gave, others - others_gave))
    assert len(possible) > 150
    for ways in possible.values():
        for few in ({yes for yes, _ in ways}, {no for _, no in ways}):
            assert min(few) >= MINIMUM or len(few) >= MINIMUM


@given(st.integers(30, 400), st.integers(10, 400), st.data())
def test_the_share_with_others_is_true(people: int, others: int, data: st.DataObject) -> None:
    gave, others_gave = data.draw(st.integers(0, people)), data.draw(st.integers(0, others))
    _, share = told_with(gave, people, others_gave, others)
    exact = 100 * (gave + others_gave) / (people + others)
    if share is None:
        return
    if share.percent is not None:
        assert abs(share.percent - exact) <= 9
    else:
        assert share.bound is None or (exact < share.bound if share.kind is ShareKind.BELOW else exact > share.bound)
        assert share.bound is not None or (share.low or 0) <= exact <= (share.high or 0)


def test_what_is_told_of_few_others_is_what_anybody_could_reckon() -> None:
    told = [told_with(60, 100, gave, 20)[1] for gave in (0, 7, 20)]
    assert {share.words.text() for share in told if share} == {"between 45 and 70 in 100"}
    assert told_with(60, 100, 40, 80)[1] == share_of(100, 180, 180, at_least=True)
    near_all = told_with(60, 100, 40, 40)[1]
    assert near_all is not None
    assert near_all.words.text() == "between 60 and 75 in 100"
    assert share_with(None, shown_base(20, 20), None, shown_set_aside(20)) is None

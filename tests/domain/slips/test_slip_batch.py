"""Batches of slips and invitations: what may be made at one time, and in which packs it lies."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes.channel import Channel
from app.domain.problem import Problem
from app.domain.slips.slip_batch import MOST_SERIALS, PACK, Assurance, Counts, SlipBatchOrder, check_order, number_packs

ALL = frozenset(Assurance)


def order(
    counts: dict[int, int], channel: Channel = Channel.SLIP, assured: frozenset[Assurance] = ALL
) -> SlipBatchOrder:
    return SlipBatchOrder(channel, 1, 1, counts, date(2026, 12, 31), 0, assured=assured)


def refusal(asked: SlipBatchOrder) -> str:
    with pytest.raises(Problem) as refused:
        check_order(asked)
    assert "%" not in refused.value.sentence()
    return refused.value.code


def test_slips_come_in_whole_sheets_and_invitations_by_the_piece() -> None:
    counts = {1: 1, 2: PACK, 3: PACK + 1, 4: 0, 5: -3}
    assert check_order(order(counts)) == {1: PACK, 2: PACK, 3: 2 * PACK}
    assert check_order(order(counts, Channel.INVITE)) == {1: 1, 2: PACK, 3: PACK + 1}


@pytest.mark.parametrize("counts", [{}, {1: 0}, {1: -5}])
def test_nothing_is_no_batch(counts: dict[int, int]) -> None:
    assert refusal(order(counts)) == "slip_batch.empty"


def test_a_batch_is_measured_by_what_is_made_of_it() -> None:
    assert sum(check_order(order({1: MOST_SERIALS}, Channel.INVITE)).values()) == MOST_SERIALS
    assert refusal(order({1: MOST_SERIALS, 2: 1}, Channel.INVITE)) == "slip_batch.too_large"
    most = MOST_SERIALS // PACK * PACK
    assert check_order(order({1: most})) == {1: most}
    assert refusal(order({1: most + 1})) == "slip_batch.too_large"


@pytest.mark.parametrize("left_out", Assurance)
def test_invitations_need_every_assurance_and_slips_none(left_out: Assurance) -> None:
    assert refusal(order({1: 5}, Channel.INVITE, ALL - {left_out})) == "slip_batch.not_assured"
    assert check_order(order({1: 5}, Channel.SLIP, frozenset()))


@given(st.dictionaries(st.integers(1, 9), st.integers(1, 100)), st.sampled_from([Channel.SLIP, Channel.INVITE]))
def test_packs_are_counted_through_the_batch_without_a_gap(counts: dict[int, int], channel: Channel) -> None:
    if not counts:
        return
    sizes = check_order(order(counts, channel))
    packs = [(place, pack) for place, numbers in number_packs(channel, sizes) for pack in numbers]
    assert [pack for _, pack in packs] == list(range(1, len(packs) + 1))
    held = PACK if channel is Channel.SLIP else None
    for place, size in sizes.items():
        assert sum(one == place for one, _ in packs) == (size // held if held else 1)


def test_counts_of_several_places_add_up_one_by_one() -> None:
    assert Counts(1, 2, 3, 4) + Counts(10, 20, 30, 40) == Counts(11, 22, 33, 44)

"""The stratified difference beside tables made by hand."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures.drivers.joint import Table
from app.domain.figures.drivers.stratified import risk_difference
from tests.meta import ROOT

VECTORS = json.loads((ROOT / "tests/vectors/drivers.json").read_text("utf-8"))["vectors"]

tables = st.lists(st.builds(Table, *[st.integers(0, 50)] * 4), max_size=5)


def test_of_one_stratum_it_is_the_difference_of_two_shares() -> None:
    estimate = risk_difference([Table(30, 10, 20, 40)])
    assert estimate is not None
    assert estimate.difference == pytest.approx(30 / 40 - 20 / 60)
    assert estimate.variance == pytest.approx(0.75 * 0.25 / 40 + (1 / 3) * (2 / 3) / 60)


def test_strata_weigh_by_how_many_can_be_compared() -> None:
    """By hand: 8 of 10 against 5 of 10 weighs 5, and 9 of 30 against 1 of 10 weighs 7.5."""
    estimate = risk_difference([Table(8, 2, 5, 5), Table(9, 21, 1, 9)])
    assert estimate is not None
    assert estimate.difference == pytest.approx((5 * 0.3 + 7.5 * 0.2) / 12.5)
    first, second = 0.16 / 10 + 0.25 / 10, 0.21 / 30 + 0.09 / 10
    assert estimate.variance == pytest.approx((5**2 * first + 7.5**2 * second) / 12.5**2)


def test_strata_without_both_groups_change_nothing() -> None:
    compared = [Table(8, 2, 5, 5), Table(9, 21, 1, 9)]
    assert risk_difference([Table(40, 3, 0, 0), *compared, Table(0, 0, 7, 7), Table(0, 0, 0, 0)]) == risk_difference(
        compared
    )
    assert risk_difference([Table(40, 3, 0, 0), Table(0, 0, 7, 7)]) is None
    assert risk_difference([]) is None


@pytest.mark.parametrize("vector", VECTORS)
def test_it_agrees_with_another_package(vector: dict[str, Any]) -> None:
    """`tests/vectors/make_drivers.py` made them by regressions."""
    estimate = risk_difference([Table(*cells) for cells in vector["strata"]])
    assert estimate is not None
    assert estimate.difference == pytest.approx(vector["difference"], abs=1e-9, rel=0)
    assert estimate.variance == pytest.approx(vector["variance"], abs=1e-9, rel=1e-9)


@given(tables)
def test_no_table_is_refused(strata: list[Table]) -> None:
    estimate = risk_difference(strata)
    if estimate is not None:
        assert -1 <= estimate.difference <= 1
        assert 0 <= estimate.variance <= 1
        assert estimate.spread**2 == pytest.approx(estimate.variance)


@given(tables)
def test_found_poor_instead_of_good_it_is_the_same_with_the_other_sign(strata: list[Table]) -> None:
    mirrored = [Table(one.poor_satisfied, one.poor_not, one.good_satisfied, one.good_not) for one in strata]
    here, there = risk_difference(strata), risk_difference(mirrored)
    assert (here is None) == (there is None)
    if here and there:
        assert here.difference == pytest.approx(-there.difference)
        assert here.variance == pytest.approx(there.variance)

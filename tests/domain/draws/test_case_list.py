"""What may be closed as a list of cases, and what can be done with it next."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.codes.channel import Evidence
from app.domain.draws.case_list import ListOrder, ListState, SeedFrom, check_list, root_over, state_of
from app.domain.problem import Problem
from app.domain.slips.slip_batch import MOST_SERIALS, Assurance

TODAY = date(2026, 11, 23)
ORDER = ListOrder(
    place_id=1,
    quarter=date(2026, 10, 1),
    evidence=Evidence.INVITED,
    all_cases=30,
    contactable=20,
    draw=5,
    decoys=40,
    seed_from=SeedFrom.DICE,
    seed_source=None,
    seed_on=date(2026, 11, 24),
    left_out=frozenset(Assurance),
    digests=bytes(range(32)) * 10,
)


def test_a_list_that_will_do() -> None:
    check_list(ORDER, TODAY)
    check_list(replace(ORDER, contactable=10, all_cases=10, draw=10, decoys=0), TODAY)
    check_list(replace(ORDER, evidence=Evidence.SAMPLED, decoys=0), TODAY)
    check_list(replace(ORDER, seed_from=SeedFrom.BEACON, seed_source="drand, round 12345"), TODAY)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"quarter": date(2027, 1, 1)}, "case_list.quarter_ahead"),
        ({"contactable": 9}, "case_list.contactable"),
        ({"all_cases": 19}, "case_list.all_cases"),
        ({"draw": 11}, "case_list.draw"),
        ({"draw": 0}, "case_list.draw"),
        ({"evidence": Evidence.SAMPLED}, "case_list.decoys"),
        ({"decoys": MOST_SERIALS - 4}, "case_list.too_many"),
        ({"seed_from": SeedFrom.BEACON}, "case_list.seed_source"),
        ({"seed_on": TODAY}, "case_list.seed_on"),
        ({"seed_on": TODAY + timedelta(days=61)}, "case_list.seed_late"),
        *(({"left_out": frozenset(Assurance) - {one}}, "case_list.not_assured") for one in Assurance),
    ],
)
def test_what_will_not_do(change: dict[str, object], code: str) -> None:
    with pytest.raises(Problem) as refused:
        check_list(replace(ORDER, **change), TODAY)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert "%" not in refused.value.sentence()


def test_the_root_is_over_salted_digests() -> None:
    digests, salts = bytes(range(64)), bytes(range(100, 132))
    left, right = (
        hashlib.sha256(b"\x00" + salts[16 * at : 16 * at + 16] + digests[32 * at : 32 * at + 32]).digest()
        for at in range(2)
    )
    assert root_over(digests, salts) == hashlib.sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize(
    ("day", "entered", "signed", "state"),
    [
        (-1, False, False, ListState.CLOSED),
        (-1, True, True, ListState.CLOSED),
        (0, False, False, ListState.UNSIGNED),
        (0, True, False, ListState.UNSIGNED),
        (0, True, True, ListState.READY),
        (1, False, False, ListState.MISSED),
        (1, True, False, ListState.UNSIGNED),
        (9, True, True, ListState.READY),
    ],
)
def test_nothing_is_drawn_before_its_day_nor_unless_it_stands_in_the_record(
    day: int, entered: bool, signed: bool, state: ListState
) -> None:
    found = state_of(
        seed_on=TODAY,
        is_drawn=False,
        is_invited=False,
        is_entered=entered,
        is_signed=signed,
        today=date.fromordinal(TODAY.toordinal() + day),
    )
    assert found is state


def test_what_was_drawn_stays_drawn() -> None:
    day = {"seed_on": TODAY, "today": TODAY, "is_entered": False, "is_signed": False}
    assert state_of(is_drawn=True, is_invited=False, **day) is ListState.DRAWN  # type: ignore[arg-type]
    assert state_of(is_drawn=True, is_invited=True, **day) is ListState.INVITED  # type: ignore[arg-type]

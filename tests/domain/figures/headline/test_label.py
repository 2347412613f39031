from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from app.domain.codes.channel import Evidence
from app.domain.figures.headline.label import LabelReason, headline_class, reasons_of
from tests.factories.figures.asked import WELL_ASKED

INVITED, SAMPLED = Evidence.INVITED, Evidence.SAMPLED
BOTH = (INVITED, SAMPLED)


#: which number is another one
Fields = dict[str, Any]


def reasons(evidence: Evidence, **other: Any) -> list[str]:
    return [reason.value for reason in reasons_of(evidence, replace(WELL_ASKED, **other))]


@pytest.mark.parametrize(
    ("there", "expected"), [(Evidence, SAMPLED), ([Evidence.OPEN, INVITED, Evidence.HANDED], INVITED), ([], None)]
)
def test_the_headline_is_of_interviews_or_else_of_invitations(
    there: Collection[Evidence], expected: Evidence | None
) -> None:
    assert headline_class(there) is expected


def test_whoever_chose_to_answer_makes_no_headline() -> None:
    assert headline_class(set(Evidence) - set(BOTH)) is None


@pytest.mark.parametrize("evidence", BOTH)
def test_where_nothing_is_wrong_it_is_certified(evidence: Evidence) -> None:
    assert reasons_of(evidence, WELL_ASKED) == ()


@pytest.mark.parametrize(
    ("reason", "classes", "wrong", "just_right"),
    [
        ("few", BOTH, Fields(answers=29), Fields(answers=30)),
        ("draw", BOTH, Fields(drawn_in_public=False), Fields()),
        ("issued", BOTH, Fields(drawn=119), Fields(drawn=120)),
        ("issued", BOTH, Fields(drawn=121), Fields(drawn=120)),
        ("contacts", BOTH, Fields(contactable=149), Fields(contactable=150)),
        ("contacts", BOTH, Fields(cases=149), Fields(cases=150)),
        ("contacts", BOTH, Fields(contactable=131, usual_contactable=None), Fields(contactable=132)),
        ("response", [INVITED], Fields(answers=53), Fields(answers=52)),
        ("few_decoys", [INVITED], Fields(decoys=39), Fields(decoys=40)),
        ("decoy_used", [INVITED], Fields(decoys_used=1), Fields(decoys_used=0)),
        ("unchecked", [SAMPLED], Fields(checked=19, unconfirmed=1), Fields(checked=20)),
        ("check", [SAMPLED], Fields(unconfirmed=3), Fields(unconfirmed=2)),
        ("alike", BOTH, Fields(copied=3), Fields(copied=2)),
        ("record", BOTH, Fields(record_whole=False), Fields()),
    ],
)
def test_each_reason_alone(reason: str, classes: list[Evidence], wrong: Fields, just_right: Fields) -> None:
    usual = WELL_ASKED.usual_contactable if wrong.get("usual_contactable", 1) else None
    for evidence in BOTH:
        assert reasons(evidence, **wrong) == ([reason] if evidence in classes else [])
        assert reason not in reasons(evidence, **{**just_right, "usual_contactable": usual})


def test_all_reasons_are_named_in_their_order() -> None:
    asked = replace(
        WELL_ASKED,
        drawn_in_public=False,
        issued=20,
        contactable=0,
        decoys=39,
        decoys_used=1,
        checked=0,
        unconfirmed=0,
        answers=25,
        copied=40,
        record_whole=False,
    )
    named = set(LabelReason) - {LabelReason.UNCHECKED, LabelReason.CHECK, LabelReason.DECOYS}
    assert reasons_of(INVITED, asked) == tuple(reason for reason in LabelReason if reason in named)
    assert reasons_of(SAMPLED, replace(asked, checked=10, unconfirmed=2))[-4:] == (
        LabelReason.UNCHECKED,
        LabelReason.CHECK,
        LabelReason.ALIKE,
        LabelReason.RECORD,
    )


def test_what_is_not_known_to_be_usual_is_not_held_against_it() -> None:
    assert reasons(INVITED, contactable=140, answers=120, usual_contactable=None, usual_answering=None) == []


@pytest.mark.parametrize("evidence", [evidence for evidence in Evidence if evidence not in BOTH])
def test_people_who_chose_themselves_have_no_label(evidence: Evidence) -> None:
    with pytest.raises(ValueError, match=evidence.value):
        reasons_of(evidence, WELL_ASKED)


@given(contactable=integers(0, 1_000_000), answers=integers(0, 1_000_000))
def test_a_district_of_a_million_cases_has_a_label_as_well(contactable: int, answers: int) -> None:
    large = replace(WELL_ASKED, all_cases=1_000_000, cases=1_000_000, issued=1_000_000, drawn=1_000_000)
    found = reasons_of(INVITED, replace(large, contactable=contactable, answers=answers))
    # Beyond five standard deviations chance cannot be meant.
    if abs(contactable - 750_000) > 2_200:
        assert (LabelReason.CONTACTS in found) == (contactable < 750_000)
    if abs(answers - 300_000) > 2_300:
        assert (LabelReason.RESPONSE in found) == (answers > 300_000)

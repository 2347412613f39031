"""The sentences that figures are said in cover everything that can happen."""

from app.domain.codes.channel import Evidence
from app.domain.figures.wording import HEADINGS, REASONS, reason_label
from app.domain.responses.reason import Reason


def test_every_reason_and_every_evidence_class_has_words() -> None:
    assert set(REASONS) == set(Reason)
    assert set(HEADINGS) == set(Evidence)


def test_the_strongest_evidence_stands_first() -> None:
    assert list(HEADINGS)[:2] == [Evidence.INVITED, Evidence.SAMPLED]


def test_a_reason_of_another_version_is_shown_as_it_is() -> None:
    assert reason_label("late").text("en") == "it came more than 30 days late, or 90 from a device of the department"
    assert reason_label("unheard_of").text("hi") == "unheard_of"

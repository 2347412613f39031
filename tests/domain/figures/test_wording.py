"""The sentences that figures are said in cover everything that can happen."""

import pytest

from app.domain.codes.channel import Evidence
from app.domain.figures import shown
from app.domain.figures import wording as say
from app.domain.figures.report import Share
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


@pytest.mark.parametrize(
    ("share", "sentence"),
    [
        (shown.about(55, 45, 65, at_least=False), "about 55 of 100 people were satisfied (between 45 and 65)"),
        (shown.about(55, 55, 55, at_least=False), "about 55 of 100 people were satisfied"),
        (
            shown.about(55, 45, 65, at_least=True),
            "about 55 of 100 people were satisfied (uncertain at least between 45 and 65)",
        ),
        (shown.below(10, at_least=True), "fewer than 10 of 100 people were satisfied"),
        (shown.above(90, at_least=True), "more than 90 of 100 people were satisfied"),
        (shown.withheld(at_least=True), None),
        (None, None),
    ],
)
def test_good_answers_are_said_of_people(share: Share | None, sentence: str | None) -> None:
    said = say.of_people(share, {"en": "were satisfied"}, "en")
    assert (said.text() if said else None) == sentence


def test_without_words_in_the_language_of_the_reader_nothing_is_said_of_people() -> None:
    share = shown.about(55, 45, 65, at_least=False)
    assert say.of_people(share, {"en": "were satisfied"}, "hi") is None
    assert say.of_people(share, None, "en") is None


def test_good_answers_are_called_as_the_questionnaire_says_and_in_our_words_where_it_says_nothing() -> None:
    called = say.good_answers({"en": "were satisfied", "hi": ""})
    assert (called.text("en"), called.text("hi")) == ("people were satisfied", "good (the two best answers)")
    assert say.good_answers(None) == say.GOOD

from dataclasses import replace

from app.domain.figures.headline.label import LabelReason
from app.domain.figures.headline.words import REASONS, label_text
from app.domain.figures.report_marks import HeadlineLabel
from app.domain.sentence import Sentence

CERTIFIED = HeadlineLabel((), 60, 9, (41, 84))


def test_every_reason_has_words_of_its_own() -> None:
    assert list(REASONS) == list(LabelReason)
    assert len({words.message for words in REASONS.values()}) == len(LabelReason)


def test_it_is_certified_with_the_limits_that_false_answers_would_leave() -> None:
    said = "This figure is certified. If up to 9 of 60 were false: from 41 to 84 in 100."
    assert label_text(CERTIFIED, Sentence.text) == said
    assert label_text(replace(CERTIFIED, false=0), Sentence.text) == "This figure is certified."


def test_what_all_who_were_drawn_say_stands_beside_it() -> None:
    told = label_text(replace(CERTIFIED, limits=None, of_all=(45, 30, 60)), Sentence.text)
    of_all = "Of all who were drawn, also those who did not answer: about 45 in 100, between 30 and 60."
    assert told == f"This figure is certified. {of_all}"


def test_all_reasons_against_it_are_named() -> None:
    told = replace(CERTIFIED, reasons=("draw", "check"), limits=None)
    assert label_text(told, Sentence.text) == (
        "This figure is not certified: who was asked was not drawn in public; too many interviews were not confirmed."
    )

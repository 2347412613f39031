from app.domain.figures.headline.label import Certificate, LabelReason
from app.domain.figures.headline.words import CERTIFIED, NOT_CERTIFIED, REASONS, if_false, label_of, reasons_said


def test_every_reason_has_words_of_its_own() -> None:
    assert list(REASONS) == list(LabelReason)
    assert len({words.message for words in REASONS.values()}) == len(LabelReason)


def test_the_label_is_said_with_all_its_reasons() -> None:
    certificate = Certificate((LabelReason.DRAW, LabelReason.CHECK))
    assert (label_of(certificate), label_of(Certificate())) == (NOT_CERTIFIED, CERTIFIED)
    assert [words.text() for words in reasons_said(certificate)] == [
        "who was asked was not drawn in public",
        "too many interviews were not confirmed",
    ]
    assert reasons_said(Certificate()) == ()


def test_the_bound_is_said_with_its_numbers() -> None:
    said = if_false(9, 60, (41, 84)).text()
    assert said == "If up to 9 of 60 were false: from 41 to 84 in 100."

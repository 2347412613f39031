"""The sentences of the label and of the bound: English msgids. When they are said is decided in `label` and `bound`."""

from app.domain.figures.headline.label import Certificate, LabelReason
from app.domain.sentence import Sentence

CERTIFIED = Sentence("This figure is certified")
NOT_CERTIFIED = Sentence("This figure is not certified")

REASONS = {
    LabelReason.FEW: Sentence("too few answers"),
    LabelReason.DRAW: Sentence("who was asked was not drawn in public"),
    LabelReason.ISSUED: Sentence("more or fewer people were asked than drawn"),
    LabelReason.CONTACTS: Sentence("too many people could not be reached, or were taken off the list"),
    LabelReason.RESPONSE: Sentence("far more of those asked answered than usually do"),
    # True of both: too few of them, or one used.
    LabelReason.DECOYS: Sentence("too few invitations went to people who do not exist, or one of these was answered"),
    LabelReason.UNCHECKED: Sentence("too few interviews were called back"),
    LabelReason.CHECK: Sentence("too many interviews were not confirmed"),
    LabelReason.ALIKE: Sentence("too many answers were set aside as copies"),
    LabelReason.RECORD: Sentence("the public record is not whole"),
}

IF_FALSE = "If up to %(false)s of %(answers)s were false: from %(low)s to %(high)s in 100."


def label_of(certificate: Certificate) -> Sentence:
    return CERTIFIED if certificate.certified else NOT_CERTIFIED


def reasons_said(certificate: Certificate) -> tuple[Sentence, ...]:
    """In the order in which they are named; none of a certified figure."""
    return tuple(REASONS[reason] for reason in certificate.reasons)


def if_false(false: int, answers: int, limits: tuple[int, int]) -> Sentence:
    """The bound in words; all four numbers as they are shown."""
    low, high = limits
    return Sentence(IF_FALSE, {"false": false, "answers": answers, "low": low, "high": high})

"""The sentences of the label and of the bound: English msgids. When they are said is decided in `label` and `bound`."""

from collections.abc import Callable

from app.domain.figures.headline.label import LabelReason
from app.domain.figures.report_marks import HeadlineLabel
from app.domain.sentence import Sentence

CERTIFIED = Sentence("This figure is certified.")
NOT_CERTIFIED = "This figure is not certified: %(reasons)s."
OF_ALL = "Of all who were drawn, also those who did not answer: about %(percent)s in 100, between %(low)s and %(high)s."
IF_FALSE = "If up to %(false)s of %(answers)s were false: from %(low)s to %(high)s in 100."

REASONS = {
    LabelReason.FEW: Sentence("too few answers"),
    LabelReason.DRAW: Sentence("who was asked was not drawn in public"),
    LabelReason.ISSUED: Sentence("more or fewer people were asked than drawn"),
    LabelReason.CONTACTS: Sentence("too many people could not be reached, or were taken off the list"),
    LabelReason.RESPONSE: Sentence("far more of those asked answered than usually do"),
    # True of both: too few of them, or one used.
    LabelReason.FEW_DECOYS: Sentence("too few invitations went to people who do not exist"),
    LabelReason.DECOY_USED: Sentence("somebody answered for people who do not exist"),
    LabelReason.DECOYS: Sentence("too few invitations went to people who do not exist, or one of these was answered"),
    LabelReason.UNCHECKED: Sentence("too few interviews were called back"),
    LabelReason.CHECK: Sentence("too many interviews were not confirmed"),
    LabelReason.ALIKE: Sentence("too many answers were set aside as copies"),
    LabelReason.RECORD: Sentence("the public record is not whole"),
}


def label_text(label: HeadlineLabel, say: Callable[[Sentence], str]) -> str:
    """All that is said of a headline: certified or not, every reason, and its limits if some answers were false."""
    reasons = "; ".join(say(REASONS[LabelReason(code)]) for code in label.reasons)
    said = [say(CERTIFIED if label.is_certified else Sentence(NOT_CERTIFIED, {"reasons": reasons}))]
    if label.limits is not None and label.false:
        low, high = label.limits
        numbers = {"false": label.false, "answers": label.answers, "low": low, "high": high}
        said.append(say(Sentence(IF_FALSE, numbers)))
    if label.of_all is not None:
        percent, low, high = label.of_all
        said.append(say(Sentence(OF_ALL, {"percent": percent, "low": low, "high": high})))
    return " ".join(said)

"""The label of a headline figure: certified, or every reason why it is not.

The reasons are of procedure alone: who was asked, how many could answer, who was called back. Never what was answered.
What the label does not say is that the figure stands for the silent (`app.domain.figures.headline.two_phases`).
"""

from collections.abc import Container, Iterator
from enum import StrEnum

from app.domain.codes.channel import Evidence
from app.domain.figures.headline.asked import Asked
from app.domain.figures.headline.binomial import at_most

#: raised whenever a threshold or a reason changes, so that an old label can be read by its own
POLICY = 2
#: whose figures may be a place's own: the first of these that has answers
HEADLINE_CLASSES = (Evidence.SAMPLED, Evidence.INVITED)
#: answers: the least of which a share is told at all
FEWEST_ANSWERS = 30
#: chance alone leaves so few people on the list at one place in a hundred
RARE_CONTACTS = 0.01
#: whatever is usual: a list of fewer of all cases than this is of some of them only
FEWEST_CONTACTABLE = 0.6
#: chance alone brings so many answers at one place in a thousand; rarer than contacts, for rates differ between places
RARE_ANSWERS = 0.001
#: if one invitation of twelve was stolen, one of forty decoys is used in 97 of 100 quarters
FEWEST_DECOYS = 40
#: if one interview of five was invented, three or more of twenty are not confirmed in 79 of 100 quarters
FEWEST_CHECKED = 20
#: a few honest interviews are not confirmed either: people forget, or somebody else answers the telephone
MOST_UNCONFIRMED = 0.1
#: of honest answers screening takes hardly any, so where it took so many, others may have stayed
MOST_COPIED = 0.05


class LabelReason(StrEnum):
    """Why a figure is not certified."""

    FEW = "few"
    DRAW = "draw"
    ISSUED = "issued"
    CONTACTS = "contacts"
    RESPONSE = "response"
    FEW_DECOYS = "few_decoys"
    DECOY_USED = "decoy_used"
    #: either of the two, in editions up to policy 1
    DECOYS = "decoys"
    UNCHECKED = "unchecked"
    CHECK = "check"
    ALIKE = "alike"
    RECORD = "record"


def headline_class(there: Container[Evidence]) -> Evidence | None:
    """Of the classes that have answers, that whose figure is the headline; None where people chose themselves."""
    return next((evidence for evidence in HEADLINE_CLASSES if evidence in there), None)


def reasons_of(evidence: Evidence, asked: Asked) -> tuple[LabelReason, ...]:
    """All that holds against a figure of this class, in the order of `LabelReason`.

    ValueError for a class that has no headline: people who chose themselves whether to answer.
    """
    if evidence not in HEADLINE_CLASSES:
        raise ValueError(f"answers of the class {evidence} are no headline")
    found = set(_of_any(asked))
    found.update(_of_invited(asked) if evidence is Evidence.INVITED else _of_sampled(asked))
    return tuple(reason for reason in LabelReason if reason in found)


def _of_any(asked: Asked) -> Iterator[LabelReason]:
    if asked.answers < FEWEST_ANSWERS:
        yield LabelReason.FEW
    if not asked.drawn_in_public:
        yield LabelReason.DRAW
    if asked.issued != asked.drawn:
        yield LabelReason.ISSUED
    if _contacts_are_few(asked):
        yield LabelReason.CONTACTS
    if asked.copied > MOST_COPIED * asked.class_answers:
        yield LabelReason.ALIKE
    if not asked.record_whole:
        yield LabelReason.RECORD


def _of_invited(asked: Asked) -> Iterator[LabelReason]:
    if asked.usual_answering is not None:
        silent = asked.issued - asked.answers
        if at_most(silent, asked.issued, 1 - asked.usual_answering) < RARE_ANSWERS:
            yield LabelReason.RESPONSE
    if asked.decoys < FEWEST_DECOYS:
        yield LabelReason.FEW_DECOYS
    if asked.decoys_used:
        yield LabelReason.DECOY_USED


def _of_sampled(asked: Asked) -> Iterator[LabelReason]:
    return of_check(asked.checked, asked.unconfirmed)


def of_check(checked: int, unconfirmed: int) -> Iterator[LabelReason]:
    """What holds against interviews of which so many were called back, and so many of these not confirmed."""
    if checked < FEWEST_CHECKED:
        yield LabelReason.UNCHECKED
    if unconfirmed > MOST_UNCONFIRMED * checked:
        yield LabelReason.CHECK


def _contacts_are_few(asked: Asked) -> bool:
    """Of those listed: taken out to be protected, and taken out for being angry, look alike from outside."""
    if asked.listed < FEWEST_CONTACTABLE * asked.all_cases:
        return True
    if asked.usual_contactable is None:
        return False
    return at_most(asked.listed, asked.all_cases, asked.usual_contactable) < RARE_CONTACTS

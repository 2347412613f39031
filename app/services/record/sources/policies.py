"""The rules that figures are made by, as texts that the record names: whoever reads an old figure finds its rules.

A text is made of the constants that the code goes by. One that changes is another policy, with another number.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.figures import disclosure
from app.domain.figures.headline import label
from app.domain.responses.screening import likeness
from app.domain.responses.screening.policy import LIKENESS, POLICY_VERSION
from app.services.record.log.entries import NewEntry, entry_about


@dataclass(frozen=True, slots=True)
class PublishedPolicy:
    """`what` is `screening`, `disclosure` or `headline`; `text` is served under its SHA-256, the `digest`."""

    what: str
    number: int
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


_SCREENING = f"""Screening, policy {POLICY_VERSION}

An answer is set aside for what lies in it at arrival (late, repeated, an ended code, a broken rule of the
questionnaire), or because more answers of its place and evidence class are like it than honest people give.
Never for being negative, for coming in a burst, or for an address.

window of hours: {likeness.SHORT_WINDOW.total_seconds() / 3600:.0f} before and after
window of weeks: {likeness.LONG_BEFORE.days // 7} before, {likeness.LONG_AFTER.days // 7} after
fewest alike: {LIKENESS.fewest_alike}
greatest tail: 10^-{LIKENESS.least_tail}
expected at least, first page: {likeness.CORE_FLOOR}
expected at least, whole answer: {likeness.RICH_FLOOR}
"""

_DISCLOSURE = f"""Disclosure, policy {disclosure.POLICY}

answers in a block at least: {disclosure.MINIMUM}
shares from: {disclosure.MINIMUM_FOR_SHARES}
comparisons from: {disclosure.MINIMUM_FOR_COMPARISON}
what goes together from: {disclosure.MINIMUM_FOR_DRIVERS}
numbers of answers rounded to: {disclosure.ROUNDING}
limits nearer than, in 100: {disclosure.NEAR_UNANIMOUS}, below {disclosure.SMALL_SHARES_FROM} answers
times told: the newest edition, a month that is over, all quarters that are over
with those set aside: as far as it follows from what is told of those counted and of those set aside
"""

_HEADLINE = f"""Headline, policy {label.POLICY}

The figure of people who were interviewed, else of people who were drawn and invited. It is certified if none of these
holds, and else all that hold are named.

few: fewer answers than {label.FEWEST_ANSWERS}
draw: a list or a draw that is not in the record, or that its seed does not give; people asked without a draw
issued: more or fewer asked than drawn
contacts: fewer listed of all cases than {label.FEWEST_CONTACTABLE}, or than chance leaves in {label.RARE_CONTACTS}
response: more answers than chance brings in {label.RARE_ANSWERS}
decoys: fewer than {label.FEWEST_DECOYS}, or one used
unchecked: fewer interviews called back than {label.FEWEST_CHECKED}
check: more of these not confirmed than {label.MOST_UNCONFIRMED}
alike: more set aside as copies than {label.MOST_COPIED}
record: broken off, or an hour without a seal
"""

POLICIES = (
    PublishedPolicy("screening", POLICY_VERSION, _SCREENING),
    PublishedPolicy("disclosure", disclosure.POLICY, _DISCLOSURE),
    PublishedPolicy("headline", label.POLICY, _HEADLINE),
)


def new_policies(session: Session, today: date) -> list[NewEntry]:
    """Rules that this version goes by and that are in no entry yet; the text that each names stands beside it."""
    return [
        NewEntry(
            "policy",
            f"policy_{policy.what}",
            policy.number,
            {
                "what": policy.what,
                "policy": policy.number,
                "document": policy.digest,
                "since": today.isoformat(),
            },
            {f"policy/{policy.digest}.txt": policy.text},
        )
        for policy in POLICIES
        if entry_about(session, f"policy_{policy.what}", policy.number) is None
    ]

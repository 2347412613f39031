"""The rules that figures are made by, as texts that the record names: whoever reads an old figure finds its rules.

A text is made of the constants that the code goes by, or of the values that headquarters chose. One that changes is
another policy, with another number.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.figures import disclosure
from app.domain.figures.headline import label
from app.domain.record.canonical import Value
from app.domain.responses.screening import likeness
from app.domain.responses.screening.dated_policies import EARLIER, NUMBERS
from app.domain.responses.screening.policy import LIKENESS, POLICY_VERSION, Policy
from app.models import ScreeningPolicy
from app.services.record.log.entries import NewEntry, entry_about, is_entered

SCREENING = "screening"


@dataclass(frozen=True, slots=True)
class PublishedPolicy:
    """`what` is `screening`, `disclosure` or `headline`; `text` is served under its SHA-256, the `digest`."""

    what: str
    number: int
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def screening_policy(number: int, values: Policy) -> PublishedPolicy:
    """What is published of a policy by which answers are set aside: that of the code, or a chosen one."""
    return PublishedPolicy(SCREENING, number, _screening_text(number, values))


def _screening_text(number: int, values: Policy) -> str:
    text = f"""Screening, policy {number}

An answer is set aside for what lies in it at arrival (late, repeated, an ended code, a broken rule of the
questionnaire), or because more answers of its place and evidence class are like it than honest people give.
Never for being negative, for coming in a burst, or for an address.

window of hours: {likeness.SHORT_WINDOW.total_seconds() / 3600:.0f} before and after
window of weeks: {likeness.LONG_BEFORE.days // 7} before, {likeness.LONG_AFTER.days // 7} after
fewest alike: {values.fewest_alike}
greatest tail: 10^-{values.least_tail}
expected at least, first page: {likeness.CORE_FLOOR}
expected at least, whole answer: {likeness.RICH_FLOOR}
"""
    version = number if number <= POLICY_VERSION else number // 100
    # The texts of version 6 stand under their digests since before this was so.
    if version > EARLIER.number:
        text += "each verdict follows from what is kept of its answer: how many are like it, or what lay in it\n"
    if number == version:
        return text
    # That of the code's own policy stands under its digest since before others could be chosen.
    return f"""{text}fewest alike in what they wrote, once texts are compared: {values.fewest_written_alike}

Chosen by the department under the rules of policy {version}. Judged by it: answers of the weeks from its first
Monday to that of the next one.
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
few_decoys: fewer than {label.FEWEST_DECOYS}
decoy_used: one used
unchecked: fewer interviews called back than {label.FEWEST_CHECKED}
check: more of these not confirmed than {label.MOST_UNCONFIRMED}
alike: more set aside as copies than {label.MOST_COPIED}
record: broken off, or an hour without a seal
"""

POLICIES = (
    screening_policy(POLICY_VERSION, LIKENESS),
    PublishedPolicy("disclosure", disclosure.POLICY, _DISCLOSURE),
    PublishedPolicy("headline", label.POLICY, _HEADLINE),
)


def new_policies(session: Session, today: date) -> list[NewEntry]:
    """Rules that are in no entry yet: those of this version, and those that were chosen and confirmed.

    The text that each names stands beside it.
    """
    built_in = [_entry(policy, today) for policy in POLICIES if entry_about(session, *_about(policy)) is None]
    chosen = session.scalars(
        select(ScreeningPolicy)
        .where(
            ScreeningPolicy.number.between(NUMBERS[0], NUMBERS[-1]),
            ~is_entered(f"policy_{SCREENING}", ScreeningPolicy.number),
        )
        .order_by(ScreeningPolicy.number)
    )
    return built_in + [_entry(_chosen_policy(row), row.since) for row in chosen]


def _chosen_policy(row: ScreeningPolicy) -> PublishedPolicy:
    return screening_policy(row.number or 0, Policy(row.fewest_alike, row.fewest_written_alike, row.least_tail))


def _about(policy: PublishedPolicy) -> tuple[str, int]:
    return f"policy_{policy.what}", policy.number


def _entry(policy: PublishedPolicy, since: date) -> NewEntry:
    content: dict[str, Value] = {
        "what": policy.what,
        "policy": policy.number,
        "document": policy.digest,
        "since": since.isoformat(),
    }
    return NewEntry("policy", *_about(policy), content, {f"policy/{policy.digest}.txt": policy.text})

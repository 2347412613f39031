"""What headquarters may choose: a policy that sets fewer answers aside than the measured one, from a Monday on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.problem import Problem, ProblemType
from app.domain.responses.screening.dated_policies import Policies
from app.domain.responses.screening.policy import LIKENESS, Policy
from app.domain.weeks import WEEK, week_of, weeks_from

SHORTEST_REASON, LONGEST_REASON = 20, 300
#: from the present week to the first for which a policy can be chosen: a whole week lies between
NOTICE = 2 * WEEK
#: Mondays among which one is chosen
MONDAYS = 13

POLICY_WRONG = ProblemType("policy.wrong", 422, "These values cannot be chosen.")
POLICY_BOUNDS = ProblemType("policy.bounds", 422, "Please write a whole number from %(first)s to %(last)s.")
POLICY_SINCE = ProblemType("policy.since", 422, "Please choose one of these Mondays.")
POLICY_REASON = ProblemType("policy.reason", 422, "Please give a reason of %(shortest)d to %(longest)d letters.")
POLICY_SAME = ProblemType("policy.same", 422, "These are the values that hold by then already.")
POLICY_PROPOSED = ProblemType("policy.proposed", 409, "Somebody has proposed other values. Look at that first.")
POLICY_GONE = ProblemType("policy.gone", 404, "Nothing waits here any more: it was confirmed or taken back.")
POLICY_SAME_PERSON = ProblemType("policy.same_person", 403, "Somebody else has to confirm what you proposed.")
POLICY_LATE = ProblemType(
    "policy.late", 409, "It is too late for that Monday. Take the proposal back, and propose it for a later one."
)
POLICY_TOO_MANY = ProblemType("policy.too_many", 409, "So many values were chosen that no further number is left.")


@dataclass(frozen=True, slots=True)
class Bound:
    """The least and the greatest that can be chosen. The least was measured: a pilot asks for more, never for less."""

    first: int
    last: int


BOUNDS: Mapping[str, Bound] = {
    "fewest_alike": Bound(LIKENESS.fewest_alike, 50),
    "fewest_written_alike": Bound(LIKENESS.fewest_written_alike, 20),
    "least_tail": Bound(LIKENESS.least_tail, 12),
}


@dataclass(frozen=True, slots=True)
class PolicyChoice:
    """What is proposed."""

    values: Policy
    since: date
    reason: str


def read_values(texts: Mapping[str, str]) -> Policy:
    """The values as they were typed, by their names. Problem `policy.wrong`, each part `policy.bounds` of a `field`."""
    numbers: dict[str, int] = {}
    wrong = []
    for field, bound in BOUNDS.items():
        text = texts.get(field, "").strip()
        number = int(text) if text.isdecimal() and len(text) <= len(str(bound.last)) else None
        if number is None or not bound.first <= number <= bound.last:
            wrong.append(Problem(POLICY_BOUNDS, field=field, first=bound.first, last=bound.last))
        else:
            numbers[field] = number
    if wrong:
        raise Problem(POLICY_WRONG, parts=wrong)
    return Policy(**numbers)


def mondays(policies: Policies, today: date) -> list[date]:
    """Those from which on a new policy can hold: after a whole week of notice, and later than the newest one."""
    first = max(week_of(today) + NOTICE, policies.newest.since + WEEK)
    return list(weeks_from(first, first + (MONDAYS - 1) * WEEK))


def read_choice(values: Policy, since: str, reason: str, policies: Policies, today: date) -> PolicyChoice:
    """Problems `policy.same` and `policy.wrong`, each part of the latter with its `field`: `since` or `reason`."""
    monday = next((day for day in mondays(policies, today) if day.isoformat() == since), None)
    text = " ".join(reason.split())
    wrong = []
    if monday is None:
        wrong.append(Problem(POLICY_SINCE, field="since"))
    if not SHORTEST_REASON <= len(text) <= LONGEST_REASON:
        wrong.append(Problem(POLICY_REASON, field="reason", shortest=SHORTEST_REASON, longest=LONGEST_REASON))
    if wrong or monday is None:
        raise Problem(POLICY_WRONG, parts=wrong)
    if values == policies.newest.values:
        raise Problem(POLICY_SAME)
    return PolicyChoice(values, monday, text)


def require_notice(since: date, today: date) -> None:
    """Problem `policy.late` where less than a whole week lies before it: what is confirmed is published first."""
    if since < week_of(today) + NOTICE:
        raise Problem(POLICY_LATE)

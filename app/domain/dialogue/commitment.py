"""Commitments: what a place has promised to do about a figure, by when, and what became of it.

What people said is a quote of an edition; lateness comes from the calendar; a promise that was not kept is an end like
any other, with its reason. Goals are things done: a share as a goal would invite answers that make it true.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.accounts.role import Permission, Role
from app.domain.dialogue.commitment_quote import Figure, QuoteJson
from app.domain.free_text import clean_lines
from app.domain.problem import Problem, ProblemType
from app.domain.surveys.survey import Texts
from app.domain.weeks import WEEK, day_of

LONGEST_TEXT, LONGEST_OFFICE = 280, 80
SOONEST, LATEST = timedelta(days=7), timedelta(days=180)
#: unfinished ones that a place can have: proposed or open
MOST_UNFINISHED = 3
#: so long after its end, the figure of then and that of now stand side by side
LOOKED_AT_AGAIN = 26 * WEEK

COMMITMENT_UNKNOWN = ProblemType("commitment.unknown", 404, "There is no such promise.")
TEXT_MISSING = ProblemType(
    "commitment.text_missing", 422, "Please write this in every language: everybody reads it, and it stays."
)
TEXT_LONG = ProblemType("commitment.text_long", 422, "Please write at most %(most)s characters; these are %(length)s.")
SHARE_GOAL = ProblemType(
    "commitment.share_goal",
    422,
    "Please promise something that is done, not a share: a share as a goal invites answers that make it true.",
)
DUE_RANGE = ProblemType("commitment.due_range", 422, "Please choose a day from %(first)s to %(last)s.")
DUE_EARLIER = ProblemType("commitment.due_earlier", 422, "The new day has to be after the one that holds now.")
DUE_OVER = ProblemType(
    "commitment.due_over", 409, "Its day has come while it waited. Give it back, so that another day is chosen."
)
TOO_MANY = ProblemType(
    "commitment.too_many",
    409,
    "Three promises of this place are not finished yet. Finish one of them first: %(promises)s",
)
CHANGED = ProblemType(
    "commitment.changed", 409, "This promise was changed after you had read it. Please read it again."
)
WRONG_STATE = ProblemType(
    "commitment.wrong_state", 409, "This promise has changed meanwhile, so this can no longer be done."
)
SAME_PERSON = ProblemType("commitment.same_person", 409, "Somebody else has to approve what you wrote.")
NOT_APPROVER = ProblemType(
    "commitment.not_approver", 403, "Whoever heads a place above this one, or headquarters, approves its promises."
)
ACTOR_GONE = ProblemType("commitment.actor_gone", 403, "This account was switched off, so this was not done.")
PLACE_RETIRED = ProblemType("commitment.place_retired", 409, "This place was closed, so it can promise nothing more.")
NOT_PUBLIC = ProblemType(
    "commitment.not_public", 409, "The results of this place are not public, so nobody could read its promise."
)
FIGURE_GONE = ProblemType(
    "commitment.figure_gone", 409, "This figure is not in the newest results. Please choose one of theirs."
)

_SHARE = re.compile(r"[%٪％]|प्रतिशत|फ़ीसदी|फीसदी|per ?cent|in 100\b|100 में", re.IGNORECASE)


class State(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"
    WITHDRAWN = "withdrawn"


#: it takes a place of the three; a draft is nobody's promise yet
UNFINISHED = (State.PROPOSED, State.OPEN)
#: what everybody reads
PUBLISHED = (State.OPEN, State.DONE, State.NOT_DONE, State.WITHDRAWN)


class Step(StrEnum):
    """What happened to a commitment; each is kept."""

    DRAFTED = "drafted"
    PROPOSED = "proposed"
    RETURNED = "returned"
    OPENED = "opened"
    MOVED = "moved"
    DONE = "done"
    NOT_DONE = "not_done"
    WITHDRAWN = "withdrawn"


#: from which states a step can be taken, and to which it leads
_STEPS: Mapping[Step, tuple[tuple[State, ...], State]] = {
    Step.DRAFTED: ((State.DRAFT,), State.DRAFT),
    Step.PROPOSED: ((State.DRAFT,), State.PROPOSED),
    Step.RETURNED: ((State.PROPOSED,), State.DRAFT),
    Step.OPENED: ((State.PROPOSED,), State.OPEN),
    Step.MOVED: ((State.OPEN,), State.OPEN),
    Step.DONE: ((State.OPEN,), State.DONE),
    Step.NOT_DONE: ((State.OPEN,), State.NOT_DONE),
    Step.WITHDRAWN: ((State.OPEN,), State.WITHDRAWN),
}
#: the steps that end one
ENDS = (Step.DONE, Step.NOT_DONE, Step.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class CommitmentEvent:
    """`texts` are what was said with it, by language; `due_on` the new day of a date that was moved."""

    id: int
    step: Step
    at: datetime
    account_id: int
    texts: Texts
    due_on: date | None = None

    @property
    def on(self) -> date:
        return day_of(self.at)


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise as it stands. `first_due_on` never changes; `number` is given when everybody can read it."""

    id: int
    place_id: int
    number: int | None
    edition_id: int
    figure: Figure
    quote: QuoteJson
    will: Texts
    office: Texts
    first_due_on: date
    state: State
    events: tuple[CommitmentEvent, ...]

    @property
    def due_on(self) -> date:
        """The day that holds now."""
        return next((event.due_on for event in reversed(self.events) if event.due_on), self.first_due_on)

    @property
    def fingerprint(self) -> str:
        """Of all that is promised: whoever approves it approves what was read, and nothing else."""
        told = [self.place_id, asdict(self.figure), self.quote, self.will, self.office, self.first_due_on.isoformat()]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:20]

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.first_due_on

    @property
    def authors(self) -> frozenset[int]:
        """Who wrote or sent it: none of them approves it."""
        written = (Step.DRAFTED, Step.PROPOSED)
        return frozenset(event.account_id for event in self.events if event.step in written)

    @property
    def ended(self) -> CommitmentEvent | None:
        last = self.events[-1] if self.events else None
        return last if last and last.step in ENDS else None

    @property
    def ended_on(self) -> date | None:
        return self.ended.on if self.ended else None

    @property
    def opened_on(self) -> date | None:
        """Since when everybody can read it."""
        return next((event.on for event in self.events if event.step is Step.OPENED), None)

    def days_late(self, today: date) -> int:
        """By how many days the day that was promised first has passed; 0 while it has not, and once it has ended."""
        return max(0, (today - self.first_due_on).days) if self.state is State.OPEN else 0

    def is_looked_at_again(self, today: date) -> bool:
        """Whether the figure of now stands beside that of then."""
        ended_on = self.ended_on
        return (
            self.state in (State.DONE, State.NOT_DONE)
            and ended_on is not None
            and (ended_on + LOOKED_AT_AGAIN <= today)
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """What is promised, in every language: what will be done, which office does it, and by when."""

    will: Texts
    office: Texts
    due_on: date


def after(state: State, step: Step) -> State:
    """The state that a step leads to. Problem `commitment.wrong_state` where it cannot be taken."""
    befores, leads_to = _STEPS[step]
    if state not in befores:
        raise Problem(WRONG_STATE)
    return leads_to


def read_wording(wording: Wording, languages: Sequence[str], today: date) -> Wording:
    """As it is kept. Problems `commitment.text_missing`, `.text_long`, `.share_goal` and `.due_range`."""
    will = read_texts(wording.will, languages, LONGEST_TEXT)
    office = read_texts(wording.office, languages, LONGEST_OFFICE)
    if any(_SHARE.search(text) for text in will.values()):
        raise Problem(SHARE_GOAL, field="will")
    require_due(wording.due_on, today)
    return Wording(will, office, wording.due_on)


def read_texts(given: Texts, languages: Sequence[str], most: int = LONGEST_TEXT) -> dict[str, str]:
    """One line in each language. Problems `commitment.text_missing` and `commitment.text_long`."""
    texts = clean_lines(given, languages)
    if not all(texts.values()):
        raise Problem(TEXT_MISSING)
    longest = max(map(len, texts.values()))
    if longest > most:
        raise Problem(TEXT_LONG, most=most, length=longest)
    return texts


def require_due(due_on: date, today: date) -> None:
    """Problem `commitment.due_range` unless it is a week to half a year away."""
    if not today + SOONEST <= due_on <= today + LATEST:
        raise Problem(DUE_RANGE, first=(today + SOONEST).isoformat(), last=(today + LATEST).isoformat())


def may_approve(role: Role, is_own_place: bool) -> bool:
    """Whether an account may approve for a place that is its own or lies below it: nobody approves for themselves."""
    return role.may(Permission.APPROVE_COMMITMENT) and (role is Role.STATE_ADMIN or not is_own_place)


def in_order(commitments: Iterable[Commitment], today: date) -> list[Commitment]:
    """As everybody reads them: late ones first, then open by their days, done, not done, and withdrawn apart."""
    order = {State.OPEN: 0, State.DONE: 1, State.NOT_DONE: 2, State.WITHDRAWN: 3}

    def key(one: Commitment) -> tuple[int, int, int]:
        by_day = -one.ended_on.toordinal() if one.ended_on else one.due_on.toordinal()
        return order.get(one.state, -1), -one.days_late(today), by_day

    return sorted(commitments, key=key)

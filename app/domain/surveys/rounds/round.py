"""Rounds: a poll or a quiz with dates, of which nobody sees a number before its results day.

The dates are told before it opens, and nothing is changed from then on: a running count would invite stuffing and a
convenient end. What state a round is in follows from its dates, and from what was kept about it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypedDict

from app.domain.free_text import clean_lines
from app.domain.problem import Problem, ProblemType
from app.domain.surveys.rules import without_keys
from app.domain.surveys.survey import SurveyDefinition
from app.domain.weeks import IST, WEEK, day_of, week_of

#: it is announced so long before it opens at least
ANNOUNCED_BEFORE = timedelta(hours=24)
#: its results come so long after it closed at least, so that most phones have found a network by then
COUNTED_AFTER = timedelta(days=7)
#: for how long a round may be open
MOST_DAYS = 60
#: results may come so long after the first Monday on which they could
PUT_OFF = 8 * WEEK
#: on its results day: until when an answer may arrive to be counted, and from when on results are made and shown.
#: Nobody adds anything in between, and nothing is reckoned before the second.
TAKEN_UNTIL, SHOWN_FROM = time(10), time(11)
#: letters of the reason for cancelling, in a language
REASON_LENGTH = 280

ROUND_UNKNOWN = ProblemType("round.unknown", 404, "There is no such poll or quiz.")
ROUND_SURVEY = ProblemType(
    "round.survey", 422, "Only a published poll or quiz can have dates. Please choose one that is published."
)
ROUND_TAKEN = ProblemType(
    "round.taken",
    409,
    "These questions have had their dates already. Publish a new version of them, so that answers are not mixed.",
)
ROUND_ANSWERED = ProblemType(
    "round.answered",
    409,
    "These questions have been answered without dates already. Publish a new version of them for this.",
)
ROUND_CODES = ProblemType(
    "round.codes",
    409,
    "A poll or quiz with dates is answered by links, posters and counter screens alone: of slips, invitations and "
    "devices it is known how many were used.",
)
ROUND_PLACE = ProblemType(
    "round.place", 409, "There is a code for these questions outside of this place. Whoever used it would be counted."
)
ROUND_BACKWARDS = ProblemType("round.backwards", 422, "The last day cannot be before the first.")
ROUND_TOO_LONG = ProblemType("round.too_long", 422, "Please choose at most %(most)s days.")
ROUND_TOO_SOON = ProblemType(
    "round.too_soon", 422, "It has to be announced a whole day before it opens. Please choose a later day."
)
ROUND_RESULTS_DAY = ProblemType(
    "round.results_day", 422, "Results come on a Monday, at least seven days after it closed: %(first)s or later."
)
ROUND_RESULTS_LATE = ProblemType(
    "round.results_late", 422, "Please choose %(last)s at the latest: results that wait longer look held back."
)
ROUND_SAME_PERSON = ProblemType(
    "round.same_person", 403, "Whoever planned this cannot approve it. Another person does."
)
ROUND_NOT_PLANNED = ProblemType("round.not_planned", 409, "Somebody has approved or withdrawn this meanwhile.")
ROUND_OVER = ProblemType("round.over", 409, "This was published or cancelled already, so nothing can be changed.")
ROUND_REASON = ProblemType(
    "round.reason", 422, "Please write the reason in each language, in at most %(most)s letters. Everybody reads it."
)
ROUND_HOLDS = ProblemType(
    "round.holds",
    409,
    "“%(slug)s” has dates that were announced or wait for approval. Until its results are there, it is neither changed "
    "nor closed.",
)
ROUND_NOT_YET = ProblemType("round.not_yet", 409, "These questions are not open yet.")
ROUND_CLOSED = ProblemType("round.closed", 410, "The time for answering these questions is over.")


class AnnouncementJson(TypedDict):
    """What is announced, and never changes from then on. `asked` is the fingerprint of the questions without the right
    answers of a quiz; times are in Indian time.
    """

    round: int
    kind: str
    survey: str
    version: int
    asked: str
    place: str
    opens_at: str
    closes_at: str
    results_on: str


class RoundState(StrEnum):
    """`withdrawn` was never announced; the others but `planned` are public. Of one that is `held` a quiet period keeps
    the results back.
    """

    PLANNED = "planned"
    WITHDRAWN = "withdrawn"
    ANNOUNCED = "announced"
    OPEN = "open"
    COUNTING = "counting"
    HELD = "held"
    PUBLISHED = "published"
    CANCELLED = "cancelled"

    @property
    def is_public(self) -> bool:
        return self not in (RoundState.PLANNED, RoundState.WITHDRAWN)

    @property
    def is_over(self) -> bool:
        """Whether nothing becomes of it any more."""
        return self in (RoundState.WITHDRAWN, RoundState.HELD, RoundState.PUBLISHED, RoundState.CANCELLED)


@dataclass(frozen=True, slots=True)
class RoundDates:
    """When it opens and closes, and on which day its results come. The last day is the day before it closes."""

    opens_at: datetime
    closes_at: datetime
    results_on: date

    @classmethod
    def of_days(cls, first: date, last: date, results_on: date) -> "RoundDates":
        """Whole days in India: from midnight before the first to midnight after the last."""
        return cls(_midnight(first), _midnight(last + timedelta(days=1)), results_on)

    @property
    def first_day(self) -> date:
        return day_of(self.opens_at)

    @property
    def last_day(self) -> date:
        return day_of(self.closes_at) - timedelta(days=1)

    @property
    def taken_until(self) -> datetime:
        """What arrives from then on is not counted, whenever it was answered."""
        return datetime.combine(self.results_on, TAKEN_UNTIL, IST)

    @property
    def shown_from(self) -> datetime:
        return datetime.combine(self.results_on, SHOWN_FROM, IST)


@dataclass(frozen=True, slots=True)
class RoundTimes:
    """What was kept about a round: when it was announced, cancelled and published, if it was."""

    announced_at: datetime | None = None
    cancelled_at: datetime | None = None
    published_at: datetime | None = None


def state_of(dates: RoundDates, times: RoundTimes, now: datetime) -> RoundState:
    """What was kept comes before the clock: one that was set back never takes away what was published."""
    if times.cancelled_at is not None:
        return RoundState.WITHDRAWN if times.announced_at is None else RoundState.CANCELLED
    if times.announced_at is None:
        return RoundState.PLANNED
    if times.published_at is not None:
        return RoundState.PUBLISHED
    if now < dates.opens_at:
        return RoundState.ANNOUNCED
    return RoundState.OPEN if now < dates.closes_at else RoundState.COUNTING


def check_dates(first: date, last: date, results_on: date, now: datetime) -> RoundDates:
    """The dates; the Problem says which of the three days is wrong by its detail `field`.

    Problems `round.backwards`, `round.too_long`, `round.too_soon`, `round.results_day`, `round.results_late`.
    """
    if last < first:
        raise Problem(ROUND_BACKWARDS, field="last")
    if (last - first).days >= MOST_DAYS:
        raise Problem(ROUND_TOO_LONG, field="last", most=MOST_DAYS)
    dates = RoundDates.of_days(first, last, results_on)
    if not is_announced_in_time(dates, now):
        raise Problem(ROUND_TOO_SOON, field="first")
    earliest = first_results_day(last)
    if results_on.weekday() or results_on < earliest:
        raise Problem(ROUND_RESULTS_DAY, field="results", first=earliest.isoformat())
    if results_on > earliest + PUT_OFF:
        raise Problem(ROUND_RESULTS_LATE, field="results", last=(earliest + PUT_OFF).isoformat())
    return dates


def is_announced_in_time(dates: RoundDates, now: datetime) -> bool:
    return now + ANNOUNCED_BEFORE <= dates.opens_at


def first_results_day(last: date) -> date:
    """The first Monday on which results may come, by the last day of answering. A holiday is a day like any other."""
    earliest = last + timedelta(days=1) + COUNTED_AFTER
    monday = week_of(earliest)
    return monday if monday == earliest else monday + WEEK


def announcement(
    number: int, place_code: str, slug: str, version: int, asked: SurveyDefinition, dates: RoundDates
) -> str:
    """The announcement as it is served."""
    announced: AnnouncementJson = {
        "round": number,
        "kind": asked.kind.value,
        "survey": slug,
        "version": version,
        "asked": without_keys(asked).fingerprint,
        "place": place_code,
        "opens_at": dates.opens_at.astimezone(IST).isoformat(),
        "closes_at": dates.closes_at.astimezone(IST).isoformat(),
        "results_on": dates.results_on.isoformat(),
    }
    return canonical(announced)


def canonical(document: Mapping[str, object]) -> str:
    """Sorted keys, no spaces, letters as they are."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """SHA-256 of the bytes that are served."""
    return hashlib.sha256(text.encode()).hexdigest()


def check_reason(reason: Mapping[str, str], languages: tuple[str, ...]) -> dict[str, str]:
    """The reason on a line in each language. Problem `round.reason`."""
    cleaned = clean_lines(reason, languages)
    if not all(0 < len(text) <= REASON_LENGTH for text in cleaned.values()):
        raise Problem(ROUND_REASON, most=REASON_LENGTH)
    return cleaned


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), IST)

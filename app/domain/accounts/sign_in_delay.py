"""How long to wait after failed sign-ins. A delay, never a lock: a lock would be a weapon against the owner."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.clocks import CLOCKS_APART
from app.domain.problem import ProblemType

SIGN_IN_WAIT = ProblemType("sign_in.wait", 429, "Too many attempts. Please wait %(seconds)d seconds and try again.")

#: with the detail `retry_after`, in seconds
SIGN_IN_BUSY = ProblemType(
    "sign_in.busy", 503, "Many people are signing in at this moment. Please wait a few seconds and try again."
)

#: failures are forgotten when nothing has failed for this long
FORGET_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class DelayRule:
    """`free` failures cost nothing; each one after that doubles the wait, from `first` up to `longest`."""

    free: int
    first: timedelta
    longest: timedelta

    def after(self, failures: int) -> timedelta:
        """The wait after so many failures in a row."""
        excess = failures - self.free
        if excess <= 0:
            return timedelta()
        return min(self.first * (1 << min(excess - 1, 30)), self.longest)

    def is_step(self, failures: int) -> bool:
        """Whether the first wait, or the longest one, begins with this failure: worth telling others, twice at most."""
        begins = failures == self.free + 1
        return begins or (self.after(failures - 1) < self.after(failures) == self.longest)


# What is tried from one network at one account. A stranger makes the own network wait, and nobody else's.
ACCOUNT = DelayRule(free=3, first=timedelta(seconds=2), longest=timedelta(seconds=60))
# The same at an account at which so much failed lately, from wherever, that somebody guesses: the first attempt from
# each network is looked at as before, so that the owner gets in; what follows it has to wait longer.
MANY_FAILURES = 100
GUESSED_ACCOUNT = DelayRule(free=1, first=timedelta(seconds=30), longest=timedelta(hours=1))
# A whole office may share one address.
ADDRESS = DelayRule(free=20, first=timedelta(seconds=1), longest=timedelta(seconds=60))
# A browser that this account has used before waits on its own count, so that strangers cannot make it wait.
KNOWN_BROWSER = DelayRule(free=10, first=timedelta(seconds=2), longest=timedelta(minutes=15))
# Only who knows the password gets this far, and there are only a million codes.
SECOND_FACTOR = DelayRule(free=3, first=timedelta(seconds=5), longest=timedelta(minutes=15))
#: no wait of any rule ends later than this
LONGEST_WAIT = max(rule.longest for rule in (ACCOUNT, GUESSED_ACCOUNT, ADDRESS, KNOWN_BROWSER, SECOND_FACTOR))


@dataclass(frozen=True, slots=True)
class Failures:
    """What is remembered under one key."""

    count: int
    not_before_at: datetime

    def wait(self, rule: DelayRule, now: datetime) -> timedelta:
        """How long from now, never longer than the rule has it for so many failures.

        What was written by a clock that was ahead, and has been set right since, counts as now: else everybody who
        signed in meanwhile, or mistyped, would be kept out for as long as it was ahead.
        """
        left, longest = self.not_before_at - now, rule.after(self.count)
        return timedelta() if left > longest + CLOCKS_APART else max(min(left, longest), timedelta())

    def one_more(self, rule: DelayRule, now: datetime) -> "Failures":
        count = 1 if self.is_forgotten(now) else self.count + 1
        return Failures(count, now + rule.after(count))

    def is_forgotten(self, now: datetime) -> bool:
        return now - self.not_before_at > FORGET_AFTER

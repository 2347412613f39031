"""What became of a post: which states it goes through, who may take it on, and how each step refuses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.problem import ProblemType

#: nobody alone keeps a post from its readers for longer
LONGEST_HIDDEN = timedelta(hours=72)

NOT_YOURS = ProblemType("post.not_yours", 409, "Only whoever wrote this version can change it or send it.")
OWN_POST = ProblemType("post.own", 409, "Somebody else has to publish what you wrote.")
NOT_DRAFT = ProblemType("post.not_draft", 409, "This version is not a draft any more. Please look at it again.")
NOT_WAITING = ProblemType("post.not_waiting", 409, "This version does not wait for approval any more.")
CHANGED = ProblemType("post.changed", 409, "This version was changed after you had read it. Please read it again.")
NOT_TICKED = ProblemType("post.not_ticked", 422, "Tick all four: whoever publishes answers for each of them.")
NOT_PUBLISHED = ProblemType("post.not_published", 409, "This can be done about a published post only.")
ENDED = ProblemType("post.ended", 409, "This post was withdrawn or removed. Write a new one.")
REMOVED = ProblemType("post.removed", 410, "This post was removed.")
HIDDEN_BEFORE = ProblemType(
    "post.hidden_before",
    409,
    "This version was hidden once already. Correct or withdraw the post, or ask for its removal.",
)
REMOVAL_ASKED = ProblemType("post.removal_asked", 409, "Its removal has been asked for already.")
NO_REMOVAL_ASKED = ProblemType("post.no_removal_asked", 409, "Nobody asks for its removal any more.")
REMOVAL_OWN = ProblemType("post.removal_own", 409, "Another state administrator has to confirm what you asked for.")
REMOVAL_ASKER_GONE = ProblemType(
    "post.removal_asker_gone",
    409,
    "Whoever asked for the removal may not do so any more. Decline it, and ask for it yourself.",
)


class PostState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


class VersionState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    PUBLISHED = "published"


class EventKind(StrEnum):
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    REMOVAL_ASKED = "removal_asked"
    REMOVAL_DECLINED = "removal_declined"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Hiding:
    """That somebody took a post away at once, until it comes back by itself."""

    at: datetime
    until_at: datetime

    def covers(self, published_at: datetime, now: datetime) -> bool:
        """Whether a version is hidden now. What was published after it was approved by two people since."""
        return self.is_about(published_at) and now < self.until_at

    def is_about(self, published_at: datetime) -> bool:
        return published_at <= self.at

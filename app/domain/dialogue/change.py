"""What was changed after it was published, or kept back: one line of the list that everybody reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.places.place import BilingualName


class ChangeKind(StrEnum):
    """What was done; a page has words for each."""

    EDITION_CORRECTED = "edition_corrected"
    RESULTS_DECIDED = "results_decided"
    QUIET_ENTERED = "quiet_entered"
    QUIET_ENDED = "quiet_ended"
    EDITIONS_HELD = "editions_held"
    POST_CORRECTED = "post_corrected"
    POST_WITHDRAWN = "post_withdrawn"
    POST_HIDDEN = "post_hidden"
    POST_REMOVED = "post_removed"
    ROUND_CANCELLED = "round_cancelled"
    COMMITMENT_MOVED = "commitment_moved"
    COMMITMENT_NOT_DONE = "commitment_not_done"
    COMMITMENT_WITHDRAWN = "commitment_withdrawn"


@dataclass(frozen=True, slots=True)
class PublicChange:
    """Who did it is nobody's here. `about` names it, `path` is where it is read, `why` is by language.

    `told` is what the words of its kind need besides.
    """

    at: datetime
    kind: ChangeKind
    about: BilingualName | str | None = None
    path: str | None = None
    why: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, object] = field(default_factory=dict)

    def about_in(self, language: str) -> str | None:
        return self.about.in_language(language) if isinstance(self.about, BilingualName) else self.about

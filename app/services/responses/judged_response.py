"""A response that has been judged, on its way into the store."""

from dataclasses import dataclass

from app.domain.responses.answers import CheckedAnswers
from app.domain.responses.reason import Reason
from app.domain.responses.response import Incoming
from app.domain.responses.verdict import Capture, Decision
from app.services.responses.seals.row_marks import VersionNames


@dataclass(frozen=True, slots=True)
class JudgedResponse:
    """A response with everything that is stored about it."""

    incoming: Incoming
    place_id: int
    #: what its mark says instead of row numbers
    place: str
    version: VersionNames
    checked: CheckedAnswers
    capture: Capture
    #: the number of the policy of its week
    policy: int
    reasons: tuple[Reason, ...]
    #: of the serial of a slip or an invitation
    mark: bytes | None = None
    #: of the code of a counter screen
    code_mark: bytes | None = None
    #: nobody may count it yet: it leaves no mark for the tallies
    is_blind: bool = False

    @property
    def verdict(self) -> Decision:
        return Decision.SET_ASIDE if self.reasons else Decision.COUNTED

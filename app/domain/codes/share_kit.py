"""What is said about a link in social media: in the kit of one, and on the card that all of them share."""

from dataclasses import dataclass

from app.domain.installation.department_view import DepartmentView
from app.domain.places.place import BilingualName
from app.domain.surveys.rounds.round import RoundDates
from app.domain.surveys.survey import SurveyKind


@dataclass(frozen=True, slots=True)
class ShareKit:
    """What is said about one link."""

    department: DepartmentView
    place: BilingualName
    link: str
    domain: str
    emblem: bytes | None = None
    #: what its questions are called, where they ask something else than how one was treated
    asked: BilingualName | None = None
    kind: SurveyKind = SurveyKind.SURVEY
    #: of a poll or quiz that has any
    dates: RoundDates | None = None

    @property
    def is_marked_at_once(self) -> bool:
        """A quiz that tells its right answers when it is sent, which needs network."""
        return self.kind is SurveyKind.QUIZ and self.dates is None


@dataclass(frozen=True, slots=True)
class LinkCard:
    """What messengers show beside every link of a questionnaire about a place: nothing tells one from the other."""

    title: BilingualName
    place: BilingualName
    dates: RoundDates | None = None

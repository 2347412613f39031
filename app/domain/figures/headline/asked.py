"""What is known of how people were asked: of one place, evidence class and period."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Numbers of cases, of people and of answers; nothing of what anybody answered.

    Of `all_cases` so many were `contactable`; those of them that nobody had to take out were numbered (`cases`), and of
    these `drawn`. `issued` are the invitations made, or the people given to interviewers, decoys not among them.
    `decoys` are invitations to nobody, `checked` the interviews that were called back. Some who were drawn and did not
    answer were asked by telephone (`silent_asked`), `silent_good` of them were content. `answers` answered the main
    question. Of all `class_answers` of the class so many were set aside as `copied`.

    The usual shares, from 0 to 1, are those of `usual`, and None while no four quarters tell them.
    """

    all_cases: int
    cases: int
    contactable: int
    drawn_in_public: bool
    drawn: int
    issued: int
    decoys: int
    decoys_used: int
    checked: int
    unconfirmed: int
    answers: int
    copied: int
    class_answers: int
    usual_contactable: float | None
    usual_answering: float | None
    record_whole: bool
    silent_asked: int = 0
    silent_good: int = 0

    @property
    def listed(self) -> int:
        """Cases from which the draw could take somebody: contactable, and not taken out."""
        return min(self.contactable, self.cases)


class Usual(NamedTuple):
    """Pooled over places and quarters: of all cases, how many were listed; of those asked, how many answered.

    From 0 to 1; None of nobody. More answers than were asked for count as all.
    """

    contactable: float | None
    answering: float | None

    @classmethod
    def pooled(cls, *, listed: int, all_cases: int, answered: int, issued: int) -> "Usual":
        return cls(_share(listed, all_cases), _share(answered, issued))


def usual(asked: Iterable[Asked]) -> Usual:
    """Of all these together."""
    places = list(asked)
    return Usual.pooled(
        listed=sum(each.listed for each in places),
        all_cases=sum(each.all_cases for each in places),
        answered=sum(each.answers for each in places),
        issued=sum(each.issued for each in places),
    )


def _share(part: int, whole: int) -> float | None:
    return min(1.0, part / whole) if whole else None

"""How far down results are public, and from which day: what the department has decided, one dated row a decision."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.places.place import PlaceKind
from app.domain.problem import Problem, ProblemType

FROM_DAY_PAST = ProblemType("results.from_day_past", 422, "Results cannot become public on a day that is over.")


class Depth(StrEnum):
    """Down to which places results are public."""

    NONE = "none"
    STATE = "state"
    DISTRICT = "district"
    STATION = "station"


_DEEPEST = {
    Depth.STATE: PlaceKind.STATE,
    Depth.DISTRICT: PlaceKind.SUBDIVISION,
    Depth.STATION: PlaceKind.OUTPOST,
}


@dataclass(frozen=True, slots=True)
class PublicResults:
    """A decision. `decided_on` is the day on which it was made, `from_on` the day from which it holds."""

    depth: Depth
    decided_on: date
    from_on: date

    def shows(self, kind: PlaceKind, on: date) -> bool:
        """Whether results of places of this kind are public on a day."""
        deepest = _DEEPEST.get(self.depth)
        return deepest is not None and on >= self.from_on and kind.rank <= deepest.rank


def kinds_shown(policy: PublicResults | None, on: date) -> list[PlaceKind]:
    """The kinds of places whose results everybody may read on a day; none before anything was decided."""
    return [kind for kind in PlaceKind if policy is not None and policy.shows(kind, on)]


def decide(depth: Depth, from_on: date, today: date) -> PublicResults:
    """A new decision; Problem `results.from_day_past`. What is closed again is closed from today on."""
    if from_on < today:
        raise Problem(FROM_DAY_PAST)
    return PublicResults(depth, today, from_on)

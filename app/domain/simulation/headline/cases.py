"""Those who came to a station in a quarter, as the list of cases has them."""

from dataclasses import dataclass
from random import Random

from app.domain.simulation.people import Station, draw_face, draw_temper

CASES = 220
#: of 1, how many of all cases have a number at which they can be reached; and how much that differs between stations
_CONTACTABLE, _BETWEEN_STATIONS = 0.75, 0.02
#: of those, how many are taken out before the draw, to protect them
_TAKEN_OUT = 0.05


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody with a case. `content` is what nobody knows who did not ask."""

    content: bool
    contactable: bool
    taken_out: bool

    @property
    def listed(self) -> bool:
        """Whether the list that is closed before the draw has this case."""
        return self.contactable and not self.taken_out


def cases_of(chance: Random, station: Station, lost: float = 0.0, taken_out: float = 0.0) -> list[Case]:
    """All cases of a quarter.

    Of angry people so many contacts are `lost`, and of those left so many `taken_out` without need; all else is as it
    would have been.
    """
    reach = chance.gauss(_CONTACTABLE, _BETWEEN_STATIONS)
    cases = []
    for _ in range(CASES):
        content = draw_face(chance, draw_temper(chance, station)) >= 4
        contactable = chance.random() < reach and (chance.random() >= lost or content)
        needs_protection, is_kept = chance.random() < _TAKEN_OUT, chance.random() >= taken_out or content
        cases.append(Case(content, contactable, needs_protection or not is_kept))
    return cases

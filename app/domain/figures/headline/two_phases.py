"""A figure that speaks for the silent too: some of those drawn are called, and who did not answer is asked then.

It mends what no label sees: that those who answer feel otherwise than those who do not. It does not mend whom the list
held: against people who were chosen, or whose contacts were lost, it does nothing.
"""

from dataclasses import dataclass
from math import ceil, floor, sqrt

from app.domain.figures.headline.asked import Asked
from app.domain.figures.statistics import Z

#: two good and two other answers more, so that a few silent people who all agree do not look certain
#: (Agresti and Coull 1998, doi:10.1080/00031305.1998.10480550)
_ADDED_GOOD, _ADDED = 2, 4
#: of the silent: of fewer a single call would move the figure by points, and would be told by it
FEWEST_SILENT = 20
#: in 100: so that the share of the few who were called is not told
STEP = 5


@dataclass(frozen=True, slots=True)
class TwoPhases:
    """The share of good answers among all who were drawn, and its limits at 95 in 100, as parts of 1."""

    share: float
    low: float
    high: float


def two_phases(good: int, answered: int, drawn: int, silent_good: int, silent_asked: int) -> TwoPhases:
    """Of `drawn` people `answered` did by themselves; of the others `silent_asked` were reached and asked later.

    Each phase weighs by how many of those drawn it stands for. The limits are of a normal distribution around the share
    with the answers added, which lies a little nearer to one half. ValueError without answers in both phases, unless
    nobody was silent, and with more answers than were drawn.
    """
    has_both = answered and (silent_asked or answered == drawn)
    if not (has_both and 0 <= good <= answered <= drawn and 0 <= silent_good <= silent_asked):
        raise ValueError("two phases need answers in both, and no more than were drawn")
    weight = answered / drawn
    first, silent = (good + _ADDED_GOOD) / (answered + _ADDED), (silent_good + _ADDED_GOOD) / (silent_asked + _ADDED)
    variance = weight**2 * first * (1 - first) / (answered + _ADDED)
    variance += (1 - weight) ** 2 * silent * (1 - silent) / (silent_asked + _ADDED)
    middle, half = weight * first + (1 - weight) * silent, Z * sqrt(variance)
    share = weight * good / answered + (1 - weight) * silent_good / max(1, silent_asked)
    return TwoPhases(share, max(0.0, middle - half), min(1.0, middle + half))


def shown_of_all(percent: int, asked: Asked) -> tuple[int, int, int] | None:
    """Share and limits in 100, in steps of 5 outwards, by the percentage and the number of answers that are shown.

    None while too few of the silent were asked, or more answered than were drawn.
    """
    if asked.silent_asked < FEWEST_SILENT or not 0 < asked.answers <= asked.drawn:
        return None
    good = round(percent * asked.answers / 100)
    found = two_phases(good, asked.answers, asked.drawn, asked.silent_good, asked.silent_asked)
    low, high = STEP * floor(100 * found.low / STEP), STEP * ceil(100 * found.high / STEP)
    return STEP * round(100 * found.share / STEP), low, high

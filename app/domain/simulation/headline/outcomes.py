"""What becomes of headlines under tampering: how far they are off, how often certified, whether limits hold the truth.

Figure, label, bound, interval and the figure of two phases are those of the product, as it would show them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import fmean

from app.domain.codes.channel import Evidence
from app.domain.figures.disclosure import may_show_shares, share_of, shown_base
from app.domain.figures.headline.asked import Usual, usual
from app.domain.figures.headline.bound import possible_false, shown_bound
from app.domain.figures.headline.label import headline_class, reasons_of
from app.domain.figures.headline.two_phases import TwoPhases, two_phases
from app.domain.figures.statistics import wilson
from app.domain.simulation.attacks import ATTACKS
from app.domain.simulation.department import QUARTER, Department
from app.domain.simulation.headline.asking import Asking, ask
from app.domain.simulation.headline.cases import cases_of
from app.domain.simulation.headline.tampering import Tampering
from app.domain.simulation.people import Station

#: what is usual is learnt from four quarters of so many stations at which nothing is wrong
_QUARTERS, _LEARNT_FROM = 4, 100
#: so many false answers of another class
_FAKES = 300


@dataclass(frozen=True, slots=True)
class HeadlineOutcome:
    """Of so many stations. Figures in points of 100; how often in 100 of all stations.

    `off` is the figure less the truth on the mean, `holds` how often its interval has the truth; `beyond`, how often a
    figure is certified and the truth is beyond its bound, of which half the width is `bound_half`. The same of the
    figure of two phases: `called_off`, `called_holds`, and half the width of its interval.
    """

    stations: int
    off: float
    holds: float
    certified: float
    beyond: float
    bound_half: float
    called_off: float
    called_holds: float
    called_half: float


@dataclass(frozen=True, slots=True)
class _Tried:
    truth: float
    figure: float
    holds: bool
    certified: bool
    limits: tuple[int, int] | None
    called: TwoPhases | None


def headline_outcome(departments: Sequence[Department], tampering: Tampering, stations: int) -> HeadlineOutcome:
    """The same tampering at so many stations of each department."""
    tried = [each for department in departments for each in _try_all(department, tampering, stations)]
    called = [(each.called, each.truth) for each in tried if each.called]
    return HeadlineOutcome(
        len(tried),
        100 * fmean(each.figure - each.truth for each in tried),
        100 * fmean(each.holds for each in tried),
        100 * fmean(each.certified for each in tried),
        100 * fmean(each.certified and _is_beyond(each) for each in tried),
        fmean((each.limits[1] - each.limits[0]) / 2 for each in tried if each.limits),
        100 * fmean(figure.share - truth for figure, truth in called),
        100 * fmean(figure.low <= truth <= figure.high for figure, truth in called),
        100 * fmean((figure.high - figure.low) / 2 for figure, _ in called),
    )


def moved_by_answers(department: Department, name: str, stations: int) -> float:
    """By how many points at most an attack that adds answers moves the headline of a station."""
    attack, moved = ATTACKS[name], []
    for station in department.stations[:stations]:
        asking = _ask(department, station, Tampering("nothing"), 0, Usual(None, None))
        honest = {Evidence.INVITED: [True] * asking.good + [False] * (asking.asked.answers - asking.good)}
        fakes = attack.fakes(department.chance(f"headline {name} {station.number}"), station, _FAKES, QUARTER)
        false = [each.content for each in fakes if each.content is not None]
        attacked = {**honest, attack.evidence: honest.get(attack.evidence, []) + false}
        moved.append(100 * abs(_headline(attacked) - _headline(honest)))
    return max(moved)


def _try_all(department: Department, tampering: Tampering, stations: int) -> Iterable[_Tried]:
    known = _usual(department, tampering.without)
    for station in department.stations[:stations]:
        yield _try(_ask(department, station, tampering, _QUARTERS, known), tampering.evidence)


@lru_cache(maxsize=32)
def _usual(department: Department, tampering: Tampering) -> Usual:
    earlier = (
        _ask(department, station, tampering, number, Usual(None, None)).asked
        for station in department.stations[:_LEARNT_FROM]
        for number in range(_QUARTERS)
    )
    return usual(earlier)


def _ask(
    department: Department,
    station: Station,
    tampering: Tampering,
    number: int,
    known: Usual,
) -> Asking:
    """The same people, and the same of them drawn where nobody chooses, whatever is tried."""
    cases = cases_of(
        department.chance(f"cases {station.number} {number}"), station, tampering.lost, tampering.taken_out
    )
    return ask(department.chance(f"asked {station.number} {number}"), cases, tampering, known)


def _try(asking: Asking, evidence: Evidence) -> _Tried:
    asked, truth = asking.asked, asking.truth
    interval = wilson(asking.good, asked.answers)
    return _Tried(
        truth,
        asking.good / asked.answers,
        interval.low <= truth <= interval.high,
        not reasons_of(evidence, asked),
        _limits(asking, evidence),
        _two_phases(asking),
    )


def _two_phases(asking: Asking) -> TwoPhases | None:
    """None where of the silent nobody was reached."""
    asked = asking.asked
    if not asking.called_asked:
        return None
    return two_phases(asking.good, asked.answers, asked.drawn, asking.called_good, asking.called_asked)


def _limits(asking: Asking, evidence: Evidence) -> tuple[int, int] | None:
    """The bound as it would be shown: made of the share and the base that are shown."""
    asked = asking.asked
    base = shown_base(asked.class_answers, asked.answers).number
    if base is None or not may_show_shares(asked.answers):
        return None
    share = share_of(asking.good, asked.class_answers, asked.answers, at_least=False)
    return shown_bound(share, base, possible_false(evidence, replace(asked, answers=base)))


def _is_beyond(tried: _Tried) -> bool:
    return tried.limits is not None and not tried.limits[0] <= 100 * tried.truth <= tried.limits[1]


def _headline(answers: dict[Evidence, list[bool]]) -> float:
    """The share of content answers of the class whose figure is the headline."""
    evidence = headline_class(answers)
    if evidence is None:
        raise RuntimeError("nobody was asked")
    return fmean(answers[evidence])

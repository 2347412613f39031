"""What attacks and crowds come to: who is set aside, and how far the figures move.

A figure moves by as many points of 100 as it differs from what the same honest people alone would have made, nobody
set aside. Figures are the share of content answers of one class.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import fmean, median
from uuid import UUID

from app.domain.figures.disclosure import share_of, trend_runs
from app.domain.figures.firmness.middle import FEWEST_POINTS, middle_of
from app.domain.figures.release import Waiting, plan_blocks
from app.domain.simulation.attacks import ATTACKS, Attack
from app.domain.simulation.crowds import CROWDS
from app.domain.simulation.department import BEGIN, QUARTER, YEAR, Department, Given, honest
from app.domain.simulation.people import Station, Style
from app.domain.simulation.screened import copied
from app.domain.weeks import WEEK

SIZES = (10, 20, 40, 100, 300)
#: of which sizes the middle is reckoned, and at how many stations: it moves with every station's own chance
MIDDLE_SIZES = (40, 300)
TARGETS, MIDDLE_TARGETS = 20, 60
#: answers a quarter of stations that are attacked: about two of five have so many
_USUAL = 20
#: of stations in which a year makes five points of thirty answers, or a quarter five releases
_FIVE_POINTS, _FIVE_RELEASES = 40, 65


@dataclass(frozen=True, slots=True)
class AttackOutcome:
    """Means over the stations attacked. Shares and figures in points of 100; None where nothing of it can be said.

    `release` and `point` are the middle release of a quarter, and the middle point of a year as it is shown.
    """

    attack: str
    fakes: int
    recall: float
    honest_lost: float
    raw: float
    after: float
    release: float | None
    point: float | None


def mean_of(outcomes: Sequence[AttackOutcome]) -> AttackOutcome:
    """The same attack of the same size, over departments."""
    first = outcomes[0]
    return AttackOutcome(
        first.attack,
        first.fakes,
        fmean(each.recall for each in outcomes),
        fmean(each.honest_lost for each in outcomes),
        fmean(each.raw for each in outcomes),
        fmean(each.after for each in outcomes),
        _mean(each.release for each in outcomes),
        _mean(each.point for each in outcomes),
    )


@dataclass(frozen=True, slots=True)
class Loss:
    """How many honest answers of a group or a crowd were set aside."""

    answers: int
    lost: int

    @property
    def share(self) -> float:
        return 100 * self.lost / self.answers if self.answers else 0.0


def total(losses: Iterable[Loss]) -> Loss:
    listed = list(losses)
    return Loss(sum(each.answers for each in listed), sum(each.lost for each in listed))


@dataclass(frozen=True, slots=True)
class CrowdOutcome:
    """What likeness takes of honest people who are alike, and by how many points the figure of their station moves.

    On the mean of stations, and where it moves most.
    """

    loss: Loss
    moved: float
    most: float


def attack_outcome(
    department: Department, name: str, fakes: int, targets: int = TARGETS, for_middle: int = MIDDLE_TARGETS
) -> AttackOutcome:
    """An attack of so many false answers on each of so many stations; `for_middle` on those that have a middle."""
    attack = ATTACKS[name]
    trials = [_try(department, name, station, fakes) for station in _targets(department, _USUAL, targets)]
    with_middle = for_middle if attack.part == 1 and fakes in MIDDLE_SIZES else 0
    releases = (
        _moved_release(department, name, each, fakes) for each in _targets(department, _FIVE_RELEASES, with_middle)
    )
    points = (_moved_point(department, name, each, fakes) for each in _targets(department, _FIVE_POINTS, with_middle))
    return AttackOutcome(
        name,
        fakes,
        fmean(trial.recall for trial in trials),
        total(trial.honest for trial in trials).share,
        fmean(trial.raw for trial in trials),
        fmean(trial.after for trial in trials),
        _mean(releases),
        _mean(points),
    )


def honest_losses(department: Department, incidents: float = 0.02) -> Mapping[str, Loss]:
    """What a quarter without any attack loses, by group; at some stations there is an outrage, too."""
    chance = department.chance("a quarter")
    losses: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    for station in department.stations:
        given = honest(chance, station)
        if chance.random() < incidents:
            outraged, sizes = CROWDS["outrage"]
            given += outraged(chance, station, chance.choice(sizes))
        aside = copied(given, department.ways)
        for each in given:
            for group in groups(each):
                answers[group] += 1
                losses[group] += each.id in aside
    return {group: Loss(number, losses[group]) for group, number in answers.items()}


def crowd_outcomes(department: Department, name: str, targets: int = TARGETS) -> Mapping[int, CrowdOutcome]:
    """What becomes of a crowd of each size, over so many stations with their usual answers beside it."""
    crowd, sizes = CROWDS[name]
    chance = department.chance(f"crowd {name}")
    found: dict[int, CrowdOutcome] = {}
    for size in sizes:
        lost, moved = [], []
        for station in _targets(department, 1, targets):
            people = crowd(chance, station, size)
            answers = people + honest(chance, station)
            aside = copied(answers, department.ways)
            lost.append(sum(each.id in aside for each in people))
            moved.append(100 * (_content(_counted(answers, aside)) - _content(answers)))
        found[size] = CrowdOutcome(Loss(size * len(lost), sum(lost)), fmean(moved), max(moved, key=abs))
    return found


def groups(given: Given) -> Iterator[str]:
    """Whom an honest answer stands for, when losses are compared."""
    yield "all"
    yield "English" if given.style is Style.ENGLISH else "Hindi"
    if given.style in (Style.HURRIED, Style.SHARED):
        yield given.style.value
    if given.content is not None:
        yield "content" if given.content else "not content"
    yield "more pages" if given.row.rich else "first page"


@dataclass(frozen=True, slots=True)
class _Trial:
    recall: float
    honest: Loss
    raw: float
    after: float


def _try(department: Department, name: str, station: Station, fakes: int) -> _Trial:
    true, false = _answers(department, ATTACKS[name], name, station, fakes, QUARTER)
    aside = copied(true + false, department.ways)
    alone = _content(true)
    return _Trial(
        100 * sum(each.id in aside for each in false) / len(false),
        Loss(len(true), sum(each.id in aside for each in true)),
        100 * (_content(true + false) - alone),
        100 * (_content(_counted(true + false, aside)) - alone),
    )


def _answers(
    department: Department, attack: Attack, name: str, station: Station, fakes: int, weeks: int
) -> tuple[list[Given], list[Given]]:
    """What people answered, and what was made up: the first the same in every trial of a station."""
    chance = department.chance(f"honest {station.number} {weeks}")
    true = honest(chance, station, weeks=weeks, volume=max(8.0, station.volume * attack.part))
    return true, attack.fakes(department.chance(f"{name} {station.number} {fakes}"), station, fakes, weeks)


def _moved_release(department: Department, name: str, station: Station, fakes: int) -> float | None:
    true, false = _answers(department, ATTACKS[name], name, station, fakes, QUARTER)
    aside = copied(true + false, department.ways)
    alone, attacked = (_shares(_blocks(each)) for each in (true, _counted(true + false, aside)))
    if min(len(alone), len(attacked)) < FEWEST_POINTS:
        return None
    return 100 * (median(attacked) - median(alone))


def _moved_point(department: Department, name: str, station: Station, fakes: int) -> float | None:
    true, false = _answers(department, ATTACKS[name], name, station, fakes, YEAR)
    aside = copied(true + false, department.ways)
    alone, attacked = (_middle_point(_blocks(each)) for each in (true, _counted(true + false, aside)))
    return None if alone is None or attacked is None else attacked - alone


def _middle_point(blocks: Sequence[Sequence[Given]]) -> int | None:
    """The middle of the points of a year's line, as a page would show it."""
    answered = [[each.content for each in block if each.content is not None] for block in blocks]
    points = []
    for run in trend_runs([len(block) for block in answered]):
        responses, contents = sum(len(blocks[at]) for at in run), [one for at in run for one in answered[at]]
        points.append(share_of(sum(contents), responses, len(contents), at_least=True))
    return middle_of(points)


def _blocks(answers: Sequence[Given]) -> list[list[Given]]:
    waiting = [Waiting(at, each.week, counted=True) for at, each in enumerate(answers)]
    until = (BEGIN + (YEAR + 2) * WEEK).date()
    return [[answers[at] for at in block.counted] for block in plan_blocks(waiting, None, until)]


def _shares(blocks: Iterable[Sequence[Given]]) -> list[float]:
    return [_content(block) for block in blocks]


def _counted(answers: Sequence[Given], aside: set[UUID]) -> list[Given]:
    return [each for each in answers if each.id not in aside]


def _content(answers: Iterable[Given]) -> float:
    said = [each.content for each in answers if each.content is not None]
    return sum(said) / max(1, len(said))


def _mean(values: Iterable[float | None]) -> float | None:
    told = [value for value in values if value is not None]
    return fmean(told) if told else None


def _targets(department: Department, least: int, number: int) -> list[Station]:
    """Stations that have so many answers a quarter, the same in every trial."""
    fitting = (station for station in department.stations if station.volume >= least)
    return list(islice(fitting, number))

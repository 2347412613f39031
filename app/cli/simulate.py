"""samvad simulate: what screening by likeness and the middle figure are worth, on invented people."""

from collections.abc import Iterator, Sequence
from statistics import fmean

import click

from app.cli.text import NUMBER
from app.domain.simulation.attacks import ATTACKS
from app.domain.simulation.crowds import CROWDS
from app.domain.simulation.department import STATIONS, Department
from app.domain.simulation.outcomes import (
    SIZES,
    AttackOutcome,
    Loss,
    attack_outcome,
    crowd_outcomes,
    honest_losses,
    mean_of,
    total,
)

_LEGEND = """\
found: of 100 false answers, how many are set aside. lost: of 100 honest ones at the same stations.
raw, after: by how many points of 100 the figure of the class moves, without screening and with it.
release, point: the same of the middle release of a quarter, and of the middle point of a year as it is shown.
figure, at most: the same where honest people are set aside, on the mean of stations and where it moves most.
"""
_SYNTHETIC = "All of this is synthetic: people, stations and attacks are invented. Nothing was measured on real people."


@click.command()
@click.option("--attack", type=click.Choice(list(ATTACKS)), help="Only this attack, and no honest crowds.")
@click.option("--seed", type=NUMBER, default=1, show_default=True, help="The same seed gives the same numbers.")
@click.option("--reps", type=click.IntRange(1, 100), default=1, show_default=True, help="Departments, seed by seed.")
@click.option(
    "--stations",
    type=click.IntRange(50, STATIONS),
    default=STATIONS,
    show_default=True,
    help="Of each department. Fewer are quicker, and less is learnt of them.",
)
def simulate(attack: str | None, seed: int, reps: int, stations: int) -> None:
    """Try attacks and honest crowds on invented departments, with the screening that the server runs.

    Needs no installation and changes nothing. All attacks on one department take two to three minutes.
    """
    departments = [Department(seed + rep, stations) for rep in range(reps)]
    click.echo(_LEGEND)
    click.echo(f"{'attack':<18}{'fakes':>6}{'found':>8}{'lost':>8}{'raw':>8}{'after':>8}{'release':>9}{'point':>8}")
    for name in [attack] if attack else ATTACKS:
        for fakes in SIZES:
            click.echo(_line(mean_of([attack_outcome(each, name, fakes) for each in departments])))
    if attack is None:
        for line in _honest(departments):
            click.echo(line)
    click.echo(f"\n{_SYNTHETIC}")


def _line(outcome: AttackOutcome) -> str:
    moved = "".join(f"{each:>+8.1f}" for each in (outcome.raw, outcome.after))
    middle = f"{_told(outcome.release):>9}{_told(outcome.point):>8}"
    return f"{outcome.attack:<18}{outcome.fakes:>6}{outcome.recall:>8.1f}{outcome.honest_lost:>8.2f}{moved}{middle}"


def _honest(departments: Sequence[Department]) -> Iterator[str]:
    yield f"\n{'honest people, no attack':<36}{'answers':>9}{'lost of 100':>13}"
    by_group = [honest_losses(each) for each in departments]
    for group in by_group[0]:
        yield _lost(group, total(losses[group] for losses in by_group if group in losses))
    yield f"\n{'honest people who are alike':<36}{'answers':>9}{'lost of 100':>13}{'figure':>8}{'at most':>9}"
    for crowd in CROWDS:
        by_size = [crowd_outcomes(each, crowd) for each in departments]
        for size in by_size[0]:
            outcomes = [sizes[size] for sizes in by_size]
            line = _lost(f"{crowd}: {size}", total(each.loss for each in outcomes))
            most = max((each.most for each in outcomes), key=abs)
            yield f"{line}{fmean(each.moved for each in outcomes):>+8.1f}{most:>+9.1f}"


def _lost(whom: str, loss: Loss) -> str:
    return f"{whom:<36}{loss.answers:>9}{loss.share:>13.3f}"


def _told(points: float | None) -> str:
    return "-" if points is None else f"{points:+.1f}"

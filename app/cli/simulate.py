"""samvad simulate: what screening, the middle figure and the label of the headline are worth, on invented people."""

from collections.abc import Iterator, Sequence
from itertools import chain
from statistics import fmean

import click

from app.cli.text import NUMBER
from app.domain.simulation.attacks import ATTACKS
from app.domain.simulation.crowds import CROWDS
from app.domain.simulation.department import STATIONS, Department
from app.domain.simulation.headline.outcomes import HeadlineOutcome, headline_outcome, moved_by_answers
from app.domain.simulation.headline.tampering import TAMPERINGS
from app.domain.simulation.outcomes import (
    SIZES,
    TARGETS,
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
_HEADLINE_LEGEND = """
off: by how many points the headline is off on the mean. holds: of 100, how often its interval has the truth.
certified: of 100, how many are. beyond: how many are, and have the truth beyond their bound. ±: half of its width.
called: the same of the figure of two phases, for which some of the silent are called.
"""
_SYNTHETIC = "All of this is synthetic: people, stations and attacks are invented. Nothing was measured on real people."


#: of each department, at how many stations people are asked
_ASKED_AT = 300


@click.command()
@click.option("--attack", type=click.Choice([*ATTACKS, *TAMPERINGS]), help="Only this attack, and no honest crowds.")
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
    """Try attacks and honest crowds on invented departments, with the screening and the label that the server makes.

    Needs no installation and changes nothing. All attacks on one department take three minutes.
    """
    departments = [Department(seed + rep, stations) for rep in range(reps)]
    added = [name for name in ATTACKS if attack in (None, name)]
    tampered = [name for name in TAMPERINGS if attack in (None, name)]
    honest = _honest(departments) if attack is None else ()
    for line in chain(_added(departments, added), honest, _headlines(departments, tampered, added)):
        click.echo(line)
    click.echo(f"\n{_SYNTHETIC}")


def _added(departments: Sequence[Department], attacks: Sequence[str]) -> Iterator[str]:
    if not attacks:
        return
    yield _LEGEND
    yield f"{'attack':<18}{'fakes':>6}{'found':>8}{'lost':>8}{'raw':>8}{'after':>8}{'release':>9}{'point':>8}"
    for name in attacks:
        for fakes in SIZES:
            yield _line(mean_of([attack_outcome(each, name, fakes) for each in departments]))


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


def _headlines(departments: Sequence[Department], tampered: Sequence[str], added: Sequence[str]) -> Iterator[str]:
    if tampered:
        yield _HEADLINE_LEGEND
        plain = f"{'off':>7}{'holds':>7}{'certified':>11}{'beyond':>8}{'±':>6}"
        yield f"{'headline':<58}{plain}{'called: off':>13}{'holds':>7}{'±':>6}"
    for name in tampered:
        for tampering in TAMPERINGS[name]:
            outcome = headline_outcome(departments, tampering, _ASKED_AT)
            yield f"{name:<21}{tampering.how:<37}{_headline(outcome)}"
    if added:
        most = max(moved_by_answers(each, name, TARGETS) for each in departments for name in added)
        yield f"\nBy how many points answers that are added move a headline, at most: {most:.1f}"


def _headline(outcome: HeadlineOutcome) -> str:
    figure = f"{outcome.off:>+7.1f}{outcome.holds:>7.1f}{outcome.certified:>11.1f}{outcome.beyond:>8.2f}"
    called = f"{outcome.called_off:>+13.1f}{outcome.called_holds:>7.1f}{outcome.called_half:>6.1f}"
    return f"{figure}{outcome.bound_half:>6.1f}{called}"


def _lost(whom: str, loss: Loss) -> str:
    return f"{whom:<36}{loss.answers:>9}{loss.share:>13.3f}"


def _told(points: float | None) -> str:
    return "-" if points is None else f"{points:+.1f}"

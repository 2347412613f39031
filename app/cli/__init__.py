"""The commands of `samvad`, one file a group. For the command alone."""

import click

from app.cli.errors import ProblemGroup
from app.cli.on_demand import CommandsOnDemand

_ALL = CommandsOnDemand(
    {
        "accounts": "app.cli.accounts",
        "audit": "app.cli.audit",
        "backup": "app.cli.backup",
        "batches": "app.cli.batches",
        "db": "app.cli.db",
        "demo": "app.cli.demo",
        "doctor": "app.cli.doctor",
        "draws": "app.cli.draws",
        "editions": "app.cli.editions",
        "init": "app.cli.init",
        "jobs": "app.cli.jobs",
        "keys": "app.cli.keys",
        "places": "app.cli.places",
        "record": "app.cli.record",
        "releases": "app.cli.releases",
        "responses": "app.cli.responses",
        "restore": "app.cli.backup",
        "seal": "app.cli.seal",
        "simulate": "app.cli.simulate",
        "surveys": "app.cli.surveys",
        "tallies": "app.cli.tallies",
        "verdicts": "app.cli.verdicts",
        "worker": "app.cli.worker",
    }
)


@click.group(cls=ProblemGroup, commands=_ALL, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Samvad: a police department asks citizens how it is doing."""

"""The commands of `samvad`, one file a group. For the command alone."""

import click

from app.cli.accounts import accounts
from app.cli.audit import audit
from app.cli.backup import backup, restore
from app.cli.batches import batches
from app.cli.db import db
from app.cli.demo import demo
from app.cli.doctor import doctor
from app.cli.errors import ProblemGroup
from app.cli.init import init
from app.cli.keys import keys
from app.cli.places import places
from app.cli.releases import releases
from app.cli.responses import responses
from app.cli.surveys import surveys
from app.cli.tallies import tallies
from app.cli.worker import worker


@click.group(cls=ProblemGroup, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Samvad: a police department asks citizens how it is doing."""


for command in (
    accounts,
    audit,
    backup,
    batches,
    db,
    demo,
    doctor,
    init,
    keys,
    places,
    releases,
    responses,
    restore,
    surveys,
    tallies,
    worker,
):
    commands.add_command(command)

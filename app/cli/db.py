"""samvad db: upgrade, compact.

In the place of Flask-Migrate's group, which has more for people who write migrations than for people who run Samvad:
what goes back, stamps or begins anew would ruin an installation. `flask --app wsgi db` still has it.
"""

import click

from app.cli.compact import compact
from app.cli.upgrade import upgrade


@click.group()
def db() -> None:
    """The tables: bring them to what this version needs, write them anew."""


db.add_command(compact)
db.add_command(upgrade)

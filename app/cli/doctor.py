"""samvad doctor: look through an installation."""

import sys

import click

from app.config import Settings, SettingsError
from app.jobs.clock import read_clocks
from app.services.installation.watching.defects import Defect, Subject, Weight
from app.services.installation.watching.examination import examine

#: as long as an answer waits for the write lock
_LOCK_PATIENCE_S = 10
_BEFORE = {Weight.STOPS: "At once: ", Weight.MEND: "", Weight.NOTE: "Look: "}


@click.command()
@click.option("--thorough", is_flag=True, help="Read the whole SQLite file as well. That takes as long as it is large.")
def doctor(thorough: bool) -> None:
    """Look through this installation, and say in sentences what to mend.

    Nothing is changed. The exit status is 1 if anything has to be mended. Run it as the user that Samvad runs as, with
    its settings.
    """
    found = _look(thorough)
    for defect in sorted(found, key=lambda defect: list(Weight).index(defect.weight)):
        click.echo(f"{_BEFORE[defect.weight]}{defect.sentence} [{defect.code}]")
    if any(defect.weight is not Weight.NOTE for defect in found):
        sys.exit(1)
    click.echo("Nothing to mend.")


def _look(thorough: bool) -> list[Defect]:
    """Without settings and secrets nothing else can be looked at."""
    try:
        settings = Settings.from_env()
    except SettingsError as error:
        return [Defect("settings.wrong", str(error), Weight.STOPS)]
    where = (settings.instance, settings.database_url, settings.secrets)
    return examine(Subject(*where, read_clocks(), _LOCK_PATIENCE_S), thoroughly=thorough)

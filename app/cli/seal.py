"""samvad seal: verify, adopt, anew, marks."""

import sys
from datetime import date
from itertools import chain
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.config import Settings
from app.domain.weeks import week_of
from app.jobs.record.sealing import adopt_all, seal_all
from app.services.responses.seals.adoption import forget_marks
from app.services.responses.seals.anew import seal_anew
from app.services.responses.seals.kept_counts import fallen, keep_counts, read_counts
from app.services.responses.seals.verification import marks_of_week, verdict_marks_of_week, verify_seals
from app.services.responses.seals.week_seals import read_seals, readable_seals
from app.transaction import reading, transaction

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def seal() -> None:
    """Marks beside answers and verdicts, by which altered, added and missing ones are seen."""


@seal.command()
@with_appcontext
def verify() -> None:
    """Check every answer and every verdict against its mark, and every week against its seal.

    One line for each that is altered, added or missing, and exit status 1. What arrived within the last minutes is in
    no seal yet. Of ten million answers it takes some minutes; how far it has come is told beside.
    """
    with reading() as session:
        put_back = [*fallen(read_counts(_folder()), readable_seals(session))]
        found = 0
        for fault in chain(put_back, verify_seals(session, _tell)):
            click.echo(fault)
            found += 1
    if found:
        hint = " If a backup was brought back: `samvad seal anew` seals what it holds." if put_back else ""
        raise click.ClickException(f"{found} findings.{hint}")
    click.echo("Every answer and every verdict is as it was sealed.")


@seal.command()
@click.option("--anew", is_flag=True, help="Forget all marks first: their key was lost for good.")
@with_appcontext
def adopt(anew: bool) -> None:
    """Mark what was stored before there were marks. Run it once after the upgrade; broken off, run it again.

    Nobody can say whether that is still what was sent. So the public record is told up to which week it was done.
    Run again after it was broken off, it goes on, without --anew.
    """
    if anew:
        with transaction() as session:
            forget_marks(session)
    adopted = 0
    for marked in adopt_all():
        adopted += marked
        click.echo(f"{adopted} answers", err=True)
    seal_all()
    click.echo(f"Marked {adopted} answers that had no mark.")


@seal.command()
@with_appcontext
def anew() -> None:
    """Seal anew what a backup has brought back. Run it once after `samvad restore`, before the service starts.

    What is missing is not missed afterwards by `samvad seal verify`; the public record shows it.
    """
    with transaction() as session:
        altered = seal_anew(session, _tell)
        seals = read_seals(session)
    keep_counts(_folder(), {}, seals)
    for fault in altered:
        click.echo(fault)
    if altered:
        raise click.ClickException(f"{len(altered)} findings. All the rest is sealed.")
    click.echo("Everything that is there is sealed.")


@seal.command()
@click.argument("week", type=_DAY)
@click.option("--verdicts", is_flag=True, help="Those of the verdicts about the answers, for a file WEEK.verdicts.")
@with_appcontext
def marks(week: date, verdicts: bool) -> None:
    """Print the marks of the answers of WEEK, a Monday such as 2026-11-30, for a file 2026-11-30.answers.

    One a line, sorted, and nothing else of them. Somebody outside has `samvad-verify.py --macs` multiply them, and
    compare with what the public record says of that week.
    """
    monday = week_of(date(week.year, week.month, week.day))
    with reading() as session:
        found = (verdict_marks_of_week if verdicts else marks_of_week)(session, monday)
        is_open = any(one.week == monday and one.is_open for one in read_seals(session))
    for mark in found:
        sys.stdout.write(f"{mark.hex()}\n")
    if is_open:
        click.echo("The record does not know all of these yet: compare them after it was told of the week.", err=True)


def _folder() -> Path:
    settings: Settings = current_app.extensions["samvad.settings"]
    return settings.record_folder


def _tell(rows: int) -> None:
    click.echo(f"{rows} rows", err=True)

"""samvad demo: the invented department, from a bare folder to published results."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from flask.cli import ScriptInfo
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from app.config import Mode, Settings, where_from_env
from app.domain.problem import Problem, ProblemType
from app.domain.weeks import week_ends_at
from app.formats.crypto.secret_files import draw_secrets, write_private, write_secrets
from app.services.figures.releases import publish_releases
from app.services.figures.tallies import fold_marks
from app.services.installation.sealing_keys import record_sealing_keys
from app.services.responses.ingest_context import IngestContext
from app.transaction import reading, transaction
from app.workflows.demonstration import DemoSize, invent_department, require_empty
from app.workflows.demonstration_accounts import accounts_table, draw_credentials, open_accounts
from app.workflows.demonstration_answers import receive_week

ACCOUNTS_FILE = "demo-accounts.txt"

NOT_DEMONSTRATION = ProblemType(
    "demonstration.mode",
    409,
    "A demonstration is only made with SAMVAD_MODE=demonstration: a real installation must not hold invented answers.",
)


@click.command()
@click.option("--stations-per-district", type=click.IntRange(1, 20), default=20, show_default=True)
@click.option("--weeks", type=click.IntRange(2, 52), default=26, show_default=True)
@click.option("--seed", type=int, default=2026, show_default=True, help="The same seed gives the same answers.")
@click.pass_context
def demo(context: click.Context, stations_per_district: int, weeks: int, seed: int) -> None:
    """Fill an empty database with an invented department and half a year of invented answers.

    Every page and print of it says DEMO. The accounts to sign in with are written into the instance folder.
    """
    file = where_from_env()[0] / "secrets.json"
    if not file.exists():
        write_secrets(file, draw_secrets())
    app = context.ensure_object(ScriptInfo).load_app()
    settings: Settings = app.extensions["samvad.settings"]
    if settings.mode is Mode.PRODUCTION:
        raise Problem(NOT_DEMONSTRATION)
    size = DemoSize(stations_per_district, weeks, seed)
    with app.app_context():
        upgrade()
        written = make_demonstration(settings, size, datetime.now(UTC))
    click.echo(f"Made. The accounts to sign in with are in {written}", err=True)


def make_demonstration(settings: Settings, size: DemoSize, now: datetime) -> Path:
    """Everything in one transaction, so that an interrupted run leaves nothing behind; the accounts' file."""
    with reading() as session:
        require_empty(session)
    credentials = draw_credentials()
    ingest = IngestContext(settings.secrets)
    with transaction() as session:
        made = invent_department(session, size, host=settings.host, key_id=settings.secrets.newest_key_id, now=now)
        record_sealing_keys(session, settings.secrets.sealing, made.first_week)
        places = open_accounts(session, made, credentials, now)
        with click.progressbar(made.weeks, label="Inventing answers, week by week", file=sys.stderr) as bar:
            for week in bar:
                receive_week(session, made, week, ingest, now)
                _settle(session, min(now, week_ends_at(week) + timedelta(hours=6)))
    file = settings.instance / ACCOUNTS_FILE
    write_private(file, accounts_table(credentials, places, settings.address))
    return file


def _settle(session: Session, now: datetime) -> None:
    """What the jobs do: bring the tallies up to date, publish what can be published."""
    while fold_marks(session).marks:
        pass
    publish_releases(session, now)
    session.expunge_all()

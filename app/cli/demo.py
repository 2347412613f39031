"""samvad demo: the invented department, from a bare folder to published results."""

import json
import os
import secrets
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from flask.cli import ScriptInfo
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from app.config import Mode, Settings, where_from_env
from app.domain.problem import Problem, ProblemType
from app.domain.weeks import week_ends_at
from app.formats.stamps import StampSigner
from app.formats.tokens import TokenSigner
from app.services.demonstration import DemoSize, invent_department
from app.services.demonstration_accounts import accounts_table, draw_credentials, open_accounts
from app.services.demonstration_answers import receive_week
from app.services.ingest import Ingest
from app.services.releases import publish_releases
from app.services.tallies import fold_marks
from app.transaction import transaction

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
    _make_secrets(where_from_env()[0])
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
    credentials = draw_credentials()
    tokens, stamps = TokenSigner(settings.secrets.signing), StampSigner(settings.secrets.signing)
    ingest = Ingest(tokens, stamps, settings.secrets.receipts)
    with transaction() as session:
        made = invent_department(session, size, host=settings.host, key_id=settings.secrets.newest_key_id, now=now)
        places = open_accounts(session, made, credentials, now)
        with click.progressbar(made.weeks, label="Half a year of answers", file=click.get_text_stream("stderr")) as bar:
            for week in bar:
                receive_week(session, made, week, ingest, now)
                _settle(session, min(now, week_ends_at(week) + timedelta(hours=6)))
    return _write_private(settings.instance / ACCOUNTS_FILE, accounts_table(credentials, places, settings.address))


def _make_secrets(instance: Path) -> None:
    """A demonstration needs no recovery sheet; secrets that are there already stay."""
    path = instance / "secrets.json"
    if not path.exists():
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        names = ("session", "audit", "accounts", "receipts")
        drawn = {name: secrets.token_hex(32) for name in names} | {"signing": {"0": secrets.token_hex(32)}}
        _write_private(path, json.dumps(drawn))


def _settle(session: Session, now: datetime) -> None:
    """What the jobs do: bring the tallies up to date, publish what can be published."""
    while fold_marks(session).marks:
        pass
    publish_releases(session, now)
    session.expunge_all()


def _write_private(path: Path, text: str) -> Path:
    """Readable by its owner alone from the first byte on."""
    with suppress(FileNotFoundError):
        path.unlink()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    return path

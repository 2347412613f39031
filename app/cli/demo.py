"""samvad demo: the invented department, from a bare folder to published results."""

import sys
from datetime import UTC, datetime

import click
from flask.cli import ScriptInfo
from flask_migrate import upgrade

from app.config import Mode, Settings, where_from_env
from app.domain.problem import Problem, ProblemType
from app.formats.crypto.secret_files import draw_secrets, write_secrets
from app.workflows.demonstration.demonstration import make_demonstration
from app.workflows.demonstration.department import DemoSize

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
        with click.progressbar(length=weeks, label="Inventing answers, week by week", file=sys.stderr) as bar:
            written = make_demonstration(settings, size, datetime.now(UTC), bar.update)
    click.echo(f"Made. The accounts to sign in with are in {written}", err=True)
